/** Harsh shadow: a steep edge between lit and unlit skin. */
import { type FaceAxes, placeOnFace } from './faceCrop.ts';
import { lumaAt } from './luma.ts';
import type { RgbaImage } from './observation.ts';

/** A patch of the face that is skin on most people, in eye distances from between the eyes. */
interface Patch {
  readonly from: number;
  readonly to: number;
  readonly top: number;
  readonly bottom: number;
}

/**
 * Cheeks beside the nose. Left out is what has edges in any light: eyes and brows, the nose, the mouth with the folds
 * beside it, and the forehead with hair and lifted brows. (Forehead: 0.1 to 0.55 on evenly lit people who talk.)
 */
const PATCHES: readonly Patch[] = [
  { from: -0.75, to: -0.3, top: 0.3, bottom: 0.6 },
  { from: 0.3, to: 0.75, top: 0.3, bottom: 0.6 },
];

/** Size of a cell in eye distances; each is the mean of 3 × 3 places, which smooths skin and noise away. */
const CELL = 0.03;
/** Cells on either side of an edge that are compared, and cells between them: a shadow's border is soft. */
const SIDE_CELLS = 4;
const GAP_CELLS = 2;
/** An edge must show in most of this many rows that follow each other; a mole or a glint does not. */
const ROWS = 5;
/** Turned further than this, degrees, the patches are no longer where they should be. */
const LARGEST_YAW = 20;

/**
 * Steepest edge of light across the cheeks: by which share the darker side is darker than the brighter one, 0 to 1.
 * Null when the head is turned away, or neither cheek lies wholly in the crop.
 */
export function shadowEdge(crop: RgbaImage, axes: FaceAxes, yaw: number): number | null {
  if (Math.abs(yaw) > LARGEST_YAW) return null;
  const edges = PATCHES.flatMap((patch) => {
    const cells = cellsOf(crop, axes, patch);
    return cells === null ? [] : steepest(cells);
  });
  return edges.length === 0 ? null : Math.max(...edges);
}

/** Smoothed luma of a patch, row by row; null where it leaves the crop. */
function cellsOf(crop: RgbaImage, axes: FaceAxes, patch: Patch): number[][] | null {
  const columns = Math.round((patch.to - patch.from) / CELL);
  const rows = Math.round((patch.bottom - patch.top) / CELL);
  const cells: number[][] = [];
  for (let row = 0; row < rows; row += 1) {
    const line: number[] = [];
    for (let column = 0; column < columns; column += 1) {
      const mean = cellMean(crop, axes, patch.from + column * CELL, patch.top + row * CELL);
      if (mean === null) return null;
      line.push(mean);
    }
    cells.push(line);
  }
  return cells;
}

function cellMean(crop: RgbaImage, axes: FaceAxes, along: number, down: number): number | null {
  let sum = 0;
  for (let place = 0; place < 9; place += 1) {
    const point = placeOnFace(
      axes,
      along + (((place % 3) + 0.5) / 3) * CELL,
      down + ((Math.floor(place / 3) + 0.5) / 3) * CELL,
    );
    const x = Math.floor(point.x);
    const y = Math.floor(point.y);
    if (x < 0 || y < 0 || x >= crop.width || y >= crop.height) return null;
    sum += lumaAt(crop, x, y);
  }
  return sum / 9;
}

function steepest(cells: readonly (readonly number[])[]): number {
  const columns = cells[0]?.length ?? 0;
  let found = 0;
  for (let column = SIDE_CELLS; column + GAP_CELLS + SIDE_CELLS <= columns; column += 1) {
    const contrasts = cells.map((line) => contrastAt(line, column));
    for (let row = 0; row + ROWS <= contrasts.length; row += 1) {
      const inOrder = contrasts.slice(row, row + ROWS).sort((one, other) => one - other);
      found = Math.max(found, Math.abs(inOrder[(ROWS - 1) / 2] ?? 0));
    }
  }
  return found;
}

/** Difference of what lies left of `column` and what lies right of the gap after it; positive: left is brighter. */
function contrastAt(line: readonly number[], column: number): number {
  const left = mean(line.slice(column - SIDE_CELLS, column));
  const right = mean(line.slice(column + GAP_CELLS, column + GAP_CELLS + SIDE_CELLS));
  const brighter = Math.max(left, right);
  return brighter < 1 ? 0 : (left - right) / brighter;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
