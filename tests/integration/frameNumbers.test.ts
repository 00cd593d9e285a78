/** What the benchmark of the stage counts is what is in a file: on files whose frames are known. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cameraPictures, composeFakeCamera, type FakeCamera } from '../footage/fakeCamera.ts';
import { countFrames, numberOf, readFrameNumbers, readPackets } from '../footage/frameNumbers.ts';
import { bundledTools, newestTools } from '../footage/tools.ts';

let folder: string;
let camera: FakeCamera;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'twin-studio-test-'));
  camera = await composeFakeCamera((await newestTools()).ffmpeg, 2);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** From 50 over the loop's end to 40; without 3, 4 and 12, with 20 three times. */
const SHOWN = [
  ...Array.from({ length: 10 }, (_, index) => 50 + index),
  ...Array.from({ length: 41 }, (_, index) => index).flatMap((number) =>
    [3, 4, 12].includes(number) ? [] : number === 20 ? [20, 20, 20] : [number],
  ),
];

/** Encodes as poorly as a recorder ever would, and with a hole of half a second in the times. */
async function record(): Promise<string> {
  const { ffmpeg } = await newestTools();
  const pictures = join(folder, 'pictures.mjpeg');
  await writeFile(pictures, await cameraPictures(camera, SHOWN));
  const file = join(folder, 'recorded.mkv');
  await promisify(execFile)(ffmpeg, [
    ...['-v', 'error', '-nostdin', '-y', '-framerate', '30', '-f', 'mjpeg', '-i', pictures],
    ...['-vf', "setpts='PTS+gt(N,30)*0.5/TB',format=yuv420p"],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-b:v', '2M', file],
  ]);
  return file;
}

test.each([
  ['the newest ffmpeg', newestTools],
  ['the bundled ffmpeg', bundledTools],
])('reads each frame once, with %s', async (_name, tools) => {
  const { ffmpeg, ffprobe } = await tools();
  const file = await record();
  const numbers = await readFrameNumbers(ffmpeg, file);
  expect(numbers).toEqual(SHOWN);
  expect(countFrames(numbers, camera.frames)).toEqual({
    frames: 48,
    missing: 3,
    repeated: 2,
    unreadable: 0,
    gaps: [
      { atFrame: 13, frames: 2 },
      { atFrame: 20, frames: 1 },
    ],
  });

  const packets = await readPackets(ffprobe, file);
  expect(packets).toHaveLength(SHOWN.length);
  const steps = packets.slice(1).map((packet, index) => packet.seconds - (packets[index]?.seconds ?? 0));
  expect(steps.filter((step) => step > 0.5)).toHaveLength(1);
});

describe('counting', () => {
  test('a frame that cannot be read is missing and counted', () => {
    expect(countFrames([4, null, 6], 10)).toMatchObject({ frames: 2, missing: 1, unreadable: 1 });
  });

  test('frames out of order are no count at all', () => {
    expect(() => countFrames([4, 6, 5], 10)).toThrow('out of order');
    expect(() => countFrames([4, 10], 10)).toThrow('10 frames');
  });

  test('a damaged block is no number', () => {
    const blocks = Uint8Array.from({ length: 32 }, (_, index) => (index % 2 === 0 ? 20 : 230));
    expect(numberOf(blocks)).toBe(0);
    blocks[31] = 60;
    expect(numberOf(blocks)).toBeNull();
  });
});
