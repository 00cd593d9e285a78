/** Frames that have light and colour apart, with a quarter of the colour, as cameras and video have them. */
import type { PixelRect } from './faceCrop.ts';
import type { RgbaImage } from './observation.ts';
import { tapPositions, tapsFor } from './taps.ts';

const FORMATS = ['I420', 'I420A', 'NV12'] as const;
type PlanarFormat = (typeof FORMATS)[number];

export const isPlanar = (format: string | null): format is PlanarFormat =>
  FORMATS.some((one) => one === format);

/** Where a plane lies in the bytes, and how far it is from one row to the next. */
interface PlaneLayout {
  readonly offset: number;
  readonly stride: number;
}

/** Null where it is not said: then BT.709, limited range. */
interface ColourSpace {
  /** As browsers name it: "bt709", "smpte170m", "bt470bg", "bt2020-ncl". */
  readonly matrix: string | null;
  readonly fullRange: boolean | null;
}

export interface PlanarPicture {
  readonly bytes: Uint8Array;
  readonly planes: readonly PlaneLayout[];
  readonly format: PlanarFormat;
  readonly colorSpace: ColourSpace;
}

/** A part of the picture, scaled to this size, as full-range RGB. */
export function cutPlanar(picture: PlanarPicture, rect: PixelRect, width: number, height: number): RgbaImage {
  const { bytes, planes, format, colorSpace } = picture;
  const [luma, second, third] = planes;
  const interleaved = format === 'NV12';
  const lumaStride = luma?.stride ?? 0;
  const colourStride = second?.stride ?? 0;
  const blueOffset = second?.offset ?? 0;
  const redOffset = interleaved ? blueOffset + 1 : (third?.offset ?? 0);
  const colourStep = interleaved ? 2 : 1;

  const taps = tapsFor(Math.max(rect.width / width, rect.height / height));
  const columns = tapPositions(rect.x, rect.width, width, taps);
  // Loops, where `map` would say it shorter: callbacks are compiled anew with every frame.
  const rows = tapPositions(rect.y, rect.height, height, taps);
  for (let row = 0; row < rows.length; row += 1)
    rows[row] = (luma?.offset ?? 0) + (rows[row] ?? 0) * lumaStride;
  // A place of the colour planes stands for two by two pixels already: one is enough.
  const colourColumns = tapPositions(rect.x, rect.width, width, 1);
  for (let column = 0; column < width; column += 1)
    colourColumns[column] = ((colourColumns[column] ?? 0) >> 1) * colourStep;
  const colourRows = tapPositions(rect.y, rect.height, height, 1);
  for (let row = 0; row < height; row += 1) colourRows[row] = ((colourRows[row] ?? 0) >> 1) * colourStride;

  const to = conversion(colorSpace);
  const scale = to.lumaScale / (taps * taps);
  const data = new Uint8ClampedArray(width * height * 4);
  let at = 0;
  for (let y = 0; y < height; y += 1) {
    const colourRow = colourRows[y] ?? 0;
    let colourBefore = -1;
    let forRed = 0;
    let forGreen = 0;
    let forBlue = 0;
    for (let x = 0; x < width; x += 1) {
      let sum = 0;
      // At its own size, which is most of the work, a pixel is one place.
      if (taps === 1) sum = bytes[(rows[y] ?? 0) + (columns[x] ?? 0)] ?? 0;
      else
        for (let down = y * taps; down < (y + 1) * taps; down += 1) {
          const row = rows[down] ?? 0;
          for (let across = x * taps; across < (x + 1) * taps; across += 1)
            sum += bytes[row + (columns[across] ?? 0)] ?? 0;
        }
      const colour = colourRow + (colourColumns[x] ?? 0);
      // Neighbours have their colour in common.
      if (colour !== colourBefore) {
        colourBefore = colour;
        const blue = (bytes[blueOffset + colour] ?? 0) - 128;
        const red = (bytes[redOffset + colour] ?? 0) - 128;
        forRed = to.redToRed * red - to.black;
        forGreen = -to.blueToGreen * blue - to.redToGreen * red - to.black;
        forBlue = to.blueToBlue * blue - to.black;
      }
      const light = sum * scale;
      data[at] = light + forRed;
      data[at + 1] = light + forGreen;
      data[at + 2] = light + forBlue;
      data[at + 3] = 255;
      at += 4;
    }
  }
  return { width, height, data };
}

interface Conversion {
  readonly lumaScale: number;
  readonly black: number;
  readonly redToRed: number;
  readonly redToGreen: number;
  readonly blueToGreen: number;
  readonly blueToBlue: number;
}

/** Weights of red and blue in luma (ITU-R BT.601, BT.709, BT.2020). */
const WEIGHTS: Readonly<Record<string, { readonly red: number; readonly blue: number }>> = {
  smpte170m: { red: 0.299, blue: 0.114 },
  bt470bg: { red: 0.299, blue: 0.114 },
  'bt2020-ncl': { red: 0.2627, blue: 0.0593 },
};
const BT709 = { red: 0.2126, blue: 0.0722 };

/** A camera that does not say how its colours are meant is read as HD video is: BT.709, limited range. */
function conversion({ matrix, fullRange }: PlanarPicture['colorSpace']): Conversion {
  const { red, blue } = WEIGHTS[matrix ?? 'bt709'] ?? BT709;
  const green = 1 - red - blue;
  const lumaScale = fullRange === true ? 1 : 255 / 219;
  const colourScale = fullRange === true ? 1 : 255 / 224;
  return {
    lumaScale,
    black: fullRange === true ? 0 : 16 * lumaScale,
    redToRed: 2 * (1 - red) * colourScale,
    redToGreen: ((2 * red * (1 - red)) / green) * colourScale,
    blueToGreen: ((2 * blue * (1 - blue)) / green) * colourScale,
    blueToBlue: 2 * (1 - blue) * colourScale,
  };
}
