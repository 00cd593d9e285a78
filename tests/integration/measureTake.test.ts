/** What is measured of a take: the same with every ffmpeg, where the picture jumps, and that nothing of it stays. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { holdChildren, letChildrenGoOn, runningChildren } from '../../electron/media/children.ts';
import type { MediaTools } from '../../electron/media/locate.ts';
import { openLooking } from '../../electron/media/measure/faces.ts';
import { measureTake } from '../../electron/media/measure/measureTake.ts';
import { probe } from '../../electron/media/probe.ts';
import { planMaster, recipeOf } from '../../electron/media/recipe.ts';
import { NO_EDIT } from '../../shared/domain/edit.ts';
import { Cancelled } from '../../shared/errors.ts';
import { judgeTake } from '../../shared/quality/judgeTake.ts';
import type { Observations } from '../../shared/quality/observations.ts';
import { ObservationsSchema } from '../../shared/quality/observations.ts';
import { bundledTools, composeTake, hasSystemFfmpeg, newestTools, systemTools } from '../footage/tools.ts';

let folder = '';
let source = '';
let tools: MediaTools;
let seen: Observations;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'measure-take-'));
  tools = await bundledTools();
  source = await composeTake({ seconds: 4, width: 1280, height: 720, from: 60 }, { ffmpeg: tools.ffmpeg });
  seen = await measureTake(source, { tools, shot: 'head-and-shoulders' });
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Makes another file of the composed take with ffmpeg's filters. */
async function filtered(name: string, filters: string, from = source, pixels = 'yuv420p'): Promise<string> {
  const file = join(folder, name);
  const { ffmpeg } = await newestTools();
  await promisify(execFile)(ffmpeg, [
    ...['-v', 'error', '-nostdin', '-i', from, '-an', '-vf', filters],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '18', '-pix_fmt', pixels, file],
  ]);
  return file;
}

describe('a take that is in order', () => {
  it('is measured from its first picture to its last', () => {
    expect(ObservationsSchema.parse(seen)).toEqual(seen);
    expect(seen.durationSeconds).toBeCloseTo(4, 1);
    expect(seen.motion?.atMs).toHaveLength(119);
    expect(seen.motion?.atMs.slice(0, 4)).toEqual([0, 33, 67, 100]);
    expect(seen.frameTimes.intervals.reduce((sum, [, count]) => sum + count, 0)).toBe(118);
    expect(seen.frameTimes.keyFrames[0]).toBe(0);
    expect(seen.pictures.map(({ frame }) => frame.atSeconds)).toEqual([0, 1, 2, 3]);
    expect(seen.interlacedShare).toBe(0);
    expect(seen.letterbox).toBeNull();
  });

  it('shows one face, where it is and in its light', () => {
    for (const { frame } of seen.pictures) {
      expect(frame).toMatchObject({ width: 1280, height: 720, hands: null });
      expect(frame.faces).toHaveLength(1);
      expect(frame.faces[0]?.box.height).toBeGreaterThan(0.4);
      expect(frame.light?.faceMean).toBeGreaterThan(0.3);
    }
  });

  it.skipIf(!hasSystemFfmpeg)('is the same with another ffmpeg', async () => {
    const other = await measureTake(source, { tools: await systemTools(), shot: 'head-and-shoulders' });
    expect(other.frameTimes).toEqual(seen.frameTimes);
    expect(other.motion?.atMs).toEqual(seen.motion?.atMs);
    // Decoders agree to the bit; the small frames may be rounded otherwise: a tenth of a luma step, and one step.
    for (const [index, change] of (seen.motion?.change ?? []).entries())
      expect(Math.abs((other.motion?.change[index] ?? 0) - change)).toBeLessThanOrEqual(10);
    for (const [index, luma] of (seen.motion?.luma ?? []).entries())
      expect(Math.abs((other.motion?.luma[index] ?? 0) - luma)).toBeLessThanOrEqual(1);
    // Pictures of full size are not converted at all.
    expect(other.pictures).toEqual(seen.pictures);
    expect(other.cuts.map(({ atSeconds }) => atSeconds)).toEqual(seen.cuts.map(({ atSeconds }) => atSeconds));
  });
});

