/**
 * Gives a take its constant frame rate. Cameras deliver with jitter, a little too fast or too slow, or at another rate
 * altogether; the file has a frame at every thirtieth of a second, no more and no less. All times are seconds on the
 * clock that picture and sound share.
 */

import { FRAGMENT_SECONDS } from '../../../shared/recording/recording.ts';

/** Frames per second of every recording. */
export const FRAMES_PER_SECOND = 30;
export const FRAMES_PER_FRAGMENT = Math.round(FRAGMENT_SECONDS * FRAMES_PER_SECOND);

/**
 * How far from its place a frame may lie and still be taken, in frames. Close to one, because a frame that is late
 * and one that is early may follow one another: with half a frame such a pair would cost a repeat and a drop.
 */
const TOLERANCE = 0.9;
/**
 * A camera that really runs at 29.97 or 30.003 frames a second is followed: the take's time stretches with it, and
 * the sound is stretched likewise, so that no frame is lost to a difference nobody can hear. Largest stretch, as a
 * share: 30 to 30000/1001 is 0.1 %.
 */
const LARGEST_STRETCH = 0.0015;
/** Frames that have to come in step before the camera is followed; at 25 frames a second every fifth is out of step. */
const IN_STEP = 90;
/** Share of a frame's deviation by which the take's time gives way. */
const YIELD = 0.01;

/** What becomes of a frame that was delivered. */
export interface Placement {
  /** Frames to be filled with the picture before, first. */
  readonly repeats: number;
  /** False when the frame is one too many. */
  readonly write: boolean;
}

export class Pacer {
  readonly #start: number;
  #written = 0;
  #shift = 0;
  #inStep = 0;

  /** @param start time of the first frame of the take */
  constructor(start: number) {
    this.#start = start;
  }

  /** Frames written so far: the take is this many thirtieths long. */
  get written(): number {
    return this.#written;
  }

  /** How far the take's time has gone from the clock's, seconds: positive when the camera is slow. */
  get shift(): number {
    return this.#shift;
  }

  /** Where a frame of this time belongs. Ask once for each frame that was delivered, in order. */
  place(at: number): Placement {
    const deviation = this.#position(at) - this.#written;
    if (deviation < -TOLERANCE) {
      this.#inStep = 0;
      return { repeats: 0, write: false };
    }
    if (deviation >= TOLERANCE) {
      this.#inStep = 0;
      return { repeats: Math.round(deviation), write: true };
    }
    this.#inStep += 1;
    if (this.#inStep > IN_STEP) {
      const step = Math.min(LARGEST_STRETCH, Math.max(-LARGEST_STRETCH, deviation * YIELD));
      this.#shift += step / FRAMES_PER_SECOND;
    }
    return { repeats: 0, write: true };
  }

  /** How many frames are missing when it is this time and none has been delivered. */
  missingAt(at: number): number {
    return Math.max(0, Math.floor(this.#position(at)) - this.#written);
  }

  /** Counts frames that were written. */
  advance(frames: number): void {
    this.#written += frames;
  }

  #position(at: number): number {
    return (at - this.#start - this.#shift) * FRAMES_PER_SECOND;
  }
}

/**
 * The time to begin at: that of the latest frame, without its own jitter. The frames before it say where in its
 * thirtieth a frame usually lies.
 * @param times of the latest frames, oldest first; at least one
 */
export function steadyStart(times: readonly number[]): number {
  const last = times.at(-1) ?? 0;
  const offsets = times
    .map((time) => {
      const frames = (last - time) * FRAMES_PER_SECOND;
      return (Math.round(frames) - frames) / FRAMES_PER_SECOND;
    })
    .sort((a, b) => a - b);
  return last + (offsets[Math.floor(offsets.length / 2)] ?? 0);
}
