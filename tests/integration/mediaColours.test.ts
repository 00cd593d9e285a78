/** Masters have the colours of their source as the standards say, whichever of them the source was made by. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prepareMaster } from '../../electron/media/prepare.ts';
import { probe } from '../../electron/media/probe.ts';
import { planMaster } from '../../electron/media/recipe.ts';
import { BUILDS, bundledTools } from '../footage/tools.ts';

const run = promisify(execFile);

type Rgb = readonly [red: number, green: number, blue: number];
type Matrix = 'bt601' | 'bt709';

const WIDTH = 320;
const HEIGHT = 180;
const FRAMES = 13;
/** Skin under a lamp, skin in the shade, and two that no skin has; shares of full. Each fills a strip. */
const COLOURS: readonly Rgb[] = [
  [0.78, 0.57, 0.45],
  [0.35, 0.26, 0.24],
  [0.1, 0.35, 0.8],
  [0.2, 0.7, 0.25],
];
/** Red and blue in luma (ITU-R BT.601 and BT.709). */
const WEIGHTS: Readonly<Record<Matrix, readonly [number, number]>> = {
  bt601: [0.299, 0.114],
  bt709: [0.2126, 0.0722],
};
/** Steps that rounding in the source, in the filter and in the encoder come to; and where the plainer filter is left. */
const ROUNDING = 1.5;
const PLAINER = 3;

interface Source {
  readonly name: string;
  readonly matrix: Matrix;
  readonly fullRange?: boolean;
  /** ffmpeg's options for what is made of the frames. */
  readonly options?: readonly string[];
  readonly within?: number;
}

const SOURCES: readonly Source[] = [
  { name: 'BT.601', matrix: 'bt601' },
  { name: 'BT.601, full range', matrix: 'bt601', fullRange: true },
  { name: 'BT.709', matrix: 'bt709' },
  { name: 'BT.709, full range', matrix: 'bt709', fullRange: true },
  { name: 'BT.601, 4:2:2 and 10 bits', matrix: 'bt601', options: ['-pix_fmt', 'yuv422p10le'] },
  { name: 'BT.601, pixels that are not square', matrix: 'bt601', options: ['-vf', 'setsar=4/3'] },
  {
    name: 'BT.601, odd sides',
    matrix: 'bt601',
    options: ['-vf', 'crop=319:179:0:0:exact=1', '-c:v', 'ffv1'],
    within: PLAINER,
  },
];

function yuvOf([red, green, blue]: Rgb, matrix: Matrix, fullRange: boolean): readonly number[] {
  const [ofRed, ofBlue] = WEIGHTS[matrix];
  const luma = ofRed * red + (1 - ofRed - ofBlue) * green + ofBlue * blue;
  const steps = fullRange ? 255 : 224;
  return [
    fullRange ? luma * 255 : 16 + luma * 219,
    128 + (steps * (blue - luma)) / (2 * (1 - ofBlue)),
    128 + (steps * (red - luma)) / (2 * (1 - ofRed)),
  ];
}

/** Planes of one frame, one after the other: their offsets and sizes. */
const PLANES = [
  { from: 0, width: WIDTH, height: HEIGHT },
  { from: WIDTH * HEIGHT, width: WIDTH / 2, height: HEIGHT / 2 },
  { from: (WIDTH * HEIGHT * 5) / 4, width: WIDTH / 2, height: HEIGHT / 2 },
];

function frameOf(matrix: Matrix, fullRange: boolean): Buffer {
  const frame = Buffer.alloc((WIDTH * HEIGHT * 3) / 2);
  const colours = COLOURS.map((colour) => yuvOf(colour, matrix, fullRange));
  for (const [index, { from, width, height }] of PLANES.entries())
    for (let at = 0; at < width * height; at += 1)
      frame[from + at] = Math.round(
        colours[Math.floor(((at % width) / width) * COLOURS.length)]?.[index] ?? 0,
      );
  return frame;
}

/** In the middle of a strip, where nothing of its neighbours is. */
function colourIn(frame: Buffer, size: { width: number; height: number }, strip: number): number[] {
  const pixels = size.width * size.height;
  const half = { width: size.width / 2, height: size.height / 2 };
  const planes = [
    { from: 0, ...size },
    { from: pixels, ...half },
    { from: (pixels * 5) / 4, ...half },
  ];
  return planes.map(({ from, width, height }) => {
    const column = Math.round(((strip + 0.5) / COLOURS.length) * width);
    return frame[from + Math.round(height / 2) * width + column] ?? 0;
  });
}

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'media-colours-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Half a second at 25 frames a second, so that its picture has to be encoded. */
async function sourceOf({ name, matrix, fullRange = false, options = [] }: Source): Promise<string> {
  const { ffmpeg } = await bundledTools();
  const raw = join(folder, `${name}.yuv`);
  const frame = frameOf(matrix, fullRange);
  await writeFile(raw, Buffer.concat(Array.from({ length: FRAMES }, () => frame)));
  const file = join(folder, `${name}.mkv`);
  const format = fullRange ? 'yuvj420p' : 'yuv420p';
  await run(ffmpeg, [
    ...['-v', 'error', '-nostdin', '-y', '-f', 'rawvideo', '-pixel_format', format],
    ...['-video_size', `${WIDTH}x${HEIGHT}`, '-framerate', '25', '-i', raw],
    ...['-c:v', 'libx264', '-qp', '1', '-pix_fmt', format, ...options],
    ...['-colorspace', matrix === 'bt601' ? 'smpte170m' : 'bt709', '-color_range', fullRange ? 'pc' : 'tv'],
    file,
  ]);
  return file;
}

describe.each(BUILDS)('with %s', (build, locate, locateJudge, present) => {
  it.skipIf(!present).each(SOURCES)('of $name', async (one) => {
    const tools = await locate();
    const source = await sourceOf(one);
    const media = await probe(source, { tools });
    const master = join(folder, `${build} ${one.name}.mp4`);
    const { media: made } = await prepareMaster(source, media, planMaster(media), master, { tools });
    const { ffmpeg } = await locateJudge();
    const { stdout } = await run(
      ffmpeg,
      ['-v', 'error', '-nostdin', '-ss', '0.2', '-i', master, '-frames:v', '1', '-f', 'rawvideo', 'pipe:1'],
      { encoding: 'buffer' },
    );
    const size = { width: made.video?.codedWidth ?? 0, height: made.video?.codedHeight ?? 0 };
    for (const [strip, colour] of COLOURS.entries()) {
      const wanted = yuvOf(colour, 'bt709', false);
      for (const [plane, value] of colourIn(stdout, size, strip).entries())
        expect(Math.abs(value - (wanted[plane] ?? 0)), `strip ${strip}, plane ${plane}`).toBeLessThanOrEqual(
          one.within ?? ROUNDING,
        );
    }
  });
});
