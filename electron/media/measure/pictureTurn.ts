/** Pictures turned clockwise, so that a face that lies on its side is found. */
import type { Turn } from '../../../shared/domain/review.ts';
import { turnedSize } from '../../../shared/quality/reframe.ts';
import type { FullFrame } from './framesReader.ts';

type Pixels = Omit<FullFrame, 'atSeconds'>;

/** The same bytes where nothing is turned; else new ones, of which 1080p takes about 10 ms. */
export function turnedPixels(pixels: Pixels, turn: Turn): Pixels {
  if (turn === 0) return pixels;
  const { width, height, bytes } = pixels;
  const turned = new Uint8Array(bytes.length);
  const colourWidth = Math.ceil(width / 2);
  const colourHeight = Math.ceil(height / 2);
  const luma = width * height;
  const colour = colourWidth * colourHeight;
  const planes = [
    { from: 0, width, height },
    { from: luma, width: colourWidth, height: colourHeight },
    { from: luma + colour, width: colourWidth, height: colourHeight },
  ];
  for (const plane of planes) {
    const end = plane.from + plane.width * plane.height;
    turnPlane(bytes.subarray(plane.from, end), turned.subarray(plane.from, end), plane, turn);
  }
  return { ...turnedSize({ width, height }, turn), bytes: turned };
}

/** Where the first byte of a row goes, and how far apart those of one row and those of one column go. */
interface Way {
  readonly first: number;
  readonly across: number;
  readonly down: number;
}

function wayOf({ width, height }: { width: number; height: number }, turn: Exclude<Turn, 0>): Way {
  switch (turn) {
    case 90:
      return { first: height - 1, across: height, down: -1 };
    case 180:
      return { first: width * height - 1, across: -1, down: -width };
    case 270:
      return { first: (width - 1) * height, across: -height, down: 1 };
  }
}

function turnPlane(
  bytes: Uint8Array,
  turned: Uint8Array,
  size: { readonly width: number; readonly height: number },
  turn: Exclude<Turn, 0>,
): void {
  const { first, across, down } = wayOf(size, turn);
  let from = 0;
  for (let y = 0; y < size.height; y += 1) {
    let to = first + y * down;
    for (let x = 0; x < size.width; x += 1) {
      turned[to] = bytes[from] ?? 0;
      from += 1;
      to += across;
    }
  }
}
