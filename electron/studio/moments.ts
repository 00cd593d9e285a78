import PQueue from 'p-queue';
import type { Mended } from '../../shared/domain/edit.ts';
import type { Take } from '../../shared/domain/take.ts';
import { Cancelled } from '../../shared/errors.ts';
import { type MomentPicture, takeMoment } from '../media/worstMoments.ts';
import type { WorkContext } from '../pipeline/context.ts';
import { atItsTurn } from '../pipeline/laneWork.ts';
import { requireSource } from '../pipeline/prepareStage.ts';

export interface Moment {
  /** Milliseconds of the take. */
  readonly atMs: number;
  /** How the report that speaks of it takes the picture to be mended. */
  readonly mended: Mended;
}

/** Pictures of moments of takes, kept with the take. One is taken at a time, and the same one only once. */
export interface Moments {
  /**
   * @returns null where there is none: the source shows nothing there, or the take was not probed yet
   * @throws StudioError SOURCE_*, DISK_FULL, FFMPEG_MISSING; Cancelled
   */
  picture(take: Take, moment: Moment, signal?: AbortSignal): Promise<MomentPicture | null>;
  /** Stops what is under way, whoever asked for it, and waits until nothing of it runs any more. */
  close(): Promise<void>;
}

export function createMoments(context: WorkContext): Moments {
  const queue = new PQueue({ concurrency: 1 });
  const closing = new AbortController();
  const underWay = new Set<Promise<unknown>>();

  const picture = async (
    take: Take,
    { atMs, mended }: Moment,
    signal: AbortSignal,
  ): Promise<MomentPicture | null> => {
    const { media } = take;
    if (media === null) return null;
    const source = await requireSource(context, take);
    const tools = await context.tools();
    const folder = context.library.paths.moments(take.id);
    return atItsTurn(queue, signal, () => takeMoment(source, media, atMs, folder, { tools, signal, mended }));
  };

  return {
    async picture(take, moment, signal) {
      const stop = new AbortController();
      const abort = () => stop.abort(new Cancelled());
      const ends = signal === undefined ? [closing.signal] : [closing.signal, signal];
      for (const end of ends) {
        if (end.aborted) abort();
        end.addEventListener('abort', abort, { once: true });
      }
      const work = picture(take, moment, stop.signal);
      underWay.add(work);
      try {
        return await work;
      } finally {
        underWay.delete(work);
        for (const end of ends) end.removeEventListener('abort', abort);
      }
    },
    async close() {
      closing.abort(new Cancelled());
      await Promise.allSettled(underWay);
    },
  };
}