describe('a take with a fault', () => {
  it('jumps in picture and face where two seconds were cut out', async () => {
    const { ffmpeg } = tools;
    const whole = await composeTake(
      { seconds: 9, width: 640, height: 360, from: 95, audio: 'none' },
      { ffmpeg },
    );
    const cut = await filtered('cut.mp4', "select='not(between(t,4,5.99))',setpts=N/(30*TB)", whole);
    const { cuts } = await measureTake(cut, { tools, shot: 'head-and-shoulders' });
    const [largest] = [...cuts].sort((one, other) => other.pictureJump - one.pictureJump);
    expect(largest?.atSeconds).toBeCloseTo(4, 1);
    expect(largest?.pictureJump).toBeGreaterThan(2);
    expect(largest?.faceJump).toBeGreaterThan(2);
    expect(largest?.soundJump).toBeNull();
  });

  it('has black bars and fields', async () => {
    const bars = await filtered('bars.mp4', 'trim=0:1.5,crop=1280:540,pad=1280:720:0:90:black');
    const barred = await measureTake(bars, { tools, shot: 'head-and-shoulders' });
    expect(barred.letterbox?.y).toBeCloseTo(0.125, 2);
    expect(barred.letterbox?.height).toBeCloseTo(0.75, 2);
    const fields = await filtered(
      'fields.mp4',
      'trim=0:2,hue=H=0,rotate=a=0.02*sin(20*t),tinterlace=interleave_top',
    );
    const combed = await measureTake(fields, { tools, shot: 'head-and-shoulders' });
    expect(combed.interlacedShare).toBeGreaterThan(0.4);
    // The file calls its frames whole: what is made of it goes by what was seen.
    expect((await probe(fields, { tools })).video?.interlaced).toBe(false);
    expect(planMaster(combed.media).video).toMatchObject({ action: 'encode', deinterlace: 'frames' });
    expect(recipeOf(planMaster(combed.media))).toContain('deint-frames');
    expect(
      judgeTake(combed, { shot: 'waist-up', origin: 'imported', edit: NO_EDIT, now: new Date() }).findings,
    ).toContainEqual(expect.objectContaining({ code: 'INTERLACED' }));
  });

  it('of few frames has each of them once, with every ffmpeg', async () => {
    const slow = await filtered('slow.mp4', 'fps=2');
    for (const using of [tools, await newestTools()]) {
      const { motion, pictures } = await measureTake(slow, { tools: using, shot: 'head-and-shoulders' });
      expect(motion?.atMs).toEqual([0, 500, 1000, 1500, 2000, 2500, 3000, 3500]);
      expect(pictures.map(({ frame }) => frame.atSeconds)).toEqual([0, 1, 2, 3]);
    }
  });

  it('that changes its size and its pixels on the way is measured like the others', async () => {
    const { ffmpeg } = tools;
    const grey = async (luma: number, size: string, pixels: string) => {
      const file = join(folder, `grey-${luma}.ts`);
      const value = `0x${luma.toString(16).repeat(3)}`;
      await promisify(execFile)(ffmpeg, [
        ...['-v', 'error', '-y', '-f', 'lavfi', '-i', `color=${value}:s=${size}:r=30:d=1`],
        ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', pixels, file],
      ]);
      return readFile(file);
    };
    const file = join(folder, 'changes.ts');
    await writeFile(file, [await grey(0x60, '1280x720', 'yuv420p'), await grey(0xc0, '640x360', 'yuv444p')]);
    const { motion } = await measureTake(file, { tools, shot: 'head-and-shoulders' });
    expect(Math.abs((motion?.luma[10] ?? 0) - 0x60)).toBeLessThanOrEqual(1);
    expect(Math.abs((motion?.luma.at(-10) ?? 0) - 0xc0)).toBeLessThanOrEqual(1);
  });

  it('of full range is as bright as the same of limited range', async () => {
    const full = await filtered('full-range.mp4', 'scale=out_range=pc,format=yuvj420p', source, 'yuvj420p');
    const other = await measureTake(full, { tools, shot: 'head-and-shoulders' });
    expect(other.media.video?.fullRange).toBe(true);
    for (const [index, luma] of (seen.motion?.luma ?? []).entries())
      expect(Math.abs((other.motion?.luma[index] ?? 0) - luma)).toBeLessThanOrEqual(1);
  });

  it('without a single frame that can be decoded is refused', async () => {
    const { ffmpeg } = tools;
    const broken = join(folder, 'noise.mp4');
    await promisify(execFile)(ffmpeg, [
      ...['-v', 'error', '-nostdin', '-i', source, '-an', '-c', 'copy', '-t', '1'],
      // Every byte of the packets is damaged.
      ...['-bsf:v', 'noise=1', broken],
    ]);
    await expect(measureTake(broken, { tools, shot: 'waist-up' })).rejects.toMatchObject({
      code: 'FILE_TRUNCATED',
    });
    expect(runningChildren()).toEqual([]);
  });
});

