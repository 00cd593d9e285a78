/** Measures a take: its packets, every frame of its picture, its faces and its sound, in one decode of each. */
import type { VideoStream } from '../../../shared/domain/media.ts';
import type { Shot } from '../../../shared/domain/report.ts';
import type { Turn } from '../../../shared/domain/review.ts';
import { StudioError } from '../../../shared/errors.ts';
import { LIMITS } from '../../../shared/quality/limits.ts';
import { OBSERVATIONS_VERSION, type Observations } from '../../../shared/quality/observations.ts';
import type { MediaTools } from '../locate.ts';
import { probeWithFrames } from '../probe.ts';
import { type Looking, openLooking } from './faces.ts';
import { frameTimesOf } from './frameTimes.ts';
import { measurePicture } from './picture.ts';
import { measureSound } from './sound.ts';

export interface MeasureTakeOptions {
  readonly tools: MediaTools;
  /** Hands are looked for where they belong to it. */
  readonly shot: Shot;
  /** How the picture is turned before anybody is looked for in it; as it is unless stated. */
  readonly turn?: Turn;
  readonly signal?: AbortSignal | undefined;
  /** 0 to 1, growing. */
  readonly onProgress?: ((share: number) => void) | undefined;
  /** Waits while something more important needs the computer; asked before each step. Rejects when cancelled. */
  readonly mayGoOn?: (() => Promise<void>) | undefined;
}

/** Progress once the file is probed. */
const PROBED = 0.03;
/** Part of the rest that the picture takes. */
const PICTURE_PART = 0.9;

/**
 * Everything that can be told of a file before it is judged. Memory stays the same however long it is, apart from a
 * few numbers a frame. While ffmpeg is held, everything stands still.
 * @throws StudioError FILE_… when the file is no video or is damaged, FFMPEG_MISSING, FFMPEG_FAILED, FACES_FAILED;
 *   Cancelled, once nothing of it runs any more
 */
export async function measureTake(source: string, options: MeasureTakeOptions): Promise<Observations> {
  await options.mayGoOn?.();
  // The models take seconds to load: meanwhile the packets are read.
  const opening = openLooking(options.turn ?? 0);
  opening.catch(() => undefined);
  try {
    return await measureWith(opening, source, options);
  } finally {
    await opening.then(
      (looking) => looking.close(),
      () => undefined,
    );
  }
}

async function measureWith(
  opening: Promise<Looking>,
  source: string,
  { tools, shot, turn = 0, signal, onProgress, mayGoOn }: MeasureTakeOptions,
): Promise<Observations> {
  const { media, times } = await probeWithFrames(source, { tools, signal });
  const { video } = media;
  if (video === null) throw new StudioError('FILE_NO_VIDEO');
  await mayGoOn?.();
  onProgress?.(PROBED);
  const looking = await opening;
  const reached = { picture: 0, sound: media.audio === null ? 1 : 0 };
  const tell = (part: keyof typeof reached) => (share: number) => {
    reached[part] = Math.max(reached[part], share);
    const joint = reached.picture * PICTURE_PART + reached.sound * (1 - PICTURE_PART);
    onProgress?.(PROBED + joint * (1 - PROBED));
  };
  const [picture, heard] = await together(signal, [
    (both) => {
      const parts = { tools, shot, turn, entries: times.entries, looking, mayGoOn };
      const options = { ...parts, signal: both, onProgress: tell('picture') };
      return measurePicture(source, { ...media, video }, options);
    },
    (both) => measureSound(source, media, { tools, signal: both, onProgress: tell('sound') }),
  ]);
  return {
    schema: 'twin-studio/observations',
    version: OBSERVATIONS_VERSION,
    source: 'check',
    turn,
    media: { ...media, video: asSeen(video, picture.interlacedShare) },
    durationSeconds: media.durationSeconds,
    frameTimes: frameTimesOf(times.all, times.keys),
    motion: picture.motion,
    pictures: picture.samples,
    cuts: picture.cuts.map((cut) => ({ ...cut, soundJump: heard?.jumps.at(cut.atSeconds) ?? null })),
    sound: heard?.track ?? null,
    letterbox: picture.letterbox,
    interlacedShare: picture.interlacedShare,
    uprightTurn: picture.uprightTurn,
    sync: null,
  };
}

/**
 * The video as its frames show it: cameras and capture cards write fields of two moments into frames that they call
 * whole. What is made of the take then goes by what was seen.
 */
function asSeen(video: VideoStream, interlacedShare: number | null): VideoStream {
  const looksInterlaced = (interlacedShare ?? 0) > LIMITS.interlacedFrames.value;
  return { ...video, interlaced: video.interlaced || looksInterlaced };
}

type Work<Result> = (signal: AbortSignal) => Promise<Result>;

/** Does both; where one fails the other is of no use: it is ended, and waited for. @throws what failed first */
async function together<One, Other>(
  signal: AbortSignal | undefined,
  [one, other]: readonly [Work<One>, Work<Other>],
): Promise<[One, Other]> {
  const stop = new AbortController();
  const abort = () => stop.abort();
  signal?.addEventListener('abort', abort, { once: true });
  if (signal?.aborted === true) abort();
  const failures: unknown[] = [];
  const fail = (error: unknown): never => {
    failures.push(error);
    abort();
    throw error;
  };
  try {
    const [first, second] = await Promise.allSettled([
      one(stop.signal).catch(fail),
      other(stop.signal).catch(fail),
    ]);
    if (first.status === 'rejected' || second.status === 'rejected') throw failures[0];
    return [first.value, second.value];
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}
