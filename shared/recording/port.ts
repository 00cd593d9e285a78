/**
 * What travels between the recorder in the window and the main process while a take is recorded: over a message port
 * of its own, so that neither the page nor other calls stand in its way. Both sides parse what they get.
 */
import { z } from 'zod';
import { CameraSampleSchema, FrameSampleSchema, SoundSampleSchema } from '../quality/observation.ts';

/** Largest message that is taken: three seconds at 40 Mb/s. */
export const LARGEST_FRAGMENT_BYTES = 16 * 1024 * 1024;

/** What the stage measured, in the order it was measured; stored beside the take. */
export const StageSampleSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('frame'), sample: FrameSampleSchema }),
  z.object({ kind: z.literal('sound'), sample: SoundSampleSchema }),
  z.object({ kind: z.literal('camera'), sample: CameraSampleSchema }),
  /** A frame that the camera delivered and the file lacks, or a place where the camera delivered none in time. */
  z.object({
    kind: z.literal('timing'),
    atSeconds: z.number(),
    what: z.enum(['dropped', 'repeated']),
    frames: z.number().int().positive(),
  }),
  /** The line of advice that the coach gave; null when it had none. */
  z.object({ kind: z.literal('advice'), atSeconds: z.number(), code: z.string().nullable() }),
]);
export type StageSample = z.infer<typeof StageSampleSchema>;

/** Counted over the take so far. Null: the browser's own recorder does not say. */
export const RecordingCountsSchema = z.object({
  /** Length that has been encoded, seconds. */
  seconds: z.number().nonnegative(),
  /** Frames the camera delivered, without those that were one too many for thirty a second. */
  delivered: z.number().int().nonnegative(),
  /** Frames in the file, repeated ones included. */
  written: z.number().int().nonnegative().nullable(),
  /** Delivered, and not in the file. */
  dropped: z.number().int().nonnegative().nullable(),
  repeated: z.number().int().nonnegative().nullable(),
  /** Sound less picture, milliseconds, at the last fragment: positive when the sound is late. Null without sound. */
  soundOffsetMs: z.number().nullable(),
});
export type RecordingCounts = z.infer<typeof RecordingCountsSchema>;

/** From the recorder. `bytes` follow one another without gaps; a fragment is a third of a second of the take, or the file's head. */
export const ToStoreSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('fragment'),
    /** 0, 1, 2 …; each is acknowledged. */
    sequence: z.number().int().nonnegative(),
    bytes: z
      .instanceof(ArrayBuffer)
      .refine((bytes) => bytes.byteLength > 0 && bytes.byteLength <= LARGEST_FRAGMENT_BYTES),
    counts: RecordingCountsSchema,
  }),
  z.object({ kind: z.literal('samples'), samples: z.array(StageSampleSchema).max(2000) }),
]);
export type ToStore = z.infer<typeof ToStoreSchema>;

/** From the main process. */
export const FromStoreSchema = z.discriminatedUnion('kind', [
  /** The fragment is on the disk: written and synced. */
  z.object({
    kind: z.literal('stored'),
    sequence: z.number().int().nonnegative(),
    bytesWritten: z.number().int().nonnegative(),
    /** Room left on the disk of the library. */
    freeBytes: z.number().nonnegative(),
  }),
  /** The disk is nearly full: end the take now, while there is room to end it well. */
  z.object({ kind: z.literal('stop'), reason: z.literal('disk-full') }),
  /** Nothing more can be written; what was acknowledged is safe. `message` is a finished sentence. */
  z.object({ kind: z.literal('failed'), code: z.string(), message: z.string() }),
]);
export type FromStore = z.infer<typeof FromStoreSchema>;
