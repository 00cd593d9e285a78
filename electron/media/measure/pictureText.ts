/** What looks like text or a logo on clothing: many strong strokes close together. */
import type { Box } from '../../../shared/quality/observation.ts';
import type { LumaPlane } from './picturePlane.ts';

/** The area that is looked at, in face heights from the chin and from the face's middle. */
const BELOW_CHIN = 0.35;
const DOWN_TO = 2.2;
const ASIDE = 1;
/** Side of a cell in face heights: about two letters of a chest print. */
const CELL = 0.16;
/** Rows and columns of a cell that are read. */
const LINES = 16;
/** An edge is a stroke's from this difference of two neighbouring places on, luma steps. */
const LEAST_STROKE = 36;
/** Strokes that cross a line of a cell, on average, in both directions: cloth's folds have one at most. */
const LEAST_ACROSS = 2;
const LEAST_DOWN = 1;
/** With less of the area in the frame nothing can be said. */
const LEAST_IN_FRAME = 0.25;

/** Share of the area below the face that looks like text, 0 to 1; null where less than a quarter of it is in the frame. */
export function textShare(plane: LumaPlane, face: Box): number | null {
  const height = face.height * plane.height;
  const cell = CELL * height;
  if (cell < LINES / 2) return null;
  const centre = (face.x + face.width / 2) * plane.width;
  const chin = (face.y + face.height) * plane.height;
  let cells = 0;
  let wanted = 0;
  let like = 0;
  for (let y = chin + BELOW_CHIN * height; y + cell <= chin + DOWN_TO * height; y += cell) {
    for (let x = centre - ASIDE * height; x + cell <= centre + ASIDE * height; x += cell) {
      wanted += 1;
      if (x < 0 || y < 0 || x + cell >= plane.width || y + cell >= plane.height) continue;
      cells += 1;
      if (isLikeText(plane, x, y, cell)) like += 1;
    }
  }
  return wanted === 0 || cells < wanted * LEAST_IN_FRAME ? null : like / cells;
}

function isLikeText(plane: LumaPlane, left: number, top: number, side: number): boolean {
  return (
    strokes(plane, left, top, side, true) >= LEAST_ACROSS &&
    strokes(plane, left, top, side, false) >= LEAST_DOWN
  );
}

/** Changes from dark to bright and back that cross a line of the cell, on average. */
function strokes(plane: LumaPlane, left: number, top: number, side: number, across: boolean): number {
  let count = 0;
  for (let line = 0; line < LINES; line += 1) {
    const beside = ((line + 0.5) / LINES) * side;
    let extreme = lumaAt(plane, left, top, across ? 0 : beside, across ? beside : 0);
    let rising: boolean | null = null;
    for (let place = 1; place < 2 * LINES; place += 1) {
      const along = ((place + 0.5) / (2 * LINES)) * side;
      const luma = lumaAt(plane, left, top, across ? along : beside, across ? beside : along);
      const step = luma - extreme;
      if (rising !== true && step >= LEAST_STROKE) {
        if (rising === false) count += 1;
        rising = true;
        extreme = luma;
      } else if (rising !== false && step <= -LEAST_STROKE) {
        if (rising === true) count += 1;
        rising = false;
        extreme = luma;
      } else if (rising === null ? false : rising ? luma > extreme : luma < extreme) extreme = luma;
    }
  }
  return count / LINES;
}

function lumaAt({ width, bytes }: LumaPlane, left: number, top: number, x: number, y: number): number {
  return bytes[Math.floor(top + y) * width + Math.floor(left + x)] ?? 0;
}
