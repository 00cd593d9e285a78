/** What the window shows of a take: a playable copy where it cannot play the source, and a poster. */
import { stat } from 'node:fs/promises';
import type { MediaInfo } from '../../shared/domain/media.ts';
import { StudioError } from '../../shared/errors.ts';
import { writeBeside } from './beside.ts';
import { COLOUR_TAGS } from './filters.ts';
import type { MediaTools } from './locate.ts';
import { runFfmpeg } from './process.ts';
import { JPEG, smallPicture } from './smallPicture.ts';

export interface PreviewOptions {
  readonly tools: MediaTools;
  readonly signal?: AbortSignal | undefined;
  /** 0 to 1, growing. */
  readonly onProgress?: ((share: number) => void) | undefined;
}

const PREVIEW_WIDTH = 1280;
const POSTER_WIDTH = 640;
/** Codecs that Chromium decodes everywhere, without the system's help. */
const PLAYED_VIDEO = ['h264', 'vp8', 'vp9', 'av1'];
const PLAYED_AUDIO = ['aac', 'mp3', 'opus', 'vorbis', 'flac'];
const PLAYED_PIXELS = ['yuv420p', 'yuvj420p'];

/**
 * Whether the window needs a preview. It plays 8-bit 4:2:0 H.264, VP8, VP9 and AV1 in mp4, mov and WebM. Interlaced
 * video would play with combs, and HDR with washed-out colours, so both get one too.
 */
export function needsPreview(media: MediaInfo): boolean {
  const { video, audio } = media;
  if (video === null) return false;
  const names = media.container.split(',');
  const mp4 = names.includes('mp4');
  // ffprobe says "matroska,webm" of both; what may stand in a WebM tells them apart.
  const webm =
    names.includes('webm') &&
    video.codec !== 'h264' &&
    (audio === null || /^(opus|vorbis)$/.test(audio.codec));
  if (!mp4 && !webm) return true;
  if (!PLAYED_VIDEO.includes(video.codec) || !PLAYED_PIXELS.includes(video.pixelFormat)) return true;
  if (video.interlaced || video.hdr) return true;
  return audio !== null && !PLAYED_AUDIO.includes(audio.codec);
}

/**
 * Writes a preview: H.264 and AAC in mp4, at most 1280 wide, on the source's clock, so that a second in the report
 * is the same second in the player.
 * @throws StudioError, Cancelled
 */
export async function makePreview(
  source: string,
  media: MediaInfo,
  outFile: string,
  { tools, signal, onProgress }: PreviewOptions,
): Promise<{ file: string }> {
  const { video, audio } = media;
  if (video === null) throw new RangeError('a preview needs video');
  // A steady rate from time 0: mp4 would otherwise be written at the source's finest clock tick, which in a WebM
  // is a thousand frames a second.
  const filters = smallPicture(video, PREVIEW_WIDTH, '30', tools);
  const options = ['-map_metadata', '-1', '-map', `0:${video.index}`, '-vf', filters];
  options.push('-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '23', '-g', '30', ...COLOUR_TAGS);
  if (audio !== null)
    options.push(
      '-map',
      `0:${audio.index}`,
      '-c:a',
      'aac',
      '-b:a',
      '128k',
      '-ar',
      '48000',
      '-ac',
      audio.channels === 1 ? '1' : '2',
    );
  options.push('-movflags', '+faststart', '-f', 'mp4');
  await writeBeside(outFile, async (temporary) => {
    await runFfmpeg({
      tools,
      source,
      outFile: temporary,
      outputOptions: options,
      step: 'making the preview',
      durationSeconds: media.durationSeconds,
      signal,
      onProgress,
    });
  });
  return { file: outFile };
}

/**
 * Writes a poster: a jpg at most 640 wide, the most typical of the frames a third into the take
 * (the beginning is often somebody sitting down).
 * @throws StudioError, Cancelled
 */
export async function makePoster(
  source: string,
  media: MediaInfo,
  outFile: string,
  { tools, signal }: Omit<PreviewOptions, 'onProgress'>,
): Promise<{ file: string }> {
  const { video } = media;
  if (video === null) throw new RangeError('a poster needs video');
  const frames = Math.max(1, Math.min(30, video.timing.packets));
  await writeBeside(outFile, async (temporary) => {
    await runFfmpeg({
      tools,
      source,
      inputOptions: ['-ss', (media.durationSeconds / 3).toFixed(3)],
      outFile: temporary,
      outputOptions: [
        ...['-map', `0:${video.index}`, '-an', '-frames:v', '1'],
        ...['-vf', `thumbnail=${frames},${smallPicture(video, POSTER_WIDTH, null, tools)},${JPEG.filters}`],
        ...JPEG.options,
      ],
      step: 'making the poster',
      signal,
    });
    // Where nothing could be decoded ffmpeg ends as if all were well.
    if ((await stat(temporary)).size === 0)
      throw new StudioError('FFMPEG_FAILED', { step: 'making the poster' });
  });
  return { file: outFile };
}
