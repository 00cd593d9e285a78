/** What a master does to its source beyond what every master does: which part it holds, and what is mended. */
import { z } from 'zod';
import { BoxSchema } from '../quality/observation.ts';
import { TurnSchema } from './review.ts';

/** The part that a master holds, seconds of the take. */
export const CutSchema = z.object({
  startSeconds: z.number().nonnegative(),
  endSeconds: z.number().positive(),
  /** `key-frame`: it begins where the picture can be copied. `frame`: at that very frame, which encodes it anew. */
  at: z.enum(['key-frame', 'frame']),
});
export type Cut = z.infer<typeof CutSchema>;

/**
 * Decided once, with its figures, and kept by an order: whatever is chosen or measured afterwards, the order is for
 * what was looked at when it was made.
 */
export const EditSchema = z.object({
  /** Null: all of it. */
  cut: CutSchema.nullable(),
  /** By how much the sound is made louder, decibels; its peaks are held under the limit. Null: left as it is. */
  gainDb: z.number().nullable(),
  /** Level of the noise that is taken down between words, dBFS; null: left as it is. */
  noiseDbfs: z.number().nullable(),
  /** The part of the picture that is kept, shares of it as it is seen; null: all. */
  crop: BoxSchema.nullable(),
  /** Clockwise, degrees; after the crop. */
  turn: TurnSchema,
  /** Exponent of the curve that lifts a dark picture, 0 to 1; null: left as it is. */
  liftExponent: z.number().positive().max(1).nullable(),
});
export type Edit = z.infer<typeof EditSchema>;

/** What is mended, whichever part is kept. */
export const MendedSchema = EditSchema.omit({ cut: true });
export type Mended = z.infer<typeof MendedSchema>;

export const NOTHING_MENDED: Mended = {
  gainDb: null,
  noiseDbfs: null,
  crop: null,
  turn: 0,
  liftExponent: null,
};

export const NO_EDIT: Edit = { cut: null, ...NOTHING_MENDED };

/** True where the same is mended, by the same figures. */
export function isMendedAlike(one: Mended, other: Mended): boolean {
  const figures = ({ gainDb, noiseDbfs, crop, turn, liftExponent }: Mended) =>
    JSON.stringify([
      ...[gainDb, noiseDbfs, turn, liftExponent],
      ...(crop === null ? [] : [crop.x, crop.y, crop.width, crop.height]),
    ]);
  return figures(one) === figures(other);
}

/** True where the picture itself is changed, so that it has to be encoded anew. */
export function editsPicture({ crop, turn, liftExponent }: Mended): boolean {
  return crop !== null || turn !== 0 || liftExponent !== null;
}

/** True where the sound itself is changed. */
export function editsSound({ gainDb, noiseDbfs }: Mended): boolean {
  return gainDb !== null || noiseDbfs !== null;
}

/** True where nothing is cut or mended. */
export function isUnedited(edit: Edit): boolean {
  return edit.cut === null && !editsPicture(edit) && !editsSound(edit);
}

/** Names how a picture is mended, of digits, letters, dots and commas; nothing where it is not. */
export function pictureMendsName(mended: Mended): [string] | [] {
  if (!editsPicture(mended)) return [];
  const { crop, turn, liftExponent } = mended;
  const share = (value: number) => String(Number(value.toFixed(4)));
  return [
    [
      `t${turn}`,
      ...(crop === null ? [] : [`c${[crop.x, crop.y, crop.width, crop.height].map(share).join(',')}`]),
      ...(liftExponent === null ? [] : [`l${share(liftExponent)}`]),
    ].join('.'),
  ];
}
