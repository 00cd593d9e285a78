/** How bright a pixel is, as it is shown and as it was lit. */
import type { RgbaImage } from './observation.ts';

/** BT.709 weights in 256ths, so that luma is the same whole number in every runtime. */
const RED = 54;
const GREEN = 183;
const BLUE = 19;

/** Linear light of each sRGB value, 0 to 1 (IEC 61966-2-1). */
const LINEAR = Float64Array.from({ length: 256 }, (_unused, value) => {
  const share = value / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
});

/** Luma of the pixel that begins at `offset` in the data: a whole number from 0 to 255. */
export function lumaAtOffset(data: RgbaImage['data'], offset: number): number {
  return (RED * (data[offset] ?? 0) + GREEN * (data[offset + 1] ?? 0) + BLUE * (data[offset + 2] ?? 0)) >> 8;
}

/** Luma of a pixel, a whole number from 0 to 255. `x` and `y` must lie inside the image. */
export function lumaAt(image: RgbaImage, x: number, y: number): number {
  return lumaAtOffset(image.data, (y * image.width + x) * 4);
}

/** Light that the pixel at `offset` stands for, 0 to 1: twice the figure is twice the light. */
export function lightAtOffset(data: RgbaImage['data'], offset: number): number {
  return (
    0.2126 * (LINEAR[data[offset] ?? 0] ?? 0) +
    0.7152 * (LINEAR[data[offset + 1] ?? 0] ?? 0) +
    0.0722 * (LINEAR[data[offset + 2] ?? 0] ?? 0)
  );
}
