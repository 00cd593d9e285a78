/**
 * A number in every frame that survives lossy video, and its reading: a strip of 32 black and white blocks, two for
 * each bit. The second of a pair is the inverse of the first, so that a bit needs no threshold, a damaged pair shows,
 * and the strip is as bright for every number.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const BITS = 16;
const BLOCKS = BITS * 2;
/** Pixels of a block's side, in 1920 × 1080. */
const BLOCK = 40;
/** Two blocks of a pair differ by 219 as made; less than this is damage. */
const LEAST_DIFFERENCE = 80;

/** Where the strip lies: in the middle of the lower edge. */
export const STRIP = {
  x: (1920 - BLOCKS * BLOCK) / 2,
  y: 1080 - BLOCK,
  width: BLOCKS * BLOCK,
  height: BLOCK,
};

/** Names the picture that `numberStrip` makes in a filter graph. */
const SMALL = { width: BLOCKS * 2, height: 2 };

/** A lavfi source of small pictures, one for each frame, out of which `stripFilters` makes strips. */
export const stripSource = `color=black:s=${SMALL.width}x${SMALL.height}:r=30`;

/**
 * Filters that draw the strips, to be laid over the frames at `STRIP`.
 * @param number an expression of ffmpeg's `geq` in N, which counts the frames from 0
 */
export const stripFilters = (number = 'N'): string =>
  `geq=lum='16+219*mod(floor(floor(${number})/pow(2\\,${BITS - 1}-floor(X/4)))+mod(floor(X/2)\\,2)\\,2)':cb=128:cr=128,` +
  `scale=${STRIP.width}:${STRIP.height}:flags=neighbor`;

/**
 * Reads the number of every frame of a file of 1920 × 1080, in the order they are shown.
 * @returns one entry a frame; null where the strip cannot be read
 */
export async function readFrameNumbers(ffmpeg: string, file: string): Promise<(number | null)[]> {
  return (await readBlocks(ffmpeg, file, STRIP, BLOCKS)).map(numberOf);
}

/**
 * Mean brightness, 0 to 255, of so many blocks side by side in a part of every frame.
 * @throws {Error} when the file cannot be decoded
 */
export async function readBlocks(
  ffmpeg: string,
  file: string,
  { x, y, width, height }: typeof STRIP,
  blocks: number,
): Promise<Buffer[]> {
  // Numbered anew, and 30 of them a second wanted: each is passed on once, whatever its time, by ffmpeg 4 to 8.
  const filters = `crop=${width}:${height}:${x}:${y},scale=${blocks}:1:flags=area,format=gray,settb=1/30,setpts=N`;
  const { stdout } = await promisify(execFile)(
    ffmpeg,
    ['-v', 'error', '-nostdin', '-i', file, '-an', '-vf', filters, '-r', '30', '-f', 'rawvideo', '-'],
    { encoding: 'buffer', maxBuffer: 64_000_000 },
  );
  return Array.from({ length: Math.floor(stdout.length / blocks) }, (_, frame) =>
    stdout.subarray(frame * blocks, (frame + 1) * blocks),
  );
}

/** @param blocks mean brightness of each block, 0 to 255 */
export function numberOf(blocks: Uint8Array): number | null {
  let number = 0;
  for (let bit = 0; bit < BITS; bit += 1) {
    const difference = (blocks[bit * 2] ?? 0) - (blocks[bit * 2 + 1] ?? 0);
    if (Math.abs(difference) < LEAST_DIFFERENCE) return null;
    number = number * 2 + (difference > 0 ? 1 : 0);
  }
  return number;
}

/** What became of the frames that a looping camera delivered. */
export interface FrameCount {
  /** Distinct frames. */
  readonly frames: number;
  /** Frames between the first and the last that are not there. */
  readonly missing: number;
  /** Frames that are there once more. */
  readonly repeated: number;
  /** Frames whose number cannot be read; they count as nothing else, and so as missing. */
  readonly unreadable: number;
  /** After how many seconds each gap stands, and how many frames are missing there. */
  readonly gaps: readonly { readonly atFrame: number; readonly frames: number }[];
}

/**
 * Counts the frames of one run of a camera that shows 0 … `loop - 1` again and again. A gap as long as the whole
 * loop would go unseen.
 */
export function countFrames(numbers: readonly (number | null)[], loop: number): FrameCount {
  let frames = 0;
  let missing = 0;
  let repeated = 0;
  let unreadable = 0;
  const gaps: { atFrame: number; frames: number }[] = [];
  let last: number | null = null;
  for (const [index, number] of numbers.entries()) {
    if (number === null) {
      unreadable += 1;
      continue;
    }
    if (number >= loop)
      throw new Error(`Frame ${index} says ${number}, and the camera shows ${loop} frames.`);
    const step: number = last === null ? 1 : (number - last + loop) % loop;
    // A camera never goes back: a step of nearly the whole loop is a frame in the wrong place.
    if (step > loop / 2) throw new Error(`Frame ${index} (${number}) follows ${last}: out of order.`);
    if (step === 0) repeated += 1;
    else frames += 1;
    if (step > 1) {
      missing += step - 1;
      gaps.push({ atFrame: index, frames: step - 1 });
    }
    last = number;
  }
  return { frames, missing, repeated, unreadable, gaps };
}

/** One packet of a video stream. */
export interface Packet {
  readonly seconds: number;
  readonly bytes: number;
}

/** Packets of the picture, in the order they are shown. */
export async function readPackets(ffprobe: string, file: string): Promise<Packet[]> {
  const { stdout } = await promisify(execFile)(
    ffprobe,
    [
      ...['-v', 'error', '-select_streams', 'v:0', '-show_entries', 'packet=pts_time,size'],
      ...['-of', 'csv=p=0', file],
    ],
    { maxBuffer: 64_000_000 },
  );
  return stdout
    .trim()
    .split('\n')
    .map((line) => line.split(','))
    .map(([seconds, bytes]) => ({ seconds: Number(seconds), bytes: Number(bytes) }))
    .sort((one, other) => one.seconds - other.seconds);
}
