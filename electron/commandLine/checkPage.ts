/** `check --html`: the report as a page for sending on. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, extname, join, resolve } from 'node:path';
import type { Report } from '../../shared/domain/report.ts';
import { StudioError } from '../../shared/errors.ts';
import type { Observations } from '../../shared/quality/observations.ts';
import { type PicturedMoment, reportPage } from '../../shared/report/page.ts';
import { cliWords } from '../../shared/words/cli.ts';
import { writeBeside } from '../media/beside.ts';
import type { MediaTools } from '../media/locate.ts';
import { pictureMoments, takeMoment } from '../media/worstMoments.ts';
import { Activities } from '../pipeline/activities.ts';
import { requireFreePlace } from './freePlace.ts';
import type { Session } from './session.ts';

/** A take that was checked, whether it lies in the library or not. */
export interface CheckedTake {
  readonly name: string;
  /** Its video; null where it is not to be had. */
  readonly source: string | null;
  readonly fileName: string;
  readonly report: Report;
  /** Null where nothing was kept of what was measured. */
  readonly observations: Observations | null;
}

/**
 * Where the page is to be written. Whether it can be is found out before anything is measured.
 * @throws StudioError USAGE, FOLDER_UNREADABLE, DISK_FULL, FILE_EXISTS
 */
export async function pagePlace(out: string, subjects: readonly string[]): Promise<string> {
  if (subjects.length > 1) throw new StudioError('USAGE', { reason: cliWords.usage.onePage });
  if (!['.html', '.htm'].includes(extname(out).toLowerCase()))
    throw new StudioError('USAGE', { reason: cliWords.usage.notHtml(out) });
  const target = resolve(out);
  await requireFreePlace(target);
  return target;
}

/**
 * Takes the pictures and writes the page. Leaves nothing else, also when it is stopped.
 * @throws StudioError DISK_FULL, FOLDER_UNREADABLE, FILE_EXISTS, FFMPEG_MISSING; Cancelled
 */
export async function writeCheckPage(
  { output, signal }: Session,
  take: CheckedTake,
  target: string,
  tools: MediaTools,
): Promise<void> {
  const activities = new Activities((list) => output.activities(list));
  await activities.run({ kind: 'report', label: take.name }, signal, async (activity) => {
    const moments = await picture(take, tools, activity.signal, activity.progress);
    const page = reportPage({
      takeName: take.name,
      fileName: take.fileName,
      report: take.report,
      observations: take.observations,
      moments,
    });
    try {
      await writeBeside(target, (temporary) => writeFile(temporary, page, { flag: 'wx' }), {
        replaces: false,
      });
    } catch (error) {
      if (error instanceof StudioError) throw error;
      throw new StudioError('FOLDER_UNREADABLE', { folder: dirname(target) }, { cause: error });
    }
  });
}

async function picture(
  { source, report }: CheckedTake,
  tools: MediaTools,
  signal: AbortSignal,
  onProgress: (share: number) => void,
): Promise<PicturedMoment[]> {
  if (source === null) return [];
  // A file that is no take of the library has no folder to keep them in.
  const folder = await mkdtemp(join(tmpdir(), 'twin-studio-'));
  try {
    const take = (atMs: number) =>
      takeMoment(source, report.media, atMs, folder, { tools, signal, mended: report.mended });
    return await pictureMoments(report, take, onProgress);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
