/** By how much what lies behind a person has moved from one picture to another: a camera that is knocked or held. */
import type { Box } from '../../../shared/quality/observation.ts';
import type { LumaPlane } from './picturePlane.ts';

/** Blocks of the small pictures that are looked for in the other one, pixels. */
const BLOCK = 16;
/** Furthest that a block is looked for, pixels. */
const REACH = 8;
/** A block without texture lies anywhere as well: least spread of its luma in both directions. */
const LEAST_TEXTURE = 3;
/** Fewer blocks than this say nothing. */
const LEAST_BLOCKS = 4;
const MOST_BLOCKS = 48;
/** Room around the person's head, in face widths and heights; below the chin all is left out. */
const ASIDE = 0.9;
const ABOVE = 0.8;

/**
 * Median movement of the background's blocks, as a share of the picture's width. Null where there is too little
 * texture to tell. `faces` are of both pictures, in shares.
 */
export function backgroundShift(before: LumaPlane, now: LumaPlane, faces: readonly Box[]): number | null {
  if (before.width !== now.width || before.height !== now.height) return null;
  const blocks = blocksOf(before, faces);
  if (blocks.length < LEAST_BLOCKS) return null;
  const moves = blocks.map(([x, y]) => moveOf(before, now, x, y));
  const across = median(moves.map((move) => move.x));
  const down = median(moves.map((move) => move.y));
  return Math.hypot(across, down) / now.width;
}

function blocksOf(plane: LumaPlane, faces: readonly Box[]): [number, number][] {
  const found: [number, number][] = [];
  for (let y = REACH; y + BLOCK + REACH <= plane.height; y += BLOCK) {
    for (let x = REACH; x + BLOCK + REACH <= plane.width; x += BLOCK) {
      const isPerson = faces.some((face) => touches(face, x / plane.width, y / plane.height, plane));
      if (!isPerson && hasTexture(plane, x, y)) found.push([x, y]);
    }
  }
  const step = Math.max(1, Math.ceil(found.length / MOST_BLOCKS));
  return found.filter((_block, index) => index % step === 0);
}

/** Whether a block belongs to a person: beside and above the head, and in a widening part below it. */
function touches(face: Box, left: number, top: number, plane: LumaPlane): boolean {
  const right = left + BLOCK / plane.width;
  const bottom = top + BLOCK / plane.height;
  if (bottom < face.y - ABOVE * face.height) return false;
  const chin = face.y + face.height;
  const below = Math.max(0, (bottom - chin) / face.height);
  const half = face.width * (0.5 + ASIDE + 1.5 * Math.min(1, below));
  const centre = face.x + face.width / 2;
  return right > centre - half && left < centre + half;
}

/** Whether the block has edges in both directions: along a single edge it could slide. */
function hasTexture({ width, bytes }: LumaPlane, left: number, top: number): boolean {
  let across = 0;
  let down = 0;
  for (let y = top; y < top + BLOCK; y += 1) {
    for (let x = left; x < left + BLOCK; x += 1) {
      const here = bytes[y * width + x] ?? 0;
      across += Math.abs(here - (bytes[y * width + x + 1] ?? 0));
      down += Math.abs(here - (bytes[(y + 1) * width + x] ?? 0));
    }
  }
  const places = BLOCK * BLOCK;
  return across / places >= LEAST_TEXTURE && down / places >= LEAST_TEXTURE;
}

function moveOf(before: LumaPlane, now: LumaPlane, left: number, top: number): { x: number; y: number } {
  let best = { x: 0, y: 0, difference: differenceAt(before, now, left, top, 0, 0, Number.POSITIVE_INFINITY) };
  for (let y = -REACH; y <= REACH; y += 1) {
    for (let x = -REACH; x <= REACH; x += 1) {
      const difference = differenceAt(before, now, left, top, x, y, best.difference);
      if (difference < best.difference) best = { x, y, difference };
    }
  }
  return best;
}

/** Sum of the block's differences when it has moved by this much; given up once it is `most`. */
function differenceAt(
  before: LumaPlane,
  now: LumaPlane,
  left: number,
  top: number,
  across: number,
  down: number,
  most: number,
): number {
  const { width } = before;
  let sum = 0;
  for (let y = top; y < top + BLOCK && sum < most; y += 1) {
    const from = y * width;
    const to = (y + down) * width + across;
    for (let x = left; x < left + BLOCK; x += 1) {
      const difference = (before.bytes[from + x] ?? 0) - (now.bytes[to + x] ?? 0);
      sum += difference < 0 ? -difference : difference;
    }
  }
  return sum;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle) - 1] ?? 0)) / 2;
}
