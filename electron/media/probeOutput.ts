/** ffprobe's JSON: what of it we rely on, and how its wording becomes ours. */
import { z } from 'zod';
import type { VideoStream } from '../../shared/domain/media.ts';

const SideDataSchema = z.object({ rotation: z.number().optional() });

export const ProbedStreamSchema = z.object({
  index: z.number().int().nonnegative(),
  codec_type: z.string().optional(),
  codec_name: z.string().optional(),
  profile: z.string().optional(),
  width: z.number().int().optional(),
  height: z.number().int().optional(),
  sample_aspect_ratio: z.string().optional(),
  pix_fmt: z.string().optional(),
  bits_per_raw_sample: z.string().optional(),
  field_order: z.string().optional(),
  color_range: z.string().optional(),
  color_space: z.string().optional(),
  color_transfer: z.string().optional(),
  color_primaries: z.string().optional(),
  avg_frame_rate: z.string().optional(),
  start_time: z.string().optional(),
  sample_rate: z.string().optional(),
  channels: z.number().int().optional(),
  disposition: z
    .object({ attached_pic: z.number().optional(), timed_thumbnails: z.number().optional() })
    .optional(),
  tags: z.object({ rotate: z.string().optional() }).optional(),
  side_data_list: z.array(SideDataSchema).optional(),
});
export type ProbedStream = z.infer<typeof ProbedStreamSchema>;

export const ProbeOutputSchema = z.object({
  streams: z.array(ProbedStreamSchema),
  format: z.object({
    format_name: z.string(),
    duration: z.string().optional(),
    start_time: z.string().optional(),
  }),
});
export type ProbeOutput = z.infer<typeof ProbeOutputSchema>;

const FrameSchema = z.object({
  interlaced_frame: z.number().optional(),
  color_transfer: z.string().optional(),
  color_primaries: z.string().optional(),
  color_space: z.string().optional(),
});
export type ProbedFrame = z.infer<typeof FrameSchema>;
export const ProbedFrameSchema = z.object({ frames: z.array(FrameSchema) });

/** A finite number, or null for what ffprobe leaves out or writes as "N/A". */
export function toNumber(text: string | undefined): number | null {
  if (text === undefined || text.trim() === '') return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}

/** Bits of one sample, from the pixel format's name ("yuv420p10le" 10, "p010le" 10, "yuv420p" 8). */
export function bitDepthOf(stream: Pick<ProbedStream, 'pix_fmt' | 'bits_per_raw_sample'>): number {
  const format = stream.pix_fmt ?? '';
  const named = /(?:p|^gray|^p0|^p2|^p4)(9|10|12|14|16)(?:le|be)?$/.exec(format)?.[1];
  if (named !== undefined) return Number(named);
  if (format !== '') return 8;
  return toNumber(stream.bits_per_raw_sample) ?? 8;
}

/**
 * Clockwise quarter turns a player makes. The display matrix (counter-clockwise in ffprobe's words) wins over
 * the older tag; a matrix that is no quarter turn is rounded to the nearest.
 */
export function clockwiseRotation(
  stream: Pick<ProbedStream, 'side_data_list' | 'tags'>,
): VideoStream['rotationDegrees'] {
  const matrix = stream.side_data_list?.find((data) => data.rotation !== undefined)?.rotation;
  const clockwise = matrix === undefined ? (toNumber(stream.tags?.rotate) ?? 0) : -matrix;
  const quarters = ((Math.round(clockwise / 90) % 4) + 4) % 4;
  return quarters === 1 ? 90 : quarters === 2 ? 180 : quarters === 3 ? 270 : 0;
}

/** Width of a pixel over its height; ffprobe's "0:1" and "N/A" mean that nothing is stated, which is square. */
export function sampleAspectRatioOf(text: string | undefined): number {
  const [width, height] = (text ?? '').split(':').map(Number);
  const ratio = (width ?? 0) / (height ?? 0);
  return Number.isFinite(ratio) && ratio > 0 ? ratio : 1;
}

/** Mixed fields, by the container's word or else by the frame's. */
export function isInterlaced(stream: Pick<ProbedStream, 'field_order'>, frame: ProbedFrame): boolean {
  const order = stream.field_order ?? 'unknown';
  if (order === 'unknown') return frame.interlaced_frame === 1;
  return order !== 'progressive';
}

/** The two HDR curves: PQ (HDR10, Dolby Vision) and HLG. */
export function isHdr(colorTransfer: string): boolean {
  return colorTransfer === 'smpte2084' || colorTransfer === 'arib-std-b67';
}
