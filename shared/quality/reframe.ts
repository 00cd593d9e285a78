/** Where the picture of a master lies in the one of its source: bars are cut off first, then it is turned. Pure. */
import type { Mended } from '../domain/edit.ts';
import type { VideoStream } from '../domain/media.ts';
import type { Turn } from '../domain/review.ts';
import type { Box, Point } from './observation.ts';

/** A part of a picture, pixels as it is seen; all even. */
interface PixelBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

const isSideways = (degrees: number): boolean => degrees === 90 || degrees === 270;

/** Of the picture once its own rotation is applied, in stored pixels. */
function storedSize({ codedWidth, codedHeight, rotationDegrees }: VideoStream): Size {
  return isSideways(rotationDegrees)
    ? { width: codedHeight, height: codedWidth }
    : { width: codedWidth, height: codedHeight };
}

/**
 * The part that is kept of a picture with black bars, in stored pixels after rotation, even on every side; null where
 * nothing is cut off.
 */
export function cropOf(video: VideoStream, { crop }: Pick<Mended, 'crop'>): PixelBox | null {
  if (crop === null) return null;
  const { width, height } = storedSize(video);
  const even = (pixels: number) => Math.max(0, Math.floor((pixels + 0.5) / 2) * 2);
  // An edge that lies on an odd pixel moves inwards: half a bar would still be one.
  const x = Math.ceil((crop.x * width - 0.5) / 2) * 2;
  const y = Math.ceil((crop.y * height - 0.5) / 2) * 2;
  const right = Math.min((crop.x + crop.width) * width, width);
  const bottom = Math.min((crop.y + crop.height) * height, height);
  return { x: Math.max(0, x), y: Math.max(0, y), width: even(right - x), height: even(bottom - y) };
}

/** Size of the picture as a viewer sees it, once it is cropped and turned; not yet even. */
export function editedSize(video: VideoStream, mended: Pick<Mended, 'crop' | 'turn'>): Size {
  const crop = cropOf(video, mended);
  const square = (pixels: number) => Math.round(pixels * video.sampleAspectRatio);
  let { displayWidth: width, displayHeight: height } = video;
  if (crop !== null) {
    width = isSideways(video.rotationDegrees) ? crop.width : square(crop.width);
    height = isSideways(video.rotationDegrees) ? square(crop.height) : crop.height;
  }
  return turnedSize({ width, height }, mended.turn);
}

/** The part that is kept, in shares of the picture once that is turned; null where all of it is kept. */
export function keptPart(video: VideoStream, mended: Pick<Mended, 'crop' | 'turn'>): Box | null {
  const crop = cropOf(video, mended);
  if (crop === null) return null;
  const { width, height } = storedSize(video);
  const part = {
    x: crop.x / width,
    y: crop.y / height,
    width: crop.width / width,
    height: crop.height / height,
  };
  return turnedBox(part, mended.turn);
}

/** Width and height of a picture that is turned clockwise. */
export function turnedSize({ width, height }: Size, turn: Turn): Size {
  return isSideways(turn) ? { width: height, height: width } : { width, height };
}

/** Turned by the one, and then by the other as well. */
export function turnedFurther(one: Turn, other: Turn): Turn {
  const turns = [0, 90, 180, 270] as const;
  return turns[((one + other) / 90) % turns.length] ?? 0;
}

/** The same part of a picture that is turned clockwise; all in shares of the picture. */
export function turnedBox(box: Box, turn: Turn): Box {
  const { x, y, width, height } = box;
  switch (turn) {
    case 0:
      return box;
    case 90:
      return { x: 1 - y - height, y: x, width: height, height: width };
    case 180:
      return { x: 1 - x - width, y: 1 - y - height, width, height };
    case 270:
      return { x: y, y: 1 - x - width, width: height, height: width };
  }
}

/** A box of the picture, in shares of a part of it. */
export function boxWithin({ x, y, width, height }: Box, part: Box): Box {
  return {
    ...pointWithin({ x, y }, part),
    width: width / part.width,
    height: height / part.height,
  };
}

/** A point of the picture, in shares of a part of it. */
export function pointWithin({ x, y }: Point, part: Box): Point {
  return { x: (x - part.x) / part.width, y: (y - part.y) / part.height };
}
