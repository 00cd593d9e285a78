/** Where a face and its parts lie in the crop that was cut around it. */
import type { Box, Face, Point, RgbaImage } from './observation.ts';

/** A face, cut out at full resolution, with the whole frame beside it. */
export interface FacePicture {
  /** Cut from the frame without scaling; `faceCrop` says where. */
  readonly crop: RgbaImage;
  /** Where the crop lies, in shares of the frame. */
  readonly cropBox: Box;
  readonly face: Face;
  /** Outline of the face from the mesh, in shares of the frame; null: an ellipse in the face's box stands in. */
  readonly oval: readonly Point[] | null;
  /** The whole frame, small: `DETECTOR_LONG_SIDE` is enough. */
  readonly frame: RgbaImage;
}

/** A rectangle of whole pixels. */
export interface PixelRect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Room around the face's box, as a share of its size: the Laplacian looks one pixel further. */
const CROP_MARGIN = 0.03;

/**
 * What to cut out for `measureLight`: the face's box and a little more, inside the frame, on even pixels so that
 * pictures with halved colour can be cut there too. Null where less than a few pixels of the face are in the frame.
 */
export function faceCrop(box: Box, frameWidth: number, frameHeight: number): PixelRect | null {
  const across = span(box.x, box.width, frameWidth);
  const down = span(box.y, box.height, frameHeight);
  if (across.length < 8 || down.length < 8) return null;
  return { x: across.start, y: down.start, width: across.length, height: down.length };
}

/** The same rectangle in shares of the frame. */
export function shareOfFrame(rect: PixelRect, frameWidth: number, frameHeight: number): Box {
  return {
    x: rect.x / frameWidth,
    y: rect.y / frameHeight,
    width: rect.width / frameWidth,
    height: rect.height / frameHeight,
  };
}

function span(from: number, size: number, pixels: number): { start: number; length: number } {
  const even = (value: number) => Math.floor(value / 2) * 2;
  const start = even(Math.max(0, (from - size * CROP_MARGIN) * pixels));
  const end = even(Math.min(pixels, (from + size * (1 + CROP_MARGIN)) * pixels));
  return { start, length: Math.max(0, end - start) };
}

/** The face's own measure in pixels of the crop: from between the eyes, along the eyes and down the face. */
export interface FaceAxes {
  readonly origin: Point;
  /** Distance of the eyes' centres, pixels. */
  readonly eyeDistance: number;
  /** One pixel along the line of the eyes, towards the picture's right. */
  readonly along: Point;
  /** One pixel towards the chin. */
  readonly down: Point;
}

/** Null where both eyes are in one place. */
export function faceAxes({ crop, cropBox, face }: FacePicture): FaceAxes | null {
  const left = toCrop(face.eyes.left, crop, cropBox);
  const right = toCrop(face.eyes.right, crop, cropBox);
  const eyeDistance = Math.hypot(right.x - left.x, right.y - left.y);
  if (eyeDistance < 1) return null;
  const along = { x: (right.x - left.x) / eyeDistance, y: (right.y - left.y) / eyeDistance };
  return {
    origin: { x: (left.x + right.x) / 2, y: (left.y + right.y) / 2 },
    eyeDistance,
    along,
    down: { x: -along.y, y: along.x },
  };
}

/** A place on the face, in eye distances from between the eyes, as pixels of the crop. */
export function placeOnFace(axes: FaceAxes, along: number, down: number): Point {
  const across = along * axes.eyeDistance;
  const below = down * axes.eyeDistance;
  return {
    x: axes.origin.x + across * axes.along.x + below * axes.down.x,
    y: axes.origin.y + across * axes.along.y + below * axes.down.y,
  };
}

function toCrop(point: Point, crop: RgbaImage, cropBox: Box): Point {
  return {
    x: ((point.x - cropBox.x) / cropBox.width) * crop.width,
    y: ((point.y - cropBox.y) / cropBox.height) * crop.height,
  };
}

/** Pixels from `from` up to, not including, `to` in one row of the crop. */
export interface RowSpan {
  readonly y: number;
  readonly from: number;
  readonly to: number;
}

/** Every `step`th row of the face's outline, from its top; rows and ends outside the crop are left out. */
export function faceRows({ crop, cropBox, face, oval }: FacePicture, step: number): RowSpan[] {
  const outline =
    oval !== null && oval.length >= 3 ? oval.map((point) => toCrop(point, crop, cropBox)) : null;
  const corner = toCrop(face.box, crop, cropBox);
  const width = (face.box.width / cropBox.width) * crop.width;
  const height = (face.box.height / cropBox.height) * crop.height;
  const rows: RowSpan[] = [];
  for (let y = Math.floor(step / 2); y < crop.height; y += step) {
    const ends = outline === null ? ellipseAt(y + 0.5, corner, width, height) : polygonAt(y + 0.5, outline);
    if (ends === null) continue;
    const from = Math.max(0, Math.ceil(ends.from));
    const to = Math.min(crop.width, Math.floor(ends.to));
    if (to > from) rows.push({ y, from, to });
  }
  return rows;
}

interface Ends {
  readonly from: number;
  readonly to: number;
}

function ellipseAt(y: number, corner: Point, width: number, height: number): Ends | null {
  const fromCentre = (y - corner.y) / (height / 2) - 1;
  if (Math.abs(fromCentre) >= 1) return null;
  const half = (width / 2) * Math.sqrt(1 - fromCentre * fromCentre);
  return { from: corner.x + width / 2 - half, to: corner.x + width / 2 + half };
}

/** An outline of a face is all but convex: its outermost crossings are its ends. */
function polygonAt(y: number, outline: readonly Point[]): Ends | null {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  outline.forEach((point, index) => {
    const next = outline[(index + 1) % outline.length] ?? point;
    if (point.y <= y === next.y <= y) return;
    const x = point.x + ((y - point.y) / (next.y - point.y)) * (next.x - point.x);
    from = Math.min(from, x);
    to = Math.max(to, x);
  });
  return to > from ? { from, to } : null;
}
