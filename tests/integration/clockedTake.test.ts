/** The benchmark's measure of sound against picture, on files whose offset is known. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { measureSync } from '../bench/clockedTake.ts';
import { STRIP, stripFilters, stripSource } from '../footage/frameNumbers.ts';
import { bundledTools, newestTools } from '../footage/tools.ts';

const SECONDS = 5;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'twin-studio-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/**
 * A clock that flashes and beeps every second.
 * @param lateMs how late the sound is
 * @param stretch by how much the sound runs slow: 0.001 is a millisecond a second
 */
async function clock(lateMs: number, stretch = 0): Promise<string> {
  const { ffmpeg } = await newestTools();
  const file = join(folder, `${lateMs}-${stretch}.mp4`);
  const second = `(t-${lateMs / 1000})/(1+${stretch})`;
  const beep = `0.5*sin(2*PI*1000*t)*lt(mod(${second}\\,1)\\,0.05)*gte(${second}\\,1)`;
  // Frames stand 7 ms beside the seconds, as they do where nothing is in step.
  const milliseconds = '(N+15)*1000/30+7';
  await promisify(execFile)(ffmpeg, [
    ...['-v', 'error', '-nostdin', '-y', '-f', 'lavfi', '-i', 'color=0x222222:s=1920x1080:r=30'],
    ...['-f', 'lavfi', '-i', stripSource, '-f', 'lavfi', '-i', `aevalsrc='${beep}':s=48000`],
    '-filter_complex',
    `[0:v]drawbox=t=fill:color=white:enable='lt(mod((n+15)/30+0.007,1),0.1)*gt(n,14)'[flash];` +
      `[1:v]${stripFilters(milliseconds)}[strip];[flash][strip]overlay=${STRIP.x}:${STRIP.y}[picture]`,
    ...['-map', '[picture]', '-map', '2:a', '-t', String(SECONDS)],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac', '-b:a', '160k', file],
  ]);
  return file;
}

test.each([
  ['the newest ffmpeg', newestTools],
  ['the bundled ffmpeg', bundledTools],
])('tells how late the sound is, to the millisecond, with %s', async (_name, tools) => {
  // The picture's clock is half a second and 7 ms ahead of the file's; the sound's is the file's.
  const sync = await measureSync(await tools(), await clock(493 + 25));
  expect(sync.pairs).toBe(SECONDS - 1);
  expect(sync.meanMs).toBeCloseTo(25, 0);
  expect(sync.maxMs).toBeCloseTo(25, 0);
  expect(Math.abs(sync.driftMs)).toBeLessThan(1);
});

test('sound that is early has a negative offset', async () => {
  const { meanMs, maxMs } = await measureSync(await newestTools(), await clock(493 - 30));
  expect(meanMs).toBeCloseTo(-30, 0);
  expect(maxMs).toBeCloseTo(30, 0);
});

test('drift is what the offset changes over the take', async () => {
  const { driftMs, pairs } = await measureSync(await newestTools(), await clock(493, 0.004));
  expect(Math.abs(driftMs - 4 * (pairs - 1))).toBeLessThan(1);
});
