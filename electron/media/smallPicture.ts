import { type Mended, NOTHING_MENDED } from '../../shared/domain/edit.ts';
import type { VideoStream } from '../../shared/domain/media.ts';
import { editedSize } from '../../shared/quality/reframe.ts';
import { pictureFilters } from './filters.ts';
import type { MediaTools } from './locate.ts';

/**
 * As displayed, and as it is mended, at most this wide (a tall picture at most this high), never enlarged, in standard
 * colours.
 */
export function smallPicture(
  video: VideoStream,
  longest: number,
  frameRate: string | null,
  tools: MediaTools,
  mends: Mended = NOTHING_MENDED,
): string {
  const size = { ...smallSize(video, longest, mends), fit: 'scale' as const };
  return pictureFilters(
    video,
    { deinterlace: video.interlaced ? 'frames' : 'none', size, toneMap: video.hdr, frameRate, mends },
    tools.capabilities,
  );
}

/** Size of that picture in pixels; even numbers. */
export function smallSize(
  video: VideoStream,
  longest: number,
  mends: Mended = NOTHING_MENDED,
): { width: number; height: number } {
  const { width, height } = editedSize(video, mends);
  const scale = Math.min(1, longest / Math.max(width, height));
  const even = (value: number) => Math.max(2, Math.round((value * scale) / 2) * 2);
  return { width: even(width), height: even(height) };
}

/** One picture as a JPEG: filters to put after those of the picture, and how it is written. */
export const JPEG = {
  filters: 'scale=out_range=pc,format=yuvj420p',
  // The plain writer: the one for image files would read "%d" in a name as a counter.
  options: ['-c:v', 'mjpeg', '-q:v', '3', '-f', 'mjpeg'],
} as const;
