import { z } from 'zod';

/** How evenly the video packets follow each other, measured on the packets' presentation times. */
export const FrameTimingSchema = z.object({
  /** Number of packets the figures rest on; 0 where the file's packets could not be read. */
  packets: z.number().int().nonnegative(),
  /** Median distance between frames in seconds. */
  medianSeconds: z.number().nonnegative(),
  /** 95th percentile of each interval's distance from the median, in milliseconds. */
  p95DeviationMs: z.number().nonnegative(),
  /** Longest distance between two frames in seconds. */
  longestGapSeconds: z.number().nonnegative(),
  /** Share of frames missing from an even grid of the median interval, 0 to 1. */
  missingShare: z.number().min(0).max(1),
});
export type FrameTiming = z.infer<typeof FrameTimingSchema>;

/** The first video stream that is not cover art. */
export const VideoStreamSchema = z.object({
  index: z.number().int().nonnegative(),
  codec: z.string(),
  /** As ffprobe names it ("High", "Main 10"), empty when unknown. */
  profile: z.string(),
  pixelFormat: z.string(),
  bitDepth: z.number().int().positive(),
  /** Stored size in pixels, before rotation and sample aspect ratio. */
  codedWidth: z.number().int().positive(),
  codedHeight: z.number().int().positive(),
  /** Size as a viewer sees it, after rotation and with square pixels. */
  displayWidth: z.number().int().positive(),
  displayHeight: z.number().int().positive(),
  /** Clockwise, as a player must turn the picture. */
  rotationDegrees: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]),
  /** Width of a pixel over its height; 1 is square. */
  sampleAspectRatio: z.number().positive(),
  /** Frames a second over the whole file. */
  averageFrameRate: z.number().nonnegative(),
  timing: FrameTimingSchema,
  /** When the first frame is shown, in seconds from the file's own start; 0 when not stated. */
  startSeconds: z.number().nonnegative().optional(),
  /** As the file says, or as its frames show once the check has gone through them. */
  interlaced: z.boolean(),
  /** PQ or HLG transfer. */
  hdr: z.boolean(),
  colorTransfer: z.string(),
  colorPrimaries: z.string(),
  colorSpace: z.string(),
  fullRange: z.boolean(),
});
export type VideoStream = z.infer<typeof VideoStreamSchema>;

/** The first audio stream. */
export const AudioStreamSchema = z.object({
  index: z.number().int().nonnegative(),
  codec: z.string(),
  /** "LC", "HE-AAC"; empty when unknown or meaningless for the codec. */
  profile: z.string(),
  /** Hertz. */
  sampleRate: z.number().int().positive(),
  channels: z.number().int().positive(),
  /** When the first sample is heard, in seconds from the file's own start; 0 when not stated. */
  startSeconds: z.number().nonnegative().optional(),
});
export type AudioStream = z.infer<typeof AudioStreamSchema>;

/** What a file holds, read from its container and packets without decoding, until the check has decoded it. */
export const MediaInfoSchema = z.object({
  /** ffprobe's names of the container, comma-separated ("mov,mp4,m4a,3gp,3g2,mj2"). */
  container: z.string(),
  sizeBytes: z.number().int().nonnegative(),
  /** Length of the video in seconds, from its packets where they can be read. */
  durationSeconds: z.number().nonnegative(),
  /** Whole file, bits a second. */
  bitRate: z.number().nonnegative(),
  video: VideoStreamSchema.nullable(),
  audio: AudioStreamSchema.nullable(),
  /** An mp4 or mov whose index stands before its samples. */
  faststart: z.boolean(),
});
export type MediaInfo = z.infer<typeof MediaInfoSchema>;
