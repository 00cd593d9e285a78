/** Short pieces of a take: its own speech for first words, a playable clip for the practice trainer. */
import { extname } from 'node:path';
import type { MediaInfo } from '../../shared/domain/media.ts';
import { StudioError } from '../../shared/errors.ts';
import { DIGITAL_SILENCE } from '../../shared/quality/sound.ts';
import { writeBeside } from './beside.ts';
import type { MediaTools } from './locate.ts';
import { fileAddress, INPUT_GUARD, runFfmpeg, runTool } from './process.ts';
import { chooseSpeechWindow } from './speechWindow.ts';

export interface CutOptions {
  readonly tools: MediaTools;
  readonly signal?: AbortSignal | undefined;
}

/** Enough for a voice's level; less to read and to count. */
const SAMPLE_RATE = 16_000;
const FRAME_SECONDS = 0.02;

/**
 * Writes about `seconds` of the take's own speech, mono 44.1 kHz, as mp3 or wav by the name's ending, with soft
 * ends. A take shorter than that is taken whole.
 * @returns where in the take it was found, in seconds
 * @throws StudioError FFMPEG_FAILED without audio or where the ending is another; Cancelled
 */
export async function cutSpeech(
  source: string,
  media: MediaInfo,
  { seconds, tools, signal }: CutOptions & { readonly seconds: number },
  outFile: string,
): Promise<{ file: string; startSeconds: number }> {
  if (media.audio === null)
    throw new StudioError('FFMPEG_FAILED', { step: 'there is no sound to take first words from' });
  const index = media.audio.index;
  const levels = await voiceLevels(source, index, { tools, signal });
  const startSeconds = chooseSpeechWindow(levels, FRAME_SECONDS, seconds);
  const length = Math.min(seconds, levels.length * FRAME_SECONDS);
  const fade = 0.02;
  await writeBeside(outFile, async (temporary) => {
    await runFfmpeg({
      tools,
      source,
      outFile: temporary,
      outputOptions: [
        ...['-map', `0:${index}`, '-vn', '-map_metadata', '-1', '-ac', '1', '-ar', '44100'],
        // Cut by a filter: it counts samples, while a seek lands on packets.
        '-af',
        `asetpts=N/SR/TB,atrim=start=${startSeconds.toFixed(3)}:duration=${length.toFixed(3)},asetpts=N/SR/TB,` +
          `afade=t=in:d=${fade},afade=t=out:st=${Math.max(0, length - fade).toFixed(3)}:d=${fade}`,
        ...soundFormat(outFile, tools),
      ],
      step: 'cutting first words',
      signal,
    });
  });
  return { file: outFile, startSeconds };
}

function soundFormat(outFile: string, tools: MediaTools): string[] {
  if (extname(outFile).toLowerCase() === '.wav') return ['-c:a', 'pcm_s16le', '-f', 'wav'];
  if (!tools.capabilities.mp3Encoder)
    throw new StudioError('FFMPEG_FAILED', { step: 'this ffmpeg cannot write mp3; use wav' });
  return ['-c:a', 'libmp3lame', '-b:a', '128k', '-f', 'mp3'];
}

/** dBFS of the voice band for each 20 ms, from samples that ffmpeg pipes over. */
async function voiceLevels(source: string, index: number, { tools, signal }: CutOptions): Promise<number[]> {
  const begin = () => new LevelMeter(SAMPLE_RATE * FRAME_SECONDS);
  let meter = begin();
  await runTool({
    program: tools.ffmpeg,
    args: [
      ...['-v', 'error', '-nostdin', ...INPUT_GUARD, '-i', fileAddress(source), '-map', `0:${index}`, '-vn'],
      ...[
        '-af',
        'highpass=f=150,lowpass=f=4000',
        '-ac',
        '1',
        '-ar',
        String(SAMPLE_RATE),
        '-f',
        's16le',
        'pipe:1',
      ],
    ],
    source,
    step: 'listening for speech',
    signal,
    onStdout: (chunk) => meter.add(chunk),
    onAgain: () => {
      meter = begin();
    },
  });
  return meter.levels;
}

/** Level of each frame of 16-bit samples that arrive in chunks of any size. */
class LevelMeter {
  readonly levels: number[] = [];
  readonly #frameSamples: number;
  #rest: Buffer = Buffer.alloc(0);
  #energy = 0;
  #counted = 0;

  constructor(frameSamples: number) {
    this.#frameSamples = frameSamples;
  }

  add(chunk: Buffer): void {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const whole = bytes.length - (bytes.length % 2);
    for (let at = 0; at < whole; at += 2) {
      const sample = bytes.readInt16LE(at) / 32_768;
      this.#energy += sample * sample;
      this.#counted += 1;
      if (this.#counted === this.#frameSamples) {
        const power = this.#energy / this.#frameSamples;
        this.levels.push(power > 0 ? Math.max(DIGITAL_SILENCE, 10 * Math.log10(power)) : DIGITAL_SILENCE);
        this.#energy = 0;
        this.#counted = 0;
      }
    }
    this.#rest = Buffer.from(bytes.subarray(whole));
  }
}

/**
 * Writes a playable mp4 of `seconds` from `startSeconds` on, exact to the frame (it is encoded anew).
 * @throws StudioError, Cancelled
 */
export async function cutClip(
  file: string,
  startSeconds: number,
  seconds: number,
  outFile: string,
  { tools, signal }: CutOptions,
): Promise<{ file: string }> {
  await writeBeside(outFile, async (temporary) => {
    await runFfmpeg({
      tools,
      source: file,
      inputOptions: ['-ss', startSeconds.toFixed(3)],
      outFile: temporary,
      outputOptions: [
        ...['-t', seconds.toFixed(3), '-map', '0:V:0', '-map', '0:a:0?', '-map_metadata', '-1'],
        ...['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '20', '-pix_fmt', 'yuv420p'],
        ...['-vf', 'fps=30,scale=trunc(iw/2)*2:trunc(ih/2)*2', '-c:a', 'aac', '-ar', '48000', '-b:a', '128k'],
        ...['-movflags', '+faststart', '-f', 'mp4'],
      ],
      step: 'cutting a clip',
      durationSeconds: seconds,
      signal,
    });
  });
  return { file: outFile };
}
