/** What every small frame tells: how much changed since the one before, and how bright it is. */
import type { Motion } from '../../../shared/quality/observations.ts';
import type { PictureSize } from './framesReader.ts';

/** From limited range to 255 steps. */
const FULL_RANGE = 255 / 219;
const BLACK = 16;

/** Sums up each small frame as it comes, so that none has to be kept. */
export class MotionMeter {
  readonly #places: number;
  readonly #before: Uint8Array;
  #frames = 0;
  readonly #change: number[] = [];
  readonly #luma: number[] = [];

  constructor({ width, height }: PictureSize) {
    this.#places = width * height;
    this.#before = new Uint8Array(this.#places);
  }

  /** Luma of limited range; all frames have one size. */
  add(luma: Uint8Array): void {
    let sum = 0;
    let change = 0;
    const before = this.#before;
    for (let at = 0; at < luma.length; at += 1) {
      const value = luma[at] ?? 0;
      sum += value;
      const difference = value - (before[at] ?? 0);
      change += difference < 0 ? -difference : difference;
    }
    before.set(luma);
    const mean = (sum / this.#places - BLACK) * FULL_RANGE;
    this.#luma.push(Math.min(255, Math.max(0, Math.round(mean))));
    this.#change.push(this.#frames === 0 ? 0 : Math.round((change / this.#places) * FULL_RANGE * 100));
    this.#frames += 1;
  }

  /** @param atSeconds of each frame, seconds of the take */
  motion(atSeconds: readonly number[]): Motion {
    const frames = Math.min(this.#frames, atSeconds.length);
    return {
      atMs: atSeconds.slice(0, frames).map((seconds) => Math.max(0, Math.round(seconds * 1000))),
      change: this.#change.slice(0, frames),
      luma: this.#luma.slice(0, frames),
    };
  }
}
