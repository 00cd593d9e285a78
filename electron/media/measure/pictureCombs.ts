/** Fields of two moments in one frame: where something moves, its edges become combs. */
import type { LumaPlane } from './picturePlane.ts';

/** A line must differ from both its neighbours by this much, to the same side, luma steps. */
const LEAST_TOOTH = 10;
/** Every so many columns are looked at. */
const COLUMN_STEP = 3;
/** Share of the places that are teeth in a frame of mixed fields with little movement. */
const LEAST_SHARE = 0.002;
/** Fine patterns have teeth between lines of one field as well: combs have far more between the fields. */
const OVER_PATTERN = 3;

/** Whether the frame shows combs. One without movement shows none, whatever it is made of. */
export function hasCombs(plane: LumaPlane): boolean {
  const { width, height } = plane;
  const places = Math.floor(width / COLUMN_STEP) * Math.max(1, Math.floor((height - 4) / 2));
  const between = teeth(plane, 1);
  return between > places * LEAST_SHARE && between > OVER_PATTERN * teeth(plane, 2);
}

function teeth({ width, height, bytes }: LumaPlane, distance: 1 | 2): number {
  const away = width * distance;
  let count = 0;
  for (let y = 2; y < height - 2; y += 2) {
    const row = y * width;
    for (let x = 0; x < width; x += COLUMN_STEP) {
      const here = bytes[row + x] ?? 0;
      const above = here - (bytes[row + x - away] ?? 0);
      const below = here - (bytes[row + x + away] ?? 0);
      if ((above >= LEAST_TOOTH && below >= LEAST_TOOTH) || (above <= -LEAST_TOOTH && below <= -LEAST_TOOTH))
        count += 1;
    }
  }
  return count;
}
