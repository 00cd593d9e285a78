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
const STRIP = WIDTH / COLOURS.length;
/** Red and blue in luma (ITU-R BT.601 and BT.709). */
const WEIGHTS: Readonly<Record<Matrix, readonly [number, number]>> = {
  bt601: [0.299, 0.114],
  bt709: [0.2126, 0.0722],
};
/** Luma steps that rounding in the source, in the filter and in the encoder come to. */
const ROUNDING = 1;

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
function colourIn(frame: Buffer, strip: number): number[] {
  return PLANES.map(({ from, width, height }) => {
    const scale = width / WIDTH;
    const column = Math.round((strip + 0.5) * STRIP * scale);
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
async function sourceOf(matrix: Matrix, fullRange: boolean): Promise<string> {
  const { ffmpeg } = await bundledTools();
  const raw = join(folder, `${matrix}-${fullRange}.yuv`);
  const frame = frameOf(matrix, fullRange);
  await writeFile(raw, Buffer.concat(Array.from({ length: FRAMES }, () => frame)));
  const file = join(folder, `${matrix}-${fullRange}.mp4`);
  const format = fullRange ? 'yuvj420p' : 'yuv420p';
  await run(ffmpeg, [
    ...['-v', 'error', '-nostdin', '-y', '-f', 'rawvideo', '-pixel_format', format],
    ...['-video_size', `${WIDTH}x${HEIGHT}`, '-framerate', '25', '-i', raw],
    ...['-c:v', 'libx264', '-qp', '1', '-pix_fmt', format],
    ...['-colorspace', matrix === 'bt601' ? 'smpte170m' : 'bt709', '-color_range', fullRange ? 'pc' : 'tv'],
    file,
  ]);
  return file;
}

describe.each(BUILDS)('with %s', (build, locate, locateJudge, present) => {
  it.skipIf(!present).each<[Matrix, boolean]>([
    ['bt601', false],
    ['bt601', true],
    ['bt709', false],
    ['bt709', true],
  ])('of %s, full range: %s', async (matrix, fullRange) => {
    const tools = await locate();
    const source = await sourceOf(matrix, fullRange);
    const media = await probe(source, { tools });
    const master = join(folder, `${build}-${matrix}-${fullRange}.mp4`);
    await prepareMaster(source, media, planMaster(media), master, { tools });
    const { ffmpeg } = await locateJudge();
    const { stdout } = await run(
      ffmpeg,
      ['-v', 'error', '-nostdin', '-ss', '0.2', '-i', master, '-frames:v', '1', '-f', 'rawvideo', 'pipe:1'],
      { encoding: 'buffer' },
    );
    for (const [strip, colour] of COLOURS.entries()) {
      const wanted = yuvOf(colour, 'bt709', false);
      for (const [plane, value] of colourIn(stdout, strip).entries())
        expect(Math.abs(value - (wanted[plane] ?? 0)), `strip ${strip}, plane ${plane}`).toBeLessThanOrEqual(
          ROUNDING + 0.5,
        );
    }
  });
});
