import type { TakeId } from '../../shared/domain/ids.ts';
import type { Report } from '../../shared/domain/report.ts';
import type { Take } from '../../shared/domain/take.ts';
import { StudioError } from '../../shared/errors.ts';
import { type PicturedMoment, reportPage } from '../../shared/report/page.ts';
import { pictureMoments } from '../media/worstMoments.ts';
import type { RunningActivity } from '../pipeline/activities.ts';
import type { WorkContext } from '../pipeline/context.ts';
import type { Moments } from './moments.ts';

/** A report that can be made into a page. */
export interface ReadyReport {
  readonly takeName: string;
  /** The page, UTF-8. An activity meanwhile. @throws StudioError DISK_FULL, FFMPEG_MISSING; Cancelled */
  readonly page: () => Promise<string>;
}

/** @throws StudioError TAKE_NOT_FOUND, REPORT_MISSING */
export async function reportOfTake(
  context: WorkContext,
  moments: Moments,
  takeId: TakeId,
): Promise<ReadyReport> {
  const { takes } = context.library;
  const take = await takes.read(takeId);
  const report = await takes.readReport(takeId);
  if (report === null) throw new StudioError('REPORT_MISSING');
  return {
    takeName: take.name,
    page: () =>
      context.activities.run({ kind: 'report', label: take.name, takeId }, undefined, async (activity) =>
        reportPage({
          takeName: take.name,
          fileName: take.source.originalName,
          report,
          observations: await takes.readObservations(takeId),
          moments: await picture(moments, take, report, activity),
        }),
      ),
  };
}

async function picture(
  moments: Moments,
  take: Take,
  report: Report,
  { signal, progress }: Pick<RunningActivity, 'signal' | 'progress'>,
): Promise<PicturedMoment[]> {
  try {
    return await pictureMoments(
      report,
      (atMs) => moments.picture(take, { atMs, mended: report.mended }, signal),
      progress,
    );
  } catch (error) {
    // The source is on a disk that is not connected: the report is still worth sending.
    const isAway =
      error instanceof StudioError && (error.code === 'SOURCE_MISSING' || error.code === 'SOURCE_CHANGED');
    if (!isAway) throw error;
    return [];
  }
}