describe('while it is measured', () => {
  it('a cancelled measuring leaves no process', async () => {
    const stop = new AbortController();
    let reached = 0;
    const work = measureTake(source, {
      tools,
      shot: 'waist-up',
      signal: stop.signal,
      onProgress(share) {
        reached = share;
        // Past the probe: both ffmpegs run.
        if (share > 0.1) stop.abort();
      },
    });
    await expect(work).rejects.toBeInstanceOf(Cancelled);
    expect(reached).toBeGreaterThan(0.1);
    expect(runningChildren()).toEqual([]);
  });

  it('everything waits while a recording runs, and goes on afterwards', async () => {
    const steps: string[] = [];
    const work = measureTake(source, {
      tools,
      shot: 'head-and-shoulders',
      onProgress(share) {
        if (share < 0.1 || steps.length > 0) return;
        steps.push('held');
        holdChildren();
        setImmediate(() => {
          steps.push('let go');
          letChildrenGoOn();
        });
      },
      mayGoOn: async () => undefined,
    });
    expect((await work).pictures).toEqual(seen.pictures);
    expect(steps).toEqual(['held', 'let go']);
  });

  it('what was seen before it had to begin again does not count, also where the answer comes later', async () => {
    let isHeld = false;
    const work = measureTake(source, {
      tools,
      shot: 'waist-up',
      onProgress(share) {
        if (share < 0.1 || isHeld) return;
        isHeld = true;
        // As on Windows, where a program cannot stand still: it is ended.
        holdChildren(false);
        letChildrenGoOn();
      },
    });
    const again = await work;
    expect(isHeld).toBe(true);
    const whole = await measureTake(source, { tools, shot: 'waist-up' });
    expect(again.pictures.map(({ frame }) => frame.atSeconds)).toEqual([0, 1, 2, 3]);
    expect(again.pictures).toEqual(whole.pictures);
    expect(again.motion).toEqual(whole.motion);
  });

  it('nothing begins before it may', async () => {
    const stop = new AbortController();
    const asked: string[] = [];
    const work = measureTake(source, {
      tools,
      shot: 'head-and-shoulders',
      signal: stop.signal,
      mayGoOn() {
        asked.push(`${runningChildren().length} programs run`);
        stop.abort();
        return Promise.reject(new Cancelled());
      },
    });
    await expect(work).rejects.toBeInstanceOf(Cancelled);
    expect(asked).toEqual(['0 programs run']);
  });

  it('a computer that cannot look for faces says so', async () => {
    await expect(openLooking(0, ['file:///nowhere/'])).rejects.toMatchObject({ code: 'FACES_FAILED' });
  });
});
