/** Parts of takes: which frames and which sound a master holds, and that it needs no edit list. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MediaTools } from '../../electron/media/locate.ts';
import { frameTimesOf } from '../../electron/media/measure/frameTimes.ts';
import { prepareMaster } from '../../electron/media/prepare.ts';
import { probe, probeWithFrames } from '../../electron/media/probe.ts';
import { planMaster, recipeOf } from '../../electron/media/recipe.ts';
import { type Edit, NO_EDIT } from '../../shared/domain/edit.ts';
import type { Trim } from '../../shared/domain/review.ts';
import { cutOnly } from '../../shared/quality/edit.ts';
import { flashAndBeep } from '../footage/measure.ts';
import { composeNumberedTake, numbersIn } from '../footage/numberedTake.ts';
import { BUILDS, bundledTools, type Composition, composeTake } from '../footage/tools.ts';

const FRAME = 1 / 30;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'media-trim-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** As the check would observe it, but only its frames. */
async function cutOf(source: string, trim: Trim, tools: MediaTools): Promise<Edit> {
  const { media, times } = await probeWithFrames(source, { tools });
  const frameTimes = frameTimesOf(times.all, times.keys);
  return cutOnly({ media, durationSeconds: media.durationSeconds, frameTimes }, trim);
}

/** Prepares a part and reads what it became. */
async function prepared(name: string, source: string, trim: Trim, tools: MediaTools) {
  const edit = await cutOf(source, trim, tools);
  const media = await probe(source, { tools });
  const plan = planMaster(media, edit);
  const outFile = join(folder, `${name}.mp4`);
  const master = await prepareMaster(source, media, plan, outFile, { tools });
  const bytes = await readFile(outFile);
  expect(bytes.includes('elst'), 'edit list').toBe(false);
  expect(master.media.video?.startSeconds).toBe(0);
  // No stream begins before or after the other by more than a frame of sound.
  expect(master.media.audio?.startSeconds ?? 0).toBeLessThanOrEqual(1024 / 48_000);
  return { edit, plan, master, outFile };
}

