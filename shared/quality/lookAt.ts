/** What is seen in one frame: faces, hands where they belong to the shot, and the light. */

import { faceCrop, type PixelRect, shareOfFrame } from './faceCrop.ts';
import type { OutlinedFace } from './faceMesh.ts';
import { measureLight } from './light.ts';
import type { Box, FrameSample, Hand, Light, RgbaImage } from './observation.ts';
import { DETECTOR_LONG_SIDE } from './sampling.ts';
import type { FaceFinder, FramePixels } from './seeing.ts';

type Seen = Omit<FrameSample, 'atSeconds'>;

/** A face this small in the detector's picture, pixels of its height, is looked at again from nearer. */
const SMALL_FACE = 32;
/** Side of the nearer picture: in face heights, and in pixels. */
const NEARER_FACES = 3;
const NEARER_SIDE = 240;
/** All of the frame. */
export const WHOLE: Box = { x: 0, y: 0, width: 1, height: 1 };
/** Where a person stands who is too small to be found in the whole frame. */
const MIDDLE: Box = { x: 0.2, y: 0, width: 0.6, height: 0.6 };
/** Where hands can be, in face heights around the middle of the face; and the height of their picture in pixels. */
const REACH = { aside: 4, above: 1.5, below: 5.5 };
const HANDS_HEIGHT = 320;

/** `withHands`: they cost three times as much as faces, so they are not looked for in every frame. */
export async function lookAt(pixels: FramePixels, finder: FaceFinder, withHands: boolean): Promise<Seen> {
  const frame = detectorFrame(pixels);
  const found = await faces(pixels, frame, finder);
  const first = found[0];
  return {
    width: pixels.width,
    height: pixels.height,
    faces: found.map(({ face }) => face),
    hands: withHands && first ? await hands(pixels, first, finder) : null,
    light: first ? lightOn(pixels, first, frame) : null,
  };
}

/** The whole frame, small enough for the detector. */
export function detectorFrame(pixels: FramePixels): RgbaImage {
  const { width, height } = pixels;
  const scale = DETECTOR_LONG_SIDE / Math.max(width, height);
  return pixels.cut({ x: 0, y: 0, width, height }, Math.round(width * scale), Math.round(height * scale));
}

async function faces(pixels: FramePixels, frame: RgbaImage, finder: FaceFinder): Promise<OutlinedFace[]> {
  const found = await finder.faces(frame, WHOLE);
  const [first, ...others] =
    found.length > 0 ? found : await nearer(pixels, MIDDLE, DETECTOR_LONG_SIDE, finder);
  if (first === undefined) return [];
  const { x, y, width, height } = first.face.box;
  if (height * frame.height >= SMALL_FACE) return [first, ...others];
  const side = (NEARER_FACES * height * pixels.height) / pixels.width;
  const around = {
    x: x + (width - side) / 2,
    y: y + height / 2 - (NEARER_FACES / 2) * height,
    width: side,
    height: NEARER_FACES * height,
  };
  const again = await nearer(pixels, around, NEARER_SIDE, finder);
  return [again.find(({ face }) => overlaps(face.box, first.face.box)) ?? first, ...others];
}

function overlaps(one: Box, other: Box): boolean {
  const across = Math.abs(one.x + one.width / 2 - other.x - other.width / 2);
  const down = Math.abs(one.y + one.height / 2 - other.y - other.height / 2);
  return across < other.width / 2 && down < other.height / 2;
}

async function nearer(
  pixels: FramePixels,
  region: Box,
  longSide: number,
  finder: FaceFinder,
): Promise<OutlinedFace[]> {
  const part = partOf(pixels, region);
  const scale = longSide / Math.max(part.width, part.height);
  const picture = pixels.cut(part, Math.round(part.width * scale), Math.round(part.height * scale));
  return finder.faces(picture, shareOfFrame(part, pixels.width, pixels.height));
}

/** Hands are small where the person is: what lies beyond their reach is left out. */
async function hands(pixels: FramePixels, { face }: OutlinedFace, finder: FaceFinder): Promise<Hand[]> {
  const { x, y, width, height } = face.box;
  const aside = (REACH.aside * height * pixels.height) / pixels.width;
  const part = partOf(pixels, {
    x: x + width / 2 - aside,
    y: y + height / 2 - REACH.above * height,
    width: 2 * aside,
    height: (REACH.above + REACH.below) * height,
  });
  const scale = HANDS_HEIGHT / part.height;
  const picture = pixels.cut(part, Math.round(part.width * scale), HANDS_HEIGHT);
  return finder.hands(picture, shareOfFrame(part, pixels.width, pixels.height));
}

/** The region's pixels that are inside the frame. */
function partOf(pixels: FramePixels, region: Box): PixelRect {
  const x = Math.max(0, Math.floor(region.x * pixels.width));
  const y = Math.max(0, Math.floor(region.y * pixels.height));
  const right = Math.min(pixels.width, Math.ceil((region.x + region.width) * pixels.width));
  const bottom = Math.min(pixels.height, Math.ceil((region.y + region.height) * pixels.height));
  return { x, y, width: Math.max(1, right - x), height: Math.max(1, bottom - y) };
}

function lightOn(pixels: FramePixels, { face, oval }: OutlinedFace, frame: RgbaImage): Light | null {
  const rect = faceCrop(face.box, pixels.width, pixels.height);
  if (rect === null) return null;
  const crop = pixels.cut(rect, rect.width, rect.height);
  const cropBox = shareOfFrame(rect, pixels.width, pixels.height);
  return measureLight({ crop, cropBox, face, oval, frame });
}
