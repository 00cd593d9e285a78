/**
 * What is seen and heard in a moment of a take, before it is judged. The stage and the offline check fill the same
 * shapes, so that one module scores both. Positions are shares of the frame: x from its left edge, y from its top
 * edge, as the camera sees it (never mirrored). "Left" and "right" are the picture's, unless said otherwise.
 */
import { z } from 'zod';

export const PointSchema = z.object({ x: z.number(), y: z.number() });
export type Point = z.infer<typeof PointSchema>;

export const BoxSchema = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });
export type Box = z.infer<typeof BoxSchema>;

/** Full-range RGBA, row by row from the top, `width * height * 4` bytes. */
export interface RgbaImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray | Uint8Array;
}

/** Turn of the head in degrees; 0 is straight into the lens. Yaw grows towards the picture's right, pitch upwards, roll clockwise. */
export const PoseSchema = z.object({ yaw: z.number(), pitch: z.number(), roll: z.number() });
export type Pose = z.infer<typeof PoseSchema>;

/** One face that was found. */
export const FaceSchema = z.object({
  /** From the hairline to the chin and from ear to ear, as the mesh has it. */
  box: BoxSchema,
  /** 0 to 1: how sure the detector is. */
  score: z.number(),
  /** Centres of the eyes: `left` is the one further left in the picture. */
  eyes: z.object({ left: PointSchema, right: PointSchema }),
  pose: PoseSchema,
});
export type Face = z.infer<typeof FaceSchema>;

export const HandSchema = z.object({ box: BoxSchema, score: z.number() });
export type Hand = z.infer<typeof HandSchema>;

/** Light on the face and behind it. All luma is BT.709 of full-range RGB, 0 to 1. */
export const LightSchema = z.object({
  /** Mean luma inside the face. */
  faceMean: z.number(),
  /** Share of the face's pixels at luma 247 to 255 of 255. */
  overShare: z.number(),
  /** Share of the face's pixels at luma 0 to 25 of 255. */
  underShare: z.number(),
  /** Overlap of the luma histograms of both cheeks, 0 (nothing alike) to 1. Null when a cheek is not seen. */
  evenness: z.number().nullable(),
  /** Mean luma of the picture's left cheek less that of its right; tells from where the light comes. Null as above. */
  cheekDifference: z.number().nullable(),
  /** Steepest luma edge across the face that is no feature of it, 0 to 1. Null when it could not be told. */
  shadowEdge: z.number().nullable(),
  /** Mean luma outside person and face. */
  backgroundMean: z.number(),
  /** By how many stops the background is brighter than the face (negative: darker), from linear light. */
  backgroundStops: z.number(),
  /** Variance of the Laplacian inside the face at full resolution, on luma 0 to 255; only comparable within one take. */
  sharpness: z.number(),
});
export type Light = z.infer<typeof LightSchema>;

/** One frame that was looked at. */
export const FrameSampleSchema = z.object({
  /** Seconds since the take began; on the stage before a take, since the camera was opened. */
  atSeconds: z.number(),
  /** Size of the frame in pixels, after rotation. */
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  /** All that were found, largest first. */
  faces: z.array(FaceSchema),
  /** Null where hands were not looked for. */
  hands: z.array(HandSchema).nullable(),
  /** Of the largest face; null without one. */
  light: LightSchema.nullable(),
});
export type FrameSample = z.infer<typeof FrameSampleSchema>;

/** Sound of one window of 400 ms. Levels are dBFS of the loudest channel; -120 stands for digital silence. */
export const SoundSampleSchema = z.object({
  atSeconds: z.number(),
  rmsDbfs: z.number(),
  peakDbfs: z.number(),
  /** Level of the quietest eighth of it, 50 ms: speech has gaps that steady noise has not. */
  quietDbfs: z.number(),
  /** Share of samples at or above 0.999 of full scale. */
  clippedShare: z.number(),
});
export type SoundSample = z.infer<typeof SoundSampleSchema>;

/** What the camera really delivers, over the last two seconds. */
export const CameraSampleSchema = z.object({
  atSeconds: z.number(),
  framesPerSecond: z.number(),
  width: z.number().int(),
  height: z.number().int(),
});
export type CameraSample = z.infer<typeof CameraSampleSchema>;

export { DETECTOR_LONG_SIDE, SOUND_WINDOW_SECONDS } from './sampling.ts';
