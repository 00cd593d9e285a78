import type { TakeId } from '../../shared/domain/ids.ts';
import type { MediaInfo } from '../../shared/domain/media.ts';
import type { Report } from '../../shared/domain/report.ts';
import { type Take, transitionCheck } from '../../shared/domain/take.ts';
import { Cancelled, StudioError } from '../../shared/errors.ts';
import type { Observations } from '../../shared/quality/observations.ts';
import { removeLeftovers } from '../media/beside.ts';
import { measureTake } from '../media/measure/measureTake.ts';
import { copiesPicture, needsPreview } from '../media/preview.ts';
import type { WorkContext } from '../pipeline/context.ts';
import { inLane } from '../pipeline/laneWork.ts';
import { pause } from '../pipeline/pause.ts';
import { requireSource } from '../pipeline/prepareStage.ts';
import { stored } from '../pipeline/storedError.ts';
import { failureFacts } from '../pipeline/takeLog.ts';
import { finishedCheck, keepReport, putCheckBack, suits } from './keepReport.ts';
import { makePicture } from './makePicture.ts';
import { previewAtOnce } from './previewTake.ts';
import { syncOf } from './syncOf.ts';

/** A picture of a moment that nobody has written to for so long was left by a program that was killed. */
const UNFINISHED_PICTURE_MS = 60 * 60_000;

export interface CheckOptions {
  readonly signal?: AbortSignal | undefined;
  /** Time that is left to whatever else has just begun, milliseconds. */
  readonly afterMs?: number;
  /** Somebody may look at the take while it is checked: a preview that takes a second or two to make is made first. */
  readonly previewFirst?: boolean;
}

/**
 * Checks a take and makes its poster. A preview that the window needs and that takes its time is made elsewhere.
 * While another process checks the same take, its result is waited for instead.
 * Failures are kept in the take and thrown as well.
 * @throws StudioError SOURCE_*, FILE_*, FFMPEG_*, DISK_FULL; Cancelled
 */
export async function checkTake(
  context: WorkContext,
  takeId: TakeId,
  { signal, afterMs = 0, previewFirst = false }: CheckOptions = {},
): Promise<Report> {
  const first = await context.library.takes.read(takeId);
  const before = first.check.kind === 'checked' ? first.check.at : null;
  return context.activities.run({ kind: 'check', label: first.name, takeId }, signal, async (activity) => {
    if (afterMs > 0) await pause(afterMs, activity.signal);
    return inLane(
      context.lanes.media,
      context.library.paths.takeLeases(takeId),
      'check',
      activity.signal,
      () =>
        measure(context, takeId, { previewFirst, signal: activity.signal, onProgress: activity.progress }),
      // Somebody else finished it meanwhile.
      async () => {
        const take = await context.library.takes.read(takeId);
        if (take.check.kind !== 'checked' || take.check.at === before) return null;
        return context.library.takes.readReport(takeId);
      },
    );
  });
}

async function measure(
  context: WorkContext,
  takeId: TakeId,
  {
    previewFirst,
    signal,
    onProgress,
  }: {
    readonly previewFirst: boolean;
    readonly signal: AbortSignal;
    readonly onProgress: (fraction: number) => void;
  },
): Promise<Report> {
  const { takes } = context.library;
  const move = (event: Parameters<typeof transitionCheck>[1]) =>
    takes.update(takeId, (take) => ({ ...take, check: transitionCheck(take.check, event) }));
  const take = await move({ kind: 'start', at: context.now().toISOString() });
  try {
    const { paths } = context.library;
    await removeLeftovers(paths.take(takeId));
    // Pictures are taken at any time, and within seconds.
    await removeLeftovers(paths.moments(takeId), { untouchedMs: UNFINISHED_PICTURE_MS });
    const source = await requireSource(context, take);
    // Known since it was imported: its picture need not wait for the check.
    if (take.media !== null) await makePicture(context, takeId, source, take.media, signal);
    if (previewFirst) await previewAtOnce(context, take, source, signal);
    const observations = await measureAsChosen(context, take, source, signal, onProgress);
    const { media } = observations;
    await makePicture(context, takeId, source, media, signal);
    await takes.update(takeId, (current) => ({ ...current, preview: previewOf(current, media) }));
    const report = await keepReport(
      context,
      takeId,
      observations,
      finishedCheck(context.now().toISOString()),
    );
    await context.log.write(takeId, { what: 'checked', verdict: report.verdict });
    return report;
  } catch (error) {
    // A check that fails takes nothing away from the one before: that is told, and its result stays.
    const failed =
      error instanceof StudioError
        ? ({ kind: 'fail', at: context.now().toISOString(), error: stored(error) } as const)
        : undefined;
    const end = putCheckBack(context, takeId, failed);
    await end.catch((why: unknown) => {
      // What ended the check is told also when that cannot be written; but a take in the bin explains all else.
      const isGone = why instanceof StudioError && why.code === 'TAKE_NOT_FOUND';
      if (isGone && !(error instanceof Cancelled)) throw why;
    });
    if (error instanceof StudioError) {
      await context.log.write(takeId, { what: 'check failed', ...failureFacts(error) });
    }
    throw error;
  }
}

/**
 * Measures the take the way up and for the shot that are chosen when that has ended, and keeps it. Where somebody has gone
 * back meanwhile to what was measured before, that stands.
 */
async function measureAsChosen(
  context: WorkContext,
  first: Take,
  source: string,
  signal: AbortSignal,
  onProgress: (fraction: number) => void,
): Promise<Observations> {
  const { takes } = context.library;
  const tools = await context.tools();
  let take = first;
  for (;;) {
    const measured = await measureTake(source, {
      tools,
      shot: take.shot,
      turn: take.review.mends.turn,
      signal,
      onProgress,
      mayGoOn: () => context.quiet.pass(signal),
    });
    const observations = { ...measured, sync: syncOf(take, measured.media) };
    take = await takes.read(take.id);
    if (suits(observations, take)) {
      await takes.writeObservations(take.id, observations);
      return observations;
    }
    const before = await takes.readObservations(take.id);
    if (before !== null && suits(before, take)) return before;
  }
}

/** What the window plays; one that was made before still is what the source shows. */
function previewOf(take: Take, media: MediaInfo): Take['preview'] {
  const { preview } = take;
  if (!needsPreview(media)) return { kind: 'source' };
  // One that was copied before anybody saw its fields shows them as combs.
  const wasCopied = take.media !== null && copiesPicture(take.media);
  return preview.kind === 'ready' && wasCopied === copiesPicture(media) ? preview : { kind: 'needed' };
}
