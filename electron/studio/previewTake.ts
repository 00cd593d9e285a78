import type { TakeId } from '../../shared/domain/ids.ts';
import type { Take } from '../../shared/domain/take.ts';
import { StudioError } from '../../shared/errors.ts';
import { copyPreview, makePreview } from '../media/preview.ts';
import type { WorkContext } from '../pipeline/context.ts';
import { inLane } from '../pipeline/laneWork.ts';
import { requireSource } from '../pipeline/prepareStage.ts';
import { stored } from '../pipeline/storedError.ts';
import { failureFacts } from '../pipeline/takeLog.ts';

/**
 * Makes what the window plays of a take whose source it cannot play, as an activity of its own. Does nothing where the
 * take has it, needs none, or was never probed, as nobody knows that then. While another process makes it, it is
 * waited for. That it cannot be made is kept in the take and not thrown.
 * @throws StudioError TAKE_NOT_FOUND, SOURCE_*, FFMPEG_MISSING; Cancelled, and then it is still needed
 */
export async function previewTake(context: WorkContext, takeId: TakeId, signal: AbortSignal): Promise<void> {
  const { paths, takes } = context.library;
  const first = await takes.read(takeId);
  const { media } = first;
  if (!isMissing(first) || media === null) return;
  const set = (preview: Take['preview']) => takes.update(takeId, (take) => ({ ...take, preview }));
  const subject = { kind: 'preview', label: first.name, takeId } as const;
  await context.activities.run(subject, signal, (activity) =>
    inLane<Take>(
      context.lanes.media,
      paths.takeLeases(takeId),
      // A check tidies the take's folder before it begins: of the two only one writes there at a time.
      'check',
      activity.signal,
      async () => {
        const tools = await context.tools();
        const source = await requireSource(context, first);
        // A check that ran meanwhile may have seen more of it.
        const now = (await takes.read(takeId)).media ?? media;
        try {
          await makePreview(source, now, paths.preview(takeId), {
            tools,
            signal: activity.signal,
            onProgress: activity.progress,
          });
          return await set({ kind: 'ready' });
        } catch (error) {
          if (!(error instanceof StudioError)) throw error;
          await context.log.write(takeId, { what: 'preview failed', ...failureFacts(error) });
          return await set({ kind: 'failed', error: stored(error) });
        }
      },
      async () => {
        const take = await takes.read(takeId);
        const isStillMissing =
          isMissing(take) && JSON.stringify(take.preview) === JSON.stringify(first.preview);
        return isStillMissing ? null : take;
      },
    ),
  );
}

/**
 * Makes a preview that has the source's own picture, which takes a second or two: while the take is being checked, and
 * under the lease of that. One that cannot be made so is left to `previewTake`.
 * @throws StudioError FFMPEG_MISSING, FOLDER_UNREADABLE; Cancelled
 */
export async function previewAtOnce(
  context: WorkContext,
  take: Take,
  source: string,
  signal: AbortSignal,
): Promise<void> {
  const { media } = take;
  if (!isMissing(take) || media === null) return;
  const { paths, takes } = context.library;
  const tools = await context.tools();
  if (!(await copyPreview(source, media, paths.preview(take.id), { tools, signal }))) return;
  await takes.update(take.id, (current) => ({ ...current, preview: { kind: 'ready' } }));
}

/** One that could not be made is made when somebody asks again: the disk that was full may have room by now. */
const isMissing = ({ preview }: Take): boolean => preview.kind === 'needed' || preview.kind === 'failed';
