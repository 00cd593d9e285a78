/** Pictures of single moments of a take, taken from its source by seeking. */
import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Mended, NOTHING_MENDED, pictureMendsName } from '../../shared/domain/edit.ts';
import type { MediaInfo, VideoStream } from '../../shared/domain/media.ts';
import type { Report } from '../../shared/domain/report.ts';
import { StudioError } from '../../shared/errors.ts';
import { worstMoments } from '../../shared/report/moments.ts';
import type { PicturedMoment } from '../../shared/report/page.ts';
import { writeBeside } from './beside.ts';
import type { MediaTools } from './locate.ts';
import { runFfmpeg } from './process.ts';
import { JPEG, smallPicture, smallSize } from './smallPicture.ts';

export interface MomentOptions {
  readonly tools: MediaTools;
  readonly signal?: AbortSignal | undefined;
  /** How the picture is mended; as it is unless stated. */
  readonly mended?: Mended;
}

/** A JPEG, at most 640 pixels wide or high, and where it lies. */
export interface MomentPicture {
  readonly file: string;
  readonly width: number;
  readonly height: number;
}

const LONGEST_SIDE = 640;

/**
 * The frame that is shown at this millisecond of the take, as `<folder>/<milliseconds>.jpg`, with a name for how it is
 * mended. Taken once: a source never changes. A moment after the last frame shows that one.
 * @returns null where there is no picture, or none that can be decoded there
 * @throws StudioError FILE_*, DISK_FULL, FOLDER_UNREADABLE, FFMPEG_MISSING; Cancelled
 */
export async function takeMoment(
  source: string,
  media: MediaInfo,
  atMs: number,
  folder: string,
  { tools, signal, mended = NOTHING_MENDED }: MomentOptions,
): Promise<MomentPicture | null> {
  const { video } = media;
  if (video === null) return null;
  const file = join(folder, `${[atMs, ...pictureMendsName(mended)].join('-')}.jpg`);
  const picture = { file, ...smallSize(video, LONGEST_SIDE, mended) };
  if ((await sizeOf(file)) > 0) return picture;
  await makeFolder(folder);
  try {
    await writeBeside(file, async (temporary) => {
      await runFfmpeg({
        tools,
        source,
        inputOptions: ['-ss', seekSeconds(media, video, atMs).toFixed(3)],
        outFile: temporary,
        outputOptions: [
          ...['-map', `0:${video.index}`, '-an', '-frames:v', '1'],
          ...['-vf', `${smallPicture(video, LONGEST_SIDE, null, tools, mended)},${JPEG.filters}`],
          ...JPEG.options,
        ],
        step: 'taking a picture of the take',
        signal,
      });
      // Where nothing could be decoded ffmpeg ends as if all were well.
      if ((await sizeOf(temporary)) === 0)
        throw new StudioError('FFMPEG_FAILED', { step: 'taking a picture of the take' });
    });
  } catch (error) {
    if (error instanceof StudioError && error.code === 'FFMPEG_FAILED') return null;
    throw error;
  }
  return picture;
}

/**
 * The pictures that a report's page shows. A moment of which there is none is left out.
 * @param take gives the picture of a moment
 * @param onProgress 0 to 1, growing
 */
export async function pictureMoments(
  report: Report,
  take: (atMs: number) => Promise<MomentPicture | null>,
  onProgress: (share: number) => void,
): Promise<PicturedMoment[]> {
  const pictured: PicturedMoment[] = [];
  const wanted = worstMoments(report);
  for (const [index, moment] of wanted.entries()) {
    onProgress(index / wanted.length);
    const taken = await take(moment.atMs);
    if (taken === null) continue;
    const { file, width, height } = taken;
    pictured.push({ ...moment, jpeg: await readFile(file, 'base64'), width, height });
  }
  return pictured;
}

/**
 * Where to seek to, in seconds from the file's own start. ffmpeg takes the first frame from there on, so it is told half
 * a frame earlier, and never to begin after the last frame.
 */
function seekSeconds(media: MediaInfo, video: VideoStream, atMs: number): number {
  const frame = video.timing.medianSeconds > 0 ? video.timing.medianSeconds : 1 / 30;
  const last = media.durationSeconds - frame;
  return (video.startSeconds ?? 0) + Math.max(0, Math.min(atMs / 1000, last) - frame / 2);
}

/** The take's own folder is not made with it: it may just have gone to the bin. */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return;
    throw new StudioError('FOLDER_UNREADABLE', { folder }, { cause: error });
  }
}

const sizeOf = (file: string): Promise<number> =>
  stat(file).then(
    ({ size }) => size,
    () => 0,
  );
