/** What the window shows of a take: a playable copy where it cannot play the source, and a poster. */
import { stat } from 'node:fs/promises';
import type { AudioStream, MediaInfo, VideoStream } from '../../shared/domain/media.ts';
import { StudioError } from '../../shared/errors.ts';
import { writeBeside } from './beside.ts';
import { COLOUR_TAGS } from './filters.ts';
import type { MediaTools } from './locate.ts';
import { probe } from './probe.ts';
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

/** Containers that tell each frame's time, and codecs that Chromium plays from an mp4. */
const COPIED_FROM = ['matroska', 'mp4', 'mpegts'];
const COPIED_VIDEO = ['h264', 'vp9', 'av1'];
const COPIED_AUDIO = ['aac', 'mp3', 'opus', 'flac'];
/** Above, a copy takes long, and far more of the disk than a preview has to. */
const MOST_COPIED_BYTES = 1_000_000_000;
/** A copy's times and the source's are the same, but for the ticks they are counted in. Seconds. */
const SAME_TIME = 0.002;
/** A frame of sound is a unit: what stands before the first whole one can be told as a part of it. Seconds. */
const SAME_TIME_OF_SOUND = 0.03;

/**
 * Whether a preview can have the source's own picture, which only stands in a container or beside a sound that the
 * window does not play: such a preview is made in a second or two. The player knows a turned or stretched picture of
 * mp4 only.
 */
export function copiesPicture({ container, sizeBytes, video }: MediaInfo): boolean {
  return (
    video !== null &&
    container.split(',').some((name) => COPIED_FROM.includes(name)) &&
    sizeBytes <= MOST_COPIED_BYTES &&
    COPIED_VIDEO.includes(video.codec) &&
    PLAYED_PIXELS.includes(video.pixelFormat) &&
    !video.interlaced &&
    !video.hdr &&
    video.rotationDegrees === 0 &&
    video.sampleAspectRatio === 1
  );
}

/**
 * Writes a preview: an mp4 on the source's clock, so that a second in the report is the same second in the player. It
 * has the source's own picture where that can be copied, else H.264 at most 1280 wide.
 * @throws StudioError, Cancelled
 */
export async function makePreview(
  source: string,
  media: MediaInfo,
  outFile: string,
  options: PreviewOptions,
): Promise<{ file: string }> {
  const { video } = media;
  if (video === null) throw new RangeError('a preview needs video');
  if (!(await copyPreview(source, media, outFile, options)))
    await writeBeside(outFile, (temporary) => encodePreview(source, { ...media, video }, temporary, options));
  return { file: outFile };
}

/** What was copied is not shown as the source is. */
class NotAlike extends Error {}

/**
 * Writes a preview with the source's own picture, where that is possible.
 * @returns whether it is there: of some files packets cannot be moved as they are, and where there is no room for a copy
 *   there may be some for less
 * @throws StudioError FFMPEG_MISSING, FOLDER_UNREADABLE; Cancelled
 */
export async function copyPreview(
  source: string,
  media: MediaInfo,
  outFile: string,
  options: PreviewOptions,
): Promise<boolean> {
  const { video } = media;
  if (video === null || !copiesPicture(media)) return false;
  try {
    await writeBeside(outFile, async (temporary) => {
      if (!(await isCopied(source, { ...media, video }, temporary, options))) throw new NotAlike();
    });
    return true;
  } catch (error) {
    const isRefused = error instanceof StudioError && /^(FFMPEG_FAILED|DISK_FULL|FILE_)/.test(error.code);
    if (error instanceof NotAlike || isRefused) return false;
    throw error;
  }
}

type WithPicture = MediaInfo & { readonly video: VideoStream };

async function isCopied(
  source: string,
  media: WithPicture,
  outFile: string,
  options: PreviewOptions,
): Promise<boolean> {
  const { video, audio } = media;
  const sound = audio !== null && COPIED_AUDIO.includes(audio.codec) ? ['-c:a', 'copy'] : null;
  await writePreview(source, media, outFile, { ...options, picture: ['-c:v', 'copy'], sound });
  const made = await probe(outFile, options);
  const apart = (one: { startSeconds?: number | undefined } | null, other: typeof one) =>
    Math.abs((one?.startSeconds ?? 0) - (other?.startSeconds ?? 0));
  return (
    made.video?.timing.packets === video.timing.packets &&
    apart(made.video, video) <= SAME_TIME &&
    (made.audio === null) === (audio === null) &&
    apart(made.audio, audio) <= SAME_TIME_OF_SOUND &&
    Math.abs(made.durationSeconds - media.durationSeconds) <= 1 / Math.max(1, video.averageFrameRate)
  );
}

async function encodePreview(
  source: string,
  media: WithPicture,
  outFile: string,
  options: PreviewOptions,
): Promise<void> {
  // A steady rate from time 0: mp4 would otherwise be written at the source's finest clock tick, which in a WebM
  // is a thousand frames a second.
  const filters = smallPicture(media.video, PREVIEW_WIDTH, '30', options.tools);
  const picture = ['-vf', filters, '-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '23', '-g', '30'];
  await writePreview(source, media, outFile, {
    ...options,
    picture: [...picture, ...COLOUR_TAGS],
    sound: null,
  });
}

/** How picture and sound are written; the sound is encoded unless it is said how. */
interface PreviewCodecs {
  readonly picture: readonly string[];
  readonly sound: readonly string[] | null;
}

async function writePreview(
  source: string,
  { video, audio, durationSeconds }: WithPicture,
  outFile: string,
  { tools, signal, onProgress, picture, sound }: PreviewOptions & PreviewCodecs,
): Promise<void> {
  const outputOptions = ['-map_metadata', '-1', '-map', `0:${video.index}`, ...picture];
  if (audio !== null) outputOptions.push('-map', `0:${audio.index}`, ...(sound ?? aac(audio)));
  outputOptions.push('-movflags', '+faststart', '-f', 'mp4');
  const step = 'making the preview';
  await runFfmpeg({ tools, source, outFile, outputOptions, step, durationSeconds, signal, onProgress });
}

const aac = ({ channels }: AudioStream): string[] => [
  ...['-c:a', 'aac', '-b:a', '128k', '-ar', '48000', '-ac', channels === 1 ? '1' : '2'],
];

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
