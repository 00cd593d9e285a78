/** How loud a take is, in one pass over its sound. */
import type { AudioLevel, MediaInfo } from '../../shared/domain/media.ts';
import { LIMITS } from '../../shared/quality/limits.ts';
import type { MediaTools } from './locate.ts';
import { runFfmpeg } from './process.ts';

/** Stands for digital silence, whose level has no number. */
export const SILENCE_DBFS = -120;

export interface MeasureOptions {
  readonly tools: MediaTools;
  readonly signal?: AbortSignal | undefined;
  /** 0 to 1, growing. */
  readonly onProgress?: ((share: number) => void) | undefined;
}

/**
 * Mean and peak level and the share of silence, over the first audio stream. A pause counts as silence when all
 * channels stay below -50 dBFS for half a second. Null without audio.
 * @throws StudioError, Cancelled
 */
export async function measureAudio(
  source: string,
  media: MediaInfo,
  { tools, signal, onProgress }: MeasureOptions,
): Promise<AudioLevel | null> {
  if (media.audio === null) return null;
  let heard = new AudioListener();
  await runFfmpeg({
    tools,
    source,
    outFile: null,
    outputOptions: [
      ...['-map', `0:${media.audio.index}`, '-vn', '-af'],
      `volumedetect,silencedetect=noise=${LIMITS.silenceLevel.value}dB:duration=${LIMITS.silenceSeconds.value}`,
    ],
    step: 'measuring the sound',
    durationSeconds: media.durationSeconds,
    signal,
    onProgress,
    onLine: (line) => heard.listen(line),
    onAgain: () => {
      heard = new AudioListener();
    },
  });
  return heard.level(media.durationSeconds);
}

/** Reads the figures out of what the two filters print. */
export class AudioListener {
  #meanDbfs: number | null = null;
  #peakDbfs: number | null = null;
  #silentSeconds = 0;
  #silentSince: number | null = null;

  listen(line: string): void {
    const mean = /mean_volume: (-?[\d.]+|-inf) dB/.exec(line)?.[1];
    const peak = /max_volume: (-?[\d.]+|-inf) dB/.exec(line)?.[1];
    if (mean !== undefined) this.#meanDbfs = decibels(mean);
    if (peak !== undefined) this.#peakDbfs = decibels(peak);
    const start = /silence_start: (-?[\d.e+-]+)/.exec(line)?.[1];
    if (start !== undefined) this.#silentSince = Math.max(0, Number(start));
    const duration = /silence_duration: ([\d.e+-]+)/.exec(line)?.[1];
    if (duration !== undefined) {
      this.#silentSeconds += Number(duration);
      this.#silentSince = null;
    }
  }

  /** The level over a take of this length. A silence that goes on to the end is not closed by older ffmpegs. */
  level(durationSeconds: number): AudioLevel {
    const open = this.#silentSince === null ? 0 : Math.max(0, durationSeconds - this.#silentSince);
    const share = durationSeconds > 0 ? (this.#silentSeconds + open) / durationSeconds : 1;
    // Without any sample no figure is printed: an audio track that holds nothing.
    if (this.#meanDbfs === null || this.#peakDbfs === null)
      return { meanDbfs: SILENCE_DBFS, peakDbfs: SILENCE_DBFS, silentShare: 1 };
    return { meanDbfs: this.#meanDbfs, peakDbfs: this.#peakDbfs, silentShare: Math.min(1, share) };
  }
}

function decibels(text: string): number {
  return text === '-inf' ? SILENCE_DBFS : Math.max(SILENCE_DBFS, Number(text));
}
