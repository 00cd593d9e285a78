/** Black bars around the picture, found over many frames: what is black in all of them, up to a straight edge. */
import type { Box } from '../../../shared/quality/observation.ts';
import type { LumaPlane } from './picturePlane.ts';

/** Luma of a bar, limited range: 16 is black, and coding adds a little. */
const DARKEST_PICTURE = 24;
/** Just inside the bars some row or column is at least this much brighter, at some time. */
const LEAST_EDGE = 10;
/** Rows or columns within which the edge lies: scaling makes it soft. */
const EDGE_SOFTNESS = 4;
/** Bars come in pairs: both of a pair differ by at most this share of the side. */
const LARGEST_DIFFERENCE = 0.02;
/** Thinner than this share of the side it is no bar, but the edge of a sensor. */
const THINNEST = 0.01;
/** Every so many pixels are looked at. */
const STEP = 2;

export class BarFinder {
  #rows: Float64Array | null = null;
  #columns: Float64Array | null = null;

  /** All frames have one size. */
  add({ width, height, bytes }: LumaPlane): void {
    this.#rows ??= new Float64Array(height);
    this.#columns ??= new Float64Array(width);
    const sums = new Float64Array(width);
    const across = Math.ceil(width / STEP);
    const down = Math.ceil(height / STEP);
    for (let y = 0; y < height; y += STEP) {
      let sum = 0;
      const row = y * width;
      for (let x = 0; x < width; x += STEP) {
        const luma = bytes[row + x] ?? 0;
        sum += luma;
        sums[x] = (sums[x] ?? 0) + luma;
      }
      raise(this.#rows, y, sum / across);
    }
    for (let x = 0; x < width; x += STEP) raise(this.#columns, x, (sums[x] ?? 0) / down);
  }

  /** The part with a picture, in shares of the frame; null where no bars surround it. */
  picture(): Box | null {
    if (this.#rows === null || this.#columns === null) return null;
    const down = inside(this.#rows);
    const across = inside(this.#columns);
    if (down === null && across === null) return null;
    return {
      x: across?.from ?? 0,
      y: down?.from ?? 0,
      width: across === null ? 1 : across.to - across.from,
      height: down === null ? 1 : down.to - down.from,
    };
  }
}

function raise(brightest: Float64Array, first: number, value: number): void {
  for (let at = first; at < Math.min(first + STEP, brightest.length); at += 1)
    brightest[at] = Math.max(brightest[at] ?? 0, value);
}

/** Where the picture begins and ends in one direction, as shares; null without bars on both sides. */
function inside(brightest: Float64Array): { from: number; to: number } | null {
  const size = brightest.length;
  const isDark = (value: number) => value <= DARKEST_PICTURE;
  const first = brightest.findIndex((value) => !isDark(value));
  if (first < 0) return null;
  const last = brightest.findLastIndex((value) => !isDark(value));
  const [before, after] = [first, size - 1 - last];
  if (Math.min(before, after) < THINNEST * size) return null;
  if (Math.abs(before - after) > LARGEST_DIFFERENCE * size) return null;
  const edgeAt = (at: number) =>
    Math.max(...brightest.slice(Math.max(0, at), Math.max(0, at) + EDGE_SOFTNESS));
  const least = DARKEST_PICTURE + LEAST_EDGE;
  if (edgeAt(first) < least || edgeAt(last - EDGE_SOFTNESS + 1) < least) return null;
  return { from: first / size, to: (last + 1) / size };
}
