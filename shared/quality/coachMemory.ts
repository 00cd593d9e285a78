/** What the coach remembers of what it saw and heard. */
import type { Shot } from '../domain/report.ts';
import type { Mode } from './judge.ts';
import type { FrameSample, SoundSample } from './observation.ts';
import { SOUND_MEMORY_SECONDS } from './soundFacts.ts';

interface At<Sample> {
  /** The coach's own time, seconds. */
  readonly at: number;
  readonly sample: Sample;
}

export interface CoachMemory {
  readonly shot: Shot | null;
  readonly mode: Mode | null;
  /** The last few, oldest first. */
  readonly frames: readonly At<FrameSample>[];
  /** The last few in which hands were looked for, oldest first: not in every frame, for what it costs. */
  readonly withHands: readonly At<FrameSample>[];
  readonly sounds: readonly At<SoundSample>[];
  /** The sharpest of this shot and mode, with the face's height that goes with it. */
  readonly best: { readonly sharpness: number; readonly faceHeight: number } | null;
}

/** Frames that are judged together: those of this time, and never fewer than so many. */
const FRAME_SECONDS = 0.8;
const FEWEST_FRAMES = 3;
/** Hands are judged by so many looks, none older than this. */
const HAND_LOOKS = 3;
const OLDEST_HANDS_SECONDS = 10;
/** What is older says nothing of now. */
const OLDEST_FRAME_SECONDS = 3;
const SILENT_METER_SECONDS = 2;
/** A face that changed more than this in size is sharp in another way: the best begins anew. */
const SAME_SIZE = 0.15;

export function startMemory(): CoachMemory {
  return { shot: null, mode: null, frames: [], withHands: [], sounds: [], best: null };
}

interface News {
  readonly shot: Shot;
  readonly mode: Mode;
  readonly frame: FrameSample | null;
  readonly sounds: readonly SoundSample[];
}

/** Takes in what is new. `anew`: shot or mode have changed, so what was advised before no longer counts. */
export function remember(
  memory: CoachMemory,
  { shot, mode, frame, sounds }: News,
  at: number,
): { memory: CoachMemory; anew: boolean } {
  const anew = memory.shot !== shot || memory.mode !== mode;
  const seen = frame === null ? memory.frames : [...memory.frames, { at, sample: frame }];
  const frames = seen.filter(
    (one, index) =>
      at - one.at <= OLDEST_FRAME_SECONDS &&
      (at - one.at <= FRAME_SECONDS || index >= seen.length - FEWEST_FRAMES),
  );
  const news = frame === null || frame.hands === null ? [] : [{ at, sample: frame }];
  // Nothing seen of late: another camera, or another moment.
  const looks = memory.frames.length === 0 ? [] : memory.withHands;
  const withHands = [...looks, ...news]
    .slice(-HAND_LOOKS)
    .filter((one) => at - one.at <= OLDEST_HANDS_SECONDS);
  const heard = [...memory.sounds, ...sounds.map((sample) => ({ at, sample }))];
  const stopped = at - (heard.at(-1)?.at ?? at) > SILENT_METER_SECONDS;
  return {
    memory: {
      shot,
      mode,
      frames,
      withHands,
      sounds: stopped ? [] : heard.filter((one) => at - one.at <= SOUND_MEMORY_SECONDS),
      best: bestOf(anew ? null : memory.best, frames),
    },
    anew,
  };
}

/** The best so far; a frame counts by the lower of itself and the one before, so that one noisy frame does not. */
function bestOf(best: CoachMemory['best'], frames: readonly At<FrameSample>[]): CoachMemory['best'] {
  const [before, now] = frames.slice(-2).map(({ sample }) => sample);
  const face = now?.faces[0];
  if (face === undefined || now?.light == null || before?.light == null) return best;
  const sharpness = Math.min(now.light.sharpness, before.light.sharpness);
  const faceHeight = face.box.height;
  const same = best !== null && Math.abs(faceHeight / best.faceHeight - 1) <= SAME_SIZE;
  if (!same) return { sharpness, faceHeight };
  return sharpness > best.sharpness ? { sharpness, faceHeight } : best;
}
