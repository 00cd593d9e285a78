/** Sound against picture in a recording of the page's clock: see `pageClock.ts`. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { MediaTools } from '../../electron/media/locate.ts';
import { readBlocks, readFrameNumbers, readPackets } from '../footage/frameNumbers.ts';
import { FLASH_AREA } from './pageClock.ts';

/** Of the recording's own brightness and loudness: half of the way from dark to bright, a quarter of a beep's peak. */
const BRIGHT = 128;
const LOUD_SHARE = 0.25;
/** Quiet this long, and the next loud sample begins a beep. */
const QUIET_SECONDS = 0.4;
const RATE = 48_000;

export interface Sync {
  /** Beeps with their flash. */
  readonly pairs: number;
  /** Sound less picture, milliseconds; positive when the sound is late. */
  readonly meanMs: number;
  /** The largest of them, either way. */
  readonly maxMs: number;
  /** How much it changes over the whole take, by the line that fits best. */
  readonly driftMs: number;
  /** Each pair: seconds into the take, and the offset. */
  readonly offsets: readonly { readonly seconds: number; readonly ms: number }[];
}

/** @throws {Error} when there are fewer than three pairs */
export async function measureSync(tools: MediaTools, file: string): Promise<Sync> {
  const [flashes, beeps] = [await readFlashes(tools, file), await readBeeps(tools, file)];
  const offsets = flashes.flatMap((second) => {
    const beep = beeps.find((at) => Math.abs(at - second) < QUIET_SECONDS);
    return beep === undefined ? [] : [{ seconds: second, ms: (beep - second) * 1000 }];
  });
  if (offsets.length < 3) {
    throw new Error(`${file} has ${flashes.length} flashes and ${beeps.length} beeps, too few together.`);
  }
  const length = (offsets.at(-1)?.seconds ?? 0) - (offsets[0]?.seconds ?? 0);
  return {
    pairs: offsets.length,
    meanMs: mean(offsets.map(({ ms }) => ms)),
    maxMs: Math.max(...offsets.map(({ ms }) => Math.abs(ms))),
    driftMs: slopeOf(offsets) * length,
    offsets,
  };
}

/**
 * When, in the file's time, the clock showed a whole second: the first bright frame's time, less what the clock in that
 * very frame says had passed since the second. So it does not matter how late after the second the frame was drawn.
 */
async function readFlashes({ ffmpeg, ffprobe }: MediaTools, file: string): Promise<number[]> {
  const packets = await readPackets(ffprobe, file);
  const clocks = await readFrameNumbers(ffmpeg, file);
  const bright = (await readBlocks(ffmpeg, file, FLASH_AREA, 1)).map(([value = 0]) => value > BRIGHT);
  return packets.flatMap(({ seconds }, index) => {
    const clock = clocks[index] ?? null;
    if (clock === null || bright[index] !== true || bright[index - 1] !== false) return [];
    return [seconds - (clock % 1000) / 1000];
  });
}

/** When, in the file's time, the first loud sample of each beep is heard. */
async function readBeeps({ ffmpeg }: MediaTools, file: string): Promise<number[]> {
  const { samples, times } = await readSound(ffmpeg, file);
  const loud = LOUD_SHARE * samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);
  const beeps: number[] = [];
  let lastLoud = Number.NEGATIVE_INFINITY;
  for (const [index, sample] of samples.entries()) {
    if (Math.abs(sample) < loud) continue;
    if (index - lastLoud > QUIET_SECONDS * RATE) beeps.push(times(index));
    lastLoud = index;
  }
  return beeps;
}

/** The decoded sound, and when a sample is heard: each block has a time of its own in the file. */
async function readSound(
  ffmpeg: string,
  file: string,
): Promise<{ samples: Int16Array; times: (sample: number) => number }> {
  const { stdout, stderr } = await promisify(execFile)(
    ffmpeg,
    [
      ...['-nostdin', '-nostats', '-i', file, '-vn'],
      ...[
        '-af',
        `aformat=sample_rates=${RATE}:channel_layouts=mono:sample_fmts=s16,ashowinfo`,
        '-f',
        's16le',
        '-',
      ],
    ],
    { encoding: 'buffer', maxBuffer: 512_000_000 },
  );
  const blocks = [...stderr.toString().matchAll(/pts_time:(-?[\d.]+).* nb_samples:(\d+)/g)];
  let first = 0;
  const starts = blocks.map(([, seconds, count]) => {
    const start = { first, seconds: Number(seconds) };
    first += Number(count);
    return start;
  });
  const bytes = stdout.subarray(0, stdout.length - (stdout.length % 2));
  return {
    samples: new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)),
    times(sample) {
      const block = starts.findLast((start) => start.first <= sample);
      if (block === undefined) throw new Error(`${file} has sound without a time.`);
      return block.seconds + (sample - block.first) / RATE;
    },
  };
}

/** Milliseconds a second, by least squares. */
function slopeOf(offsets: Sync['offsets']): number {
  const middle = mean(offsets.map(({ seconds }) => seconds));
  const level = mean(offsets.map(({ ms }) => ms));
  const products = offsets.map(({ seconds, ms }) => (seconds - middle) * (ms - level));
  const squares = offsets.map(({ seconds }) => (seconds - middle) ** 2);
  return sum(products) / sum(squares);
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]): number => sum(values) / values.length;
