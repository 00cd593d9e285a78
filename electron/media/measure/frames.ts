/** Decodes the picture of a take once: every frame small and grey, and the first of every second at full size. */
import { basename } from 'node:path';
import type { VideoStream } from '../../../shared/domain/media.ts';
import { StudioError } from '../../../shared/errors.ts';
import { fitsMaster, MASTER_LONG_SIDE, MASTER_SHORT_SIDE } from '../../../shared/quality/master.ts';
import { turnedSize } from '../../../shared/quality/reframe.ts';
import { gaveUp } from '../failure.ts';
import { pictureFilters } from '../filters.ts';
import type { MediaTools } from '../locate.ts';
import { fileAddress, INPUT_GUARD, runTool } from '../process.ts';
import { type FrameListener, FrameReader, type PictureSize, TENTHS } from './framesReader.ts';

/** Longest side of the small frames, pixels. */
const SMALL_LONG_SIDE = 160;
/** A picture that is thousands of times as wide as high still gets a few rows. */
const SMALLEST_SIDE = 8;

/** Size of the small frames, pixels: 160 on the longer side as it is shown, even, at least 8. */
export function smallSize({ displayWidth, displayHeight }: VideoStream): PictureSize {
  const scale = SMALL_LONG_SIDE / Math.max(displayWidth, displayHeight);
  const side = (pixels: number) => Math.max(SMALLEST_SIDE, Math.round((pixels * scale) / 2) * 2);
  return { width: side(displayWidth), height: side(displayHeight) };
}

/** Size of the frames of full size, pixels: as shown, and no larger than the largest master. */
export function fullSize({ displayWidth, displayHeight }: VideoStream): PictureSize {
  if (fitsMaster(displayWidth, displayHeight)) return { width: displayWidth, height: displayHeight };
  const scale = Math.min(
    MASTER_LONG_SIDE / Math.max(displayWidth, displayHeight),
    MASTER_SHORT_SIDE / Math.min(displayWidth, displayHeight),
  );
  const side = (pixels: number) => Math.max(SMALLEST_SIDE, Math.round((pixels * scale) / 2) * 2);
  return { width: side(displayWidth), height: side(displayHeight) };
}

/**
 * Goes through the video once. Memory stays the same however long it is, apart from the times.
 * @returns when the frames are shown, on the file's clock in seconds
 * @throws what the listener's `full` rejects with; FILE_TRUNCATED when not one frame can be decoded; StudioError (see
 *   `explainFailure`), Cancelled
 */
export async function readFrames(
  source: string,
  video: VideoStream,
  listener: FrameListener,
  { tools, signal }: { readonly tools: MediaTools; readonly signal?: AbortSignal | undefined },
): Promise<readonly number[]> {
  const small = smallSize(video);
  const full = fullSize(video);
  // Whoever looks at the frames may fail: then ffmpeg has nothing to go on for.
  const stop = new AbortController();
  const abort = () => stop.abort();
  signal?.addEventListener('abort', abort, { once: true });
  if (signal?.aborted === true) abort();
  const failures: unknown[] = [];
  const begin = () =>
    new FrameReader(small, full, listener, (error) => {
      failures.push(error);
      abort();
    });
  const once = tools.capabilities.eachFrameOnce;
  let reader = begin();
  try {
    await runTool({
      program: tools.ffmpeg,
      args: [
        // The lines that tell the times are information; progress would only stand between them.
        ...['-hide_banner', '-nostdin', '-nostats', '-v', 'info', ...INPUT_GUARD],
        // A picture that changes its size on the way is scaled like the others, without beginning to count anew.
        ...['-reinit_filter', '0', '-i', fileAddress(source)],
        ...['-filter_complex', graph(video, small, full, tools)],
        // Older ffmpegs would otherwise repeat the frames of a slow video until 25 a second are full.
        ...['-map', '[small]', ...once, '-c:v', 'rawvideo', '-f', 'rawvideo', 'pipe:1'],
        ...['-map', '[full]', ...once, '-c:v', 'rawvideo', '-f', 'rawvideo', 'pipe:3'],
      ],
      source,
      step: 'looking at the picture',
      signal: stop.signal,
      onStdout: (chunk) => reader.addSmall(chunk),
      otherPipes: [(pipe) => reader.readFull(pipe)],
      onErrorLine: (line) => reader.hear(line),
      onAgain: () => {
        reader.drop();
        listener.again();
        reader = begin();
      },
    });
    const times = await reader.end();
    if (times.length === 0) throw new StudioError('FILE_TRUNCATED', { file: basename(source) });
    return times;
  } catch (error) {
    // What the listener failed with is why ffmpeg was stopped.
    if (failures.length > 0) throw failures[0];
    throw reader.sawNothing && gaveUp(error)
      ? new StudioError('FILE_TRUNCATED', { file: basename(source) }, { cause: error })
      : error;
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

function graph(video: VideoStream, small: PictureSize, full: PictureSize, tools: MediaTools): string {
  const times = `settb=1/${TENTHS},showinfo,settb=1/25,setpts=N`;
  return [
    `[0:${video.index}]split=2[every][some]`,
    `[every]${smallLuma(video, small)},${times}[small]`,
    // The first frame of every second; a thousandth more, for times that were rounded down.
    `[some]select='isnan(prev_selected_t)+gt(floor(t+0.001)\\,floor(prev_selected_t+0.001))',${coloursOf(video, full, tools)},${times}[full]`,
  ].join(';');
}

/** Formats whose luma lies apart, a byte a pixel. */
const LUMA_APART = ['yuv420p', 'yuv422p', 'yuv444p'];

function smallLuma(video: VideoStream, { width, height }: PictureSize): string {
  const scale = `scale=${width}:${height}:flags=area`;
  if (!LUMA_APART.includes(video.pixelFormat) || video.fullRange) {
    const range = video.fullRange ? 'pc' : 'tv';
    return `${scale}:in_range=${range}:out_range=tv,format=yuv420p,extractplanes=y`;
  }
  // Colour that is taken away first need not be scaled: the same luma for a fifth of the work. Frames that do not have
  // the size or format that the file states are brought to them, for a plane is taken as the first frame had it. A plane
  // alone counts as full range for ffmpeg, whatever it holds: said on both sides, it stays as it is.
  const stored = turnedSize({ width: video.codedWidth, height: video.codedHeight }, video.rotationDegrees);
  return `scale=${stored.width}:${stored.height}:in_range=tv:out_range=tv,format=${video.pixelFormat},extractplanes=y,${scale}:in_range=pc:out_range=pc`;
}

function coloursOf(video: VideoStream, size: PictureSize, tools: MediaTools): string {
  const wanted = { deinterlace: 'none', size: { ...size, fit: 'scale' }, frameRate: null } as const;
  const can = tools.capabilities;
  // Without the filters for HDR its faces look paler than they are; they are still found.
  return pictureFilters(video, { ...wanted, toneMap: video.hdr && can.zscale && can.tonemap }, can);
}
