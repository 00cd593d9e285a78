/** Some seconds of a take as a master would show and sound them, small and quickly made, to be judged by eye and ear. */
import type { Edit } from '../../shared/domain/edit.ts';
import type { MediaInfo } from '../../shared/domain/media.ts';
import { editedSize } from '../../shared/quality/reframe.ts';
import { writeBeside } from './beside.ts';
import { COLOUR_TAGS, pictureFilters, soundFilters } from './filters.ts';
import type { MediaTools } from './locate.ts';
import { runFfmpeg } from './process.ts';

export interface MendsPreviewOptions {
  readonly tools: MediaTools;
  /** Seconds of the take. */
  readonly startSeconds: number;
  readonly seconds: number;
  readonly signal?: AbortSignal | undefined;
  /** 0 to 1, growing. */
  readonly onProgress?: ((share: number) => void) | undefined;
}

const LONGEST_SIDE = 720;

/**
 * Writes an mp4 of a part with these mends; their cut is not heeded.
 * @throws StudioError, Cancelled
 */
export async function makeMendsPreview(
  source: string,
  media: MediaInfo,
  edit: Edit,
  outFile: string,
  { tools, startSeconds, seconds, signal, onProgress }: MendsPreviewOptions,
): Promise<void> {
  const { video, audio } = media;
  if (video === null) throw new RangeError('a preview needs video');
  const { width, height } = editedSize(video, edit);
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  const even = (pixels: number) => Math.max(2, Math.round((pixels * scale) / 2) * 2);
  const picture = pictureFilters(
    video,
    {
      deinterlace: video.interlaced ? 'frames' : 'none',
      size: { width: even(width), height: even(height), fit: 'scale' },
      toneMap: video.hdr,
      frameRate: '30',
      mends: edit,
    },
    tools.capabilities,
  );
  const channels = audio?.channels === 1 ? 1 : 2;
  const sound = soundFilters(channels, { gainDb: edit.gainDb, noiseDbfs: edit.noiseDbfs, part: null });
  await writeBeside(outFile, async (temporary) => {
    await runFfmpeg({
      tools,
      source,
      inputOptions: ['-ss', (startSeconds + (video.startSeconds ?? 0)).toFixed(3)],
      outFile: temporary,
      outputOptions: [
        ...['-t', seconds.toFixed(3), '-map_metadata', '-1', '-map', `0:${video.index}`, '-vf', picture],
        ...['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '23', '-g', '30', ...COLOUR_TAGS],
        ...(audio === null ? [] : ['-map', `0:${audio.index}`, '-af', sound, '-c:a', 'aac', '-b:a', '128k']),
        ...['-movflags', '+faststart', '-f', 'mp4'],
      ],
      step: 'making a preview of the mends',
      durationSeconds: seconds,
      signal,
      onProgress,
    });
  });
}
