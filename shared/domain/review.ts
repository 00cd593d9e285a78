/** What a person decides about a take once it is there. */
import { z } from 'zod';
import { InstantSchema } from './ids.ts';

/** The one part of a take that is kept. Seconds of the take. */
export const TrimSchema = z
  .object({
    startSeconds: z.number().nonnegative(),
    endSeconds: z.number().positive(),
    /** True: cut at these very frames, which encodes the picture anew. False: at key frames, where it can be copied. */
    exact: z.boolean(),
  })
  .refine(({ startSeconds, endSeconds }) => endSeconds > startSeconds);
export type Trim = z.infer<typeof TrimSchema>;

/** A part of a take, whichever way it is cut. */
export type Part = Pick<Trim, 'startSeconds' | 'endSeconds'>;

/** How much of a take of this length is kept, seconds. */
export function keptSeconds(part: Part | null, durationSeconds: number): number {
  if (part === null) return durationSeconds;
  return Math.max(0, Math.min(part.endSeconds, durationSeconds) - part.startSeconds);
}

/** How far a picture is turned clockwise, degrees. */
export const TurnSchema = z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]);
export type Turn = z.infer<typeof TurnSchema>;

/** What preparing is to mend. All of it is off unless somebody chose it; the source stays as it is. */
export const MendsSchema = z.object({
  /** Brings speech to the middle of the loudness range. */
  loudness: z.boolean(),
  /** Takes some of a steady noise away. */
  noise: z.boolean(),
  /** Cuts black bars off. */
  letterbox: z.boolean(),
  /** Turns the picture clockwise, degrees. */
  turn: TurnSchema,
  /** Lifts a dark picture, within limits. */
  exposure: z.boolean(),
});
export type Mends = z.infer<typeof MendsSchema>;

export const NO_MENDS: Mends = { loudness: false, noise: false, letterbox: false, turn: 0, exposure: false };

/** `open`: nobody has decided. A take can be published unless it was rejected. */
export const DecisionSchema = z.object({
  kind: z.enum(['open', 'accepted', 'rejected']),
  note: z.string().max(2000),
  at: InstantSchema.nullable(),
});
export type Decision = z.infer<typeof DecisionSchema>;

export const ReviewSchema = z.object({
  trim: TrimSchema.nullable(),
  mends: MendsSchema,
  decision: DecisionSchema,
});
export type Review = z.infer<typeof ReviewSchema>;

export const NOT_REVIEWED: Review = {
  trim: null,
  mends: NO_MENDS,
  decision: { kind: 'open', note: '', at: null },
};
