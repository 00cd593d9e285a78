/** Where a picture is read when it is made smaller. */

/** More places for each pixel make a small picture no better for a detector. */
const MOST_TAPS = 3;

/** How many rows and columns go into one pixel of a picture that is made smaller by `reduction`. */
export function tapsFor(reduction: number): number {
  return Math.min(MOST_TAPS, Math.max(1, Math.round(reduction)));
}

/** Positions in one direction: `taps` for each of `toSize` pixels, spread evenly over what it stands for. */
export function tapPositions(start: number, size: number, toSize: number, taps: number): Int32Array {
  const positions = new Int32Array(toSize * taps);
  const step = size / (toSize * taps);
  for (let index = 0; index < positions.length; index += 1)
    positions[index] = start + Math.min(size - 1, Math.floor((index + 0.5) * step));
  return positions;
}
