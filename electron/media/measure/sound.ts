/** Listens to a take's sound in one pass. */
import type { MediaInfo } from '../../../shared/domain/media.ts';
import { HEARD_SAMPLE_RATE, type HeardSound, SoundListener } from '../../../shared/quality/soundTrack.ts';
import type { MediaTools } from '../locate.ts';
import { fileAddress, INPUT_GUARD, runTool } from '../process.ts';

export interface MeasureSoundOptions {
  readonly tools: MediaTools;
  readonly signal?: AbortSignal | undefined;
  /** 0 to 1, growing. */
  readonly onProgress?: ((share: number) => void) | undefined;
}

/**
 * What there is to know of the first audio stream, in times of the take: 0 is its first picture, and sound from before
 * is left out. Memory stays the same however long it is. While a recording runs its ffmpeg stands still, and this with it.
 * @returns null without audio
 * @throws StudioError (see `explainFailure`), Cancelled
 */
export async function measureSound(
  source: string,
  media: MediaInfo,
  { tools, signal, onProgress }: MeasureSoundOptions,
): Promise<HeardSound | null> {
  const { audio, durationSeconds } = media;
  if (audio === null) return null;
  const channels = audio.channels === 1 ? 1 : 2;
  const begin = () => new PcmReader(channels, durationSeconds);
  let reader = begin();
  let told = 0;
  await runTool({
    program: tools.ffmpeg,
    args: [
      ...['-v', 'error', '-nostdin', ...INPUT_GUARD, '-i', fileAddress(source)],
      ...['-map', `0:${audio.index}`, '-vn', '-sn', '-dn', '-af', heardFilters(media, channels)],
      ...['-c:a', 'pcm_f32le', '-f', 'f32le', 'pipe:1'],
    ],
    source,
    step: 'listening to the sound',
    signal,
    onStdout: (chunk) => {
      reader.add(chunk);
      const share = durationSeconds > 0 ? Math.min(1, reader.seconds / durationSeconds) : 1;
      if (share > told) onProgress?.(share);
      told = Math.max(told, share);
    },
    onAgain: () => {
      reader = begin();
    },
  });
  return reader.end();
}

/** Holes and a late beginning are filled with silence, and what comes before the first picture is cut off. */
function heardFilters(media: MediaInfo, channels: number): string {
  const firstSample = Math.round((media.video?.startSeconds ?? 0) * HEARD_SAMPLE_RATE);
  return [
    `aresample=${HEARD_SAMPLE_RATE}:async=1:first_pts=${firstSample}`,
    `aformat=sample_fmts=flt:sample_rates=${HEARD_SAMPLE_RATE}:channel_layouts=${channels === 1 ? 'mono' : 'stereo'}`,
  ].join(',');
}

/** Takes samples out of chunks of any size, up to the end of the take. */
class PcmReader {
  readonly #listener: SoundListener;
  readonly #frameBytes: number;
  #framesLeft: number;
  #rest: Buffer = Buffer.alloc(0);
  #frames = 0;

  constructor(channels: number, durationSeconds: number) {
    this.#listener = new SoundListener(channels);
    this.#frameBytes = channels * Float32Array.BYTES_PER_ELEMENT;
    this.#framesLeft = durationSeconds > 0 ? Math.round(durationSeconds * HEARD_SAMPLE_RATE) : Infinity;
  }

  get seconds(): number {
    return this.#frames / HEARD_SAMPLE_RATE;
  }

  add(chunk: Buffer): void {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const frames = Math.min(this.#framesLeft, Math.floor(bytes.length / this.#frameBytes));
    const whole = frames * this.#frameBytes;
    // Copied, because samples have to begin at a multiple of four in memory.
    this.#listener.add(new Float32Array(new Uint8Array(bytes.subarray(0, whole)).buffer));
    this.#frames += frames;
    this.#framesLeft -= frames;
    this.#rest = this.#framesLeft === 0 ? Buffer.alloc(0) : Buffer.from(bytes.subarray(whole));
  }

  end(): HeardSound {
    return this.#listener.end();
  }
}