describe.each(BUILDS)('with %s', (build, locate, locateJudge, present) => {
  const take = async (reordered: boolean) =>
    composeNumberedTake({ seconds: 20, keyEvery: 60, reordered }, (await bundledTools()).ffmpeg);

  const openTake = async () =>
    composeNumberedTake(
      { seconds: 20, keyEvery: 60, reordered: true, open: true },
      (await bundledTools()).ffmpeg,
    );

  it.skipIf(!present).each([
    ['frames in order', false],
    ['frames out of order', true],
  ])('copies from the key frame before, %s', async (name, reordered) => {
    const tools = await locate();
    const trim: Trim = { startSeconds: 3.1, endSeconds: 18.5, exact: false };
    const { plan, master, outFile } = await prepared(
      `${build}-copy-${name}`,
      await take(reordered),
      trim,
      tools,
    );
    expect(plan.video.action).toBe('copy');
    expect(plan.audio.reasons).toEqual(['cut']);
    expect(recipeOf(plan)).toBe('v2-copy-aac2-cut-2000-18500');
    const numbers = await numbersIn((await locateJudge()).ffmpeg, outFile);
    const first = 60;
    // All that was chosen, and at the end at most the few frames that are decoded together.
    expect(numbers.length).toBeGreaterThanOrEqual(555 - first);
    expect(numbers.length).toBeLessThanOrEqual(555 - first + (reordered ? 4 : 0));
    expect(numbers).toEqual(numbers.map((_, index) => first + index));
    expect(master.taken?.startSeconds).toBeCloseTo(2, 3);
    expect(master.taken?.endSeconds).toBeCloseTo((first + numbers.length) * FRAME, 3);
    expect(master.media.durationSeconds).toBeCloseTo(numbers.length * FRAME, 2);
  });

  it.skipIf(!present)('begins only at a key frame that nothing before it is needed for', async () => {
    const tools = await locate();
    const source = await openTake();
    const trim: Trim = { startSeconds: 3.1, endSeconds: 18.5, exact: false };
    const { edit, plan, master, outFile } = await prepared(`${build}-open`, source, trim, tools);
    // Of this take that is only the first one: all that was chosen is kept, and said.
    expect(edit.cut).toEqual({ startSeconds: 0, endSeconds: 18.5, at: 'key-frame' });
    expect(plan.video.action).toBe('copy');
    expect(master.taken?.startSeconds).toBe(0);
    expect((await numbersIn((await locateJudge()).ffmpeg, outFile))[0]).toBe(0);
  });

  it.skipIf(!present)('encodes what cannot be copied from where it was to begin', async () => {
    const tools = await locate();
    const source = await openTake();
    const media = await probe(source, { tools });
    // An earlier version took every key frame for one to begin at, and its measurements are kept with the take.
    const edit: Edit = { ...NO_EDIT, cut: { startSeconds: 2, endSeconds: 18.5, at: 'key-frame' } };
    const outFile = join(folder, `${build}-too-early.mp4`);
    const master = await prepareMaster(source, media, planMaster(media, edit), outFile, { tools });
    expect(master.taken).toEqual({ startSeconds: 2, endSeconds: 18.5 });
    expect(master.plan.video).toMatchObject({ action: 'encode', reasons: ['cut'] });
    const numbers = await numbersIn((await locateJudge()).ffmpeg, outFile);
    expect(numbers).toEqual(Array.from({ length: 495 }, (_, index) => 60 + index));
  });

  it.skipIf(!present)('cuts at the very frames', async () => {
    const tools = await locate();
    const trim: Trim = { startSeconds: 3.1, endSeconds: 18.5, exact: true };
    const { plan, master, outFile } = await prepared(`${build}-exact`, await take(true), trim, tools);
    expect(plan.video.reasons).toEqual(['cut']);
    expect(recipeOf(plan)).toBe('v2-h264-640x360-30-aac2-cut-3100-18500');
    const numbers = await numbersIn((await locateJudge()).ffmpeg, outFile);
    expect(numbers).toEqual(Array.from({ length: 462 }, (_, index) => 93 + index));
    expect(master.media.durationSeconds).toBeCloseTo(15.4, 2);
  });

  it.skipIf(!present).each<[string, Partial<Composition>, boolean]>([
    ['copied', { audioLateSeconds: 0.4 }, false],
    ['copied, mkv', { container: 'mkv' }, false],
    ['encoded, variable rate', { variableFrameRate: true, codec: 'hevc' }, false],
    ['encoded, WebM', { codec: 'vp9', container: 'webm', audioCodec: 'opus', fps: 25 }, false],
    ['encoded, sound early', { container: 'mkv', codec: 'hevc', audioLateSeconds: -0.3 }, true],
  ])('keeps sound and picture together: %s', async (name, more, exact) => {
    const tools = await locate();
    const composition: Composition = { seconds: 14, width: 640, height: 360, flashAtSeconds: 11, ...more };
    const source = await composeTake(composition, { ffmpeg: (await bundledTools()).ffmpeg });
    const trim: Trim = { startSeconds: 9, endSeconds: 13, exact };
    const { edit, outFile } = await prepared(`${build}-sync-${name}`, source, trim, tools);
    const judge = await locateJudge();
    const before = await flashAndBeep(judge, source);
    const after = await flashAndBeep(judge, outFile);
    // Frames that keep their times are exact to the sample; others move by up to half a frame.
    const tolerance = edit.cut?.at === 'key-frame' ? 0.005 : 0.034;
    expect(Math.abs(after.beep - after.flash - (before.beep - before.flash))).toBeLessThan(tolerance);
    // The beep itself is where it was, counted from the start that was taken.
    const late = (await probe(source, { tools })).video?.startSeconds ?? 0;
    expect(Math.abs(after.flash - (before.flash - late - (edit.cut?.startSeconds ?? 0)))).toBeLessThan(0.034);
  });
});
