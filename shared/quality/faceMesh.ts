/** A face of the shapes in observation.ts, from what the face model says. */
import type { Box, Face, Point } from './observation.ts';

/** What the model says of one face in one picture. */
export interface MeshFace {
  /** The 468 points of MediaPipe's face mesh: x, y and depth, in pixels of the picture. */
  readonly mesh: readonly (readonly (number | undefined)[])[];
  /** 0 to 1: how sure the mesh model is. */
  readonly score: number;
  /** In radians, as `@vladmandic/human` has it: yaw grows towards the picture's left, pitch downwards, roll clockwise. */
  readonly angle: { readonly yaw: number; readonly pitch: number; readonly roll: number };
}

/** A face, its outline and its landmarks, all in shares of the frame. */
export interface OutlinedFace {
  readonly face: Face;
  readonly oval: readonly Point[];
  /** All points of the mesh. */
  readonly points: readonly Point[];
}

/** Points of the mesh in the corners of the eyes: the one further left in an upright picture first. */
const EYES = [
  [33, 133],
  [362, 263],
] as const;

/** Points of the mesh along the face's outline, clockwise from the middle of the hairline. */
const OVAL = [
  10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149,
  150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
] as const;

/**
 * Converts one face. `width` and `height` are the picture's, in pixels; `region` is the part of the frame that the
 * picture shows. Null where the mesh lacks points.
 */
export function faceFromMesh(
  { mesh, score, angle }: MeshFace,
  { width, height, region }: { readonly width: number; readonly height: number; readonly region: Box },
): OutlinedFace | null {
  const place = (index: number): Point | null => {
    const [x, y] = mesh[index] ?? [];
    if (x === undefined || y === undefined) return null;
    return { x: region.x + (x / width) * region.width, y: region.y + (y / height) * region.height };
  };
  const oval = OVAL.map(place).filter((point) => point !== null);
  const [one, other] = EYES.map(([outer, inner]) => middle(place(outer), place(inner)));
  if (oval.length < OVAL.length || one == null || other == null) return null;
  const degrees = (radians: number) => (radians * 180) / Math.PI;
  const pose = { yaw: -degrees(angle.yaw), pitch: -degrees(angle.pitch), roll: degrees(angle.roll) };
  const eyes = one.x <= other.x ? { left: one, right: other } : { left: other, right: one };
  const points = mesh.map((_point, index) => place(index)).filter((point) => point !== null);
  return { face: { box: boxAround(oval), score, eyes, pose }, oval, points };
}

function middle(one: Point | null, other: Point | null): Point | null {
  return one === null || other === null ? null : { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 };
}

function boxAround(points: readonly Point[]): Box {
  const across = points.map(({ x }) => x);
  const down = points.map(({ y }) => y);
  const x = Math.min(...across);
  const y = Math.min(...down);
  return { x, y, width: Math.max(...across) - x, height: Math.max(...down) - y };
}
