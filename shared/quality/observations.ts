/**
 * Everything that was measured of a take, before it is judged: small enough to be kept, and enough to judge any part
 * of the take again without decoding anything. The check measures it from the file; the stage measures some of it while
 * it records. All times are seconds of the take: 0 is its first picture.
 */
import { z } from 'zod';
import { MediaInfoSchema } from '../domain/media.ts';
import { TurnSchema } from '../domain/review.ts';
import { BoxSchema, FrameSampleSchema, SoundSampleSchema } from './observation.ts';

/** Part of a take. */
export const TimeRangeSchema = z
  .object({ startSeconds: z.number().nonnegative(), endSeconds: z.number().nonnegative() })
  .refine(({ startSeconds, endSeconds }) => endSeconds >= startSeconds);
export type TimeRange = z.infer<typeof TimeRangeSchema>;

/** Times of the frames, from the packets. */
export const FrameTimesSchema = z.object({
  /**
   * Distances from one frame to the next in tenths of a millisecond, as pairs of a distance and how often it follows
   * itself: the first frame is at 0.
   */
  intervals: z.array(z.tuple([z.number().int().nonnegative(), z.number().int().positive()])),
  /** Frames from which decoding can begin, seconds. A stream that is copied can only be cut here. */
  keyFrames: z.array(z.number().nonnegative()),
});
export type FrameTimes = z.infer<typeof FrameTimesSchema>;

/** Every decoded frame, seen small and grey. All arrays have one entry a frame. */
export const MotionSchema = z.object({
  /** When the frame is shown, milliseconds. */
  atMs: z.array(z.number().int().nonnegative()),
  /** Mean change from the frame before, hundredths of a luma step of 255; 0 for the first. */
  change: z.array(z.number().int().nonnegative()),
  /** Mean luma, 0 to 255. */
  luma: z.array(z.number().int().min(0).max(255)),
});
export type Motion = z.infer<typeof MotionSchema>;

/** One moment that was looked at closely. */
export const PictureSampleSchema = z.object({
  frame: FrameSampleSchema,
  /** Share of the area below the face that looks like text or a logo; null where there is no such area. */
  textShare: z.number().min(0).max(1).nullable(),
  /** By how much the background has moved since the sample before, as a share of the frame's width; null where unknown. */
  backgroundShift: z.number().nonnegative().nullable(),
});
export type PictureSample = z.infer<typeof PictureSampleSchema>;

/** A place where the take may have been cut. Each figure is null where it could not be told. */
export const CutCandidateSchema = z.object({
  /** Of the first frame after it. */
  atSeconds: z.number().nonnegative(),
  /** Change of the picture there over what is usual around it: 1 is as ever. */
  pictureJump: z.number().nonnegative(),
  /** How far the face's landmarks jump from one frame to the next over what is usual around it. */
  faceJump: z.number().nonnegative().nullable(),
  /** How much the sound's spectrum jumps there over what is usual around it. */
  soundJump: z.number().nonnegative().nullable(),
  /** Distance to the frame before, over the usual one. */
  timeJump: z.number().nonnegative().nullable(),
});
export type CutCandidate = z.infer<typeof CutCandidateSchema>;

/** One window of 400 ms; they follow one another without a gap. */
export const SoundWindowSchema = SoundSampleSchema.extend({
  /** How sure it is that somebody speaks, 0 to 1. A tone, music and noise are no speech. */
  speech: z.number().min(0).max(1),
  /** K-weighted loudness of all channels (ITU-R BS.1770), LUFS; -120 for silence. */
  loudnessLufs: z.number(),
  /** Four times oversampled (ITU-R BS.1770-4, annex 2), dBTP. */
  truePeakDbtp: z.number(),
  /** By how many decibels 50 or 60 Hz and their harmonics stand out from what lies beside them. */
  humDb: z.number(),
});
export type SoundWindow = z.infer<typeof SoundWindowSchema>;

export const SoundTrackSchema = z.object({
  windows: z.array(SoundWindowSchema),
  /** Loudest sample of every 20 ms, 0 to 255: what is drawn. */
  peaks: z.array(z.number().int().min(0).max(255)),
  /** Which mains hum `humDb` is about, hertz; null where there is none. */
  humHz: z.union([z.literal(50), z.literal(60)]).nullable(),
  /** How long the room rings after speech stops, milliseconds to fall by 20 dB; null where it could not be told. */
  echoMs: z.number().nonnegative().nullable(),
});
export type SoundTrack = z.infer<typeof SoundTrackSchema>;

/**
 * Raised when something is measured in another way or is new: what was measured before is as good as not measured, and the
 * take is checked anew when the program starts. 2: how long a room rings. 3: which jumps can be cuts. 4:
 * how bright BT.601 is, and that takes of ours are not cut. 5: whether the picture stands upright.
 */
export const OBSERVATIONS_VERSION = 5;

export const ObservationsSchema = z.object({
  schema: z.literal('twin-studio/observations'),
  version: z.literal(OBSERVATIONS_VERSION),
  /** `stage`: only what was measured while recording, until the check has gone through the file. */
  source: z.enum(['stage', 'check']),
  /**
   * How far the pictures were turned before they were looked at, clockwise, degrees: a face that lies on its side is not
   * found. Everything in `pictures` is of the turned picture; all else is of the file's own.
   */
  turn: TurnSchema.default(0),
  /**
   * How far the file's picture has to be turned clockwise to stand upright, where faces say that it does not, as it was
   * looked at; then `pictures` has none of them. 0: only as it was turned to be looked at does it not. Null where it does, or
   * nobody could tell.
   */
  uprightTurn: TurnSchema.nullable().default(null),
  media: MediaInfoSchema,
  durationSeconds: z.number().nonnegative(),
  frameTimes: FrameTimesSchema,
  /** Null where only the stage has looked. */
  motion: MotionSchema.nullable(),
  /** Once a second, oldest first. */
  pictures: z.array(PictureSampleSchema),
  cuts: z.array(CutCandidateSchema),
  /** Of the stage, which does not see every frame: share of them that its recorder repeated. */
  repeatedShare: z.number().min(0).max(1).optional(),
  /** Null without audio. */
  sound: SoundTrackSchema.nullable(),
  /** The part of the frame that has a picture, where black bars surround it; null where there are none. */
  letterbox: BoxSchema.nullable(),
  /** Share of the frames that look interlaced, whatever the file says; null where it was not measured. */
  interlacedShare: z.number().min(0).max(1).nullable(),
  /** Of own recordings: by how much sound comes after picture at the beginning, and drifts until the end. */
  sync: z.object({ offsetMs: z.number(), driftMs: z.number() }).nullable(),
});
export type Observations = z.infer<typeof ObservationsSchema>;
