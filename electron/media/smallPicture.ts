import type { VideoStream } from '../../shared/domain/media.ts';
import { pictureFilters } from './filters.ts';
import type { MediaTools } from './locate.ts';

/** As displayed, at most this wide (a tall picture at most this high), never enlarged, in standard colours. */
export function smallPicture(
  video: VideoStream,
  longest: number,
  frameRate: string | null,
  tools: MediaTools,
): string {
  const size = { ...smallSize(video, longest), fit: 'scale' as const };
  return pictureFilters(
    video,
    { deinterlace: video.interlaced ? 'frames' : 'none', size, toneMap: video.hdr, frameRate },
    tools.capabilities,
  );
}

/** Size of that picture in pixels; even numbers. */
export function smallSize(video: VideoStream, longest: number): { width: number; height: number } {
  const scale = Math.min(1, longest / Math.max(video.displayWidth, video.displayHeight));
  const even = (value: number) => Math.max(2, Math.round((value * scale) / 2) * 2);
  return { width: even(video.displayWidth), height: even(video.displayHeight) };
}

/** One picture as a JPEG: filters to put after those of the picture, and how it is written. */
export const JPEG = {
  filters: 'scale=out_range=pc,format=yuvj420p',
  // The plain writer: the one for image files would read "%d" in a name as a counter.
  options: ['-c:v', 'mjpeg', '-q:v', '3', '-f', 'mjpeg'],
} as const;
