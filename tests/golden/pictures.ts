/** Draws the pictures that the golden vectors describe: flat skin, two halves, patterns. Pure; no canvas. */
import { z } from 'zod';
import { type FacePicture, faceCrop, shareOfFrame } from '../../shared/quality/faceCrop.ts';
import { DETECTOR_LONG_SIDE, type Face, type RgbaImage } from '../../shared/quality/observation.ts';

/** One grey, or red, green and blue; 0 to 255. */
const ColourSchema = z.union([z.number(), z.tuple([z.number(), z.number(), z.number()])]);
type Colour = z.infer<typeof ColourSchema>;

export const PictureSchema = z.strictObject({
  /** Size of the frame in pixels. */
  width: z.number().int(),
  height: z.number().int(),
  /** The face's box in pixels. Eyes lie 0.32 of its height below its top, 0.4 of its width apart. */
  face: z.strictObject({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }),
  yaw: z.number().default(0),
  /** Outline from the mesh; `none` stands for a mesh that gave none. */
  oval: z.enum(['none', 'box']).default('none'),
  background: ColourSchema,
  /** Everything from just below the chin on, as wide as the person. */
  clothes: ColourSchema.optional(),
  /** Skin left and right of a line that runs down the face, `splitAt` eye distances right of its middle. */
  skin: z.strictObject({ left: ColourSchema, right: ColourSchema, splitAt: z.number().default(0) }),
  pattern: z
    .discriminatedUnion('kind', [
      /** Every pixel of skin brighter or darker by up to `amount`. */
      z.strictObject({ kind: z.literal('noise'), amount: z.number().int() }),
      /** Columns of one pixel, brighter and darker by `amount` in turn. */
      z.strictObject({ kind: z.literal('columns'), amount: z.number().int() }),
      /** Every `every`th row of the frame in another colour. */
      z.strictObject({ kind: z.literal('rows'), every: z.number().int(), colour: ColourSchema }),
    ])
    .optional(),
});
export type Picture = z.infer<typeof PictureSchema>;

const EYES_DOWN = 0.32;
const EYES_APART = 0.4;
/** Clothes begin this far below the chin and reach this far to both sides, in the face's heights and widths. */
const CLOTHES_BELOW = 0.4;
const CLOTHES_HALF_WIDTH = 1.4;

export function drawPicture(picture: Picture): FacePicture {
  const { width, height } = picture;
  const face = faceOf(picture);
  const rect = faceCrop(face.box, width, height);
  if (rect === null) throw new Error('The face lies outside the frame.');
  const scale = DETECTOR_LONG_SIDE / Math.max(width, height);
  const smallWidth = Math.round(width * scale);
  const smallHeight = Math.round(height * scale);
  const { x, y, width: boxWidth, height: boxHeight } = face.box;
  return {
    crop: drawn(rect.width, rect.height, (column, row) => colourAt(picture, rect.x + column, rect.y + row)),
    cropBox: shareOfFrame(rect, width, height),
    face,
    oval:
      picture.oval === 'none'
        ? null
        : [
            { x, y },
            { x: x + boxWidth, y },
            { x: x + boxWidth, y: y + boxHeight },
            { x, y: y + boxHeight },
          ],
    frame: drawn(smallWidth, smallHeight, (column, row) =>
      colourAt(
        picture,
        Math.floor(((column + 0.5) / smallWidth) * width),
        Math.floor(((row + 0.5) / smallHeight) * height),
      ),
    ),
  };
}

function faceOf({ width, height, face, yaw }: Picture): Face {
  const middle = (face.x + face.width / 2) / width;
  const half = (EYES_APART * face.width) / 2 / width;
  const eyes = (face.y + EYES_DOWN * face.height) / height;
  return {
    box: {
      x: face.x / width,
      y: face.y / height,
      width: face.width / width,
      height: face.height / height,
    },
    score: 1,
    eyes: { left: { x: middle - half, y: eyes }, right: { x: middle + half, y: eyes } },
    pose: { yaw, pitch: 0, roll: 0 },
  };
}

function drawn(width: number, height: number, colour: (column: number, row: number) => Colour): RgbaImage {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const at = colour(column, row);
      const offset = (row * width + column) * 4;
      data[offset] = typeof at === 'number' ? at : at[0];
      data[offset + 1] = typeof at === 'number' ? at : at[1];
      data[offset + 2] = typeof at === 'number' ? at : at[2];
      data[offset + 3] = 255;
    }
  }
  return { width, height, data };
}

function colourAt(picture: Picture, x: number, y: number): Colour {
  const { face, background, clothes, skin, pattern } = picture;
  const middle = face.x + face.width / 2;
  const inFace = Math.abs(x + 0.5 - middle) <= face.width / 2 && y >= face.y && y < face.y + face.height;
  if (!inFace) {
    const below = y >= face.y + face.height * (1 + CLOTHES_BELOW);
    const dressed = below && Math.abs(x + 0.5 - middle) <= CLOTHES_HALF_WIDTH * face.width;
    return clothes !== undefined && dressed ? clothes : background;
  }
  const split = middle + skin.splitAt * EYES_APART * face.width;
  const base = x + 0.5 < split ? skin.left : skin.right;
  if (pattern?.kind === 'rows') return y % pattern.every === 0 ? pattern.colour : base;
  if (pattern === undefined || typeof base !== 'number') return base;
  if (pattern.kind === 'columns') return base + (x % 2 === 0 ? pattern.amount : -pattern.amount);
  return base - pattern.amount + (scattered(x, y) % (2 * pattern.amount + 1));
}

/** A whole number for every pixel, the same in every runtime, without a pattern that shows. */
function scattered(x: number, y: number): number {
  let mixed = Math.imul(x + 1, 0x9e3779b1) ^ Math.imul(y + 1, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}
