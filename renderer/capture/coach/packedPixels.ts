/** Frames that have their colours side by side, as those of canvases and some cameras. */
import type { PixelRect } from '../../../shared/quality/faceCrop.ts';
import type { RgbaImage } from '../../../shared/quality/observation.ts';
import { tapPositions, tapsFor } from '../../../shared/quality/taps.ts';

const FORMATS = ['RGBA', 'RGBX', 'BGRA', 'BGRX'] as const;
type PackedFormat = (typeof FORMATS)[number];

export const isPacked = (format: VideoPixelFormat | null): format is PackedFormat =>
  FORMATS.some((one) => one === format);

export interface PackedPicture {
  readonly bytes: Uint8Array | Uint8ClampedArray;
  readonly planes: readonly PlaneLayout[];
  readonly format: PackedFormat;
}

/** A part of the picture, scaled to this size. */
export function cutPacked(
  { bytes, planes, format }: PackedPicture,
  rect: PixelRect,
  width: number,
  height: number,
): RgbaImage {
  const { offset = 0, stride = 0 } = planes[0] ?? {};
  const red = format.startsWith('RGB') ? 0 : 2;
  const blue = 2 - red;
  const taps = tapsFor(Math.max(rect.width / width, rect.height / height));
  const columns = tapPositions(rect.x, rect.width, width, taps).map((column) => column * 4);
  const rows = tapPositions(rect.y, rect.height, height, taps).map((row) => offset + row * stride);
  const share = 1 / (taps * taps);
  const data = new Uint8ClampedArray(width * height * 4);
  let at = 0;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      let redSum = 0;
      let greenSum = 0;
      let blueSum = 0;
      for (let down = y * taps; down < (y + 1) * taps; down += 1) {
        for (let across = x * taps; across < (x + 1) * taps; across += 1) {
          const place = (rows[down] ?? 0) + (columns[across] ?? 0);
          redSum += bytes[place + red] ?? 0;
          greenSum += bytes[place + 1] ?? 0;
          blueSum += bytes[place + blue] ?? 0;
        }
      }
      data[at] = redSum * share;
      data[at + 1] = greenSum * share;
      data[at + 2] = blueSum * share;
      data[at + 3] = 255;
      at += 4;
    }
  }
  return { width, height, data };
}
