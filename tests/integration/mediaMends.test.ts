/** What each mend does to a master, measured by other means than ours, with every ffmpeg there is. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MediaTools } from '../../electron/media/locate.ts';
import { type Master, prepareMaster } from '../../electron/media/prepare.ts';
import { probe } from '../../electron/media/probe.ts';
import { planMaster, recipeOf } from '../../electron/media/recipe.ts';
import { type Edit, NO_EDIT } from '../../shared/domain/edit.ts';
import { levelsOf, loudnessOf, meanLuma, ssim } from '../footage/measure.ts';
import { BUILDS, bundledTools, composeTake } from '../footage/tools.ts';

const SECONDS = 6;
/** A quarter of white becomes two fifths. */
const LIFT = 0.75;
const BARS = 'crop=640:360:0:60';

let folder = '';
/** A dark picture between black bars, and a quiet voice in a noisy room. */
let source = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'media-mends-'));
  const { ffmpeg } = await bundledTools();
  const person = await composeTake({ seconds: SECONDS, width: 640, height: 360 }, { ffmpeg });
  source = join(folder, 'source.mp4');
  const words = 'between(mod(t,3),0.2,1.8)';
  await promisify(execFile)(ffmpeg, [
    ...['-v', 'error', '-nostdin', '-y', '-i', person],
    ...['-f', 'lavfi', '-t', String(SECONDS), '-i', 'anoisesrc=r=48000:c=pink:a=0.004:seed=7'],
    '-filter_complex',
    `[0:v]lutyuv=y='16+(val-16)*0.5',pad=640:480:0:60[picture];` +
      `[0:a]volume='0.2*${words}':eval=frame[voice];[1:a]aformat=channel_layouts=stereo[room];` +
      `[voice][room]amix=inputs=2:duration=first,volume=2[sound]`,
    ...['-map', '[picture]', '-map', '[sound]', '-c:v', 'libx264', '-preset', 'veryfast', '-crf', '14'],
    ...['-color_primaries', 'bt709', '-color_trc', 'bt709', '-colorspace', 'bt709', '-color_range', 'tv'],
    ...['-pix_fmt', 'yuv420p', '-c:a', 'aac', '-b:a', '192k', '-ar', '48000', source],
  ]);
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe.each(BUILDS)('with %s', (build, locate, locateJudge, present) => {
  async function mended(edit: Partial<Edit>): Promise<{ file: string; recipe: string; master: Master }> {
    const tools = await locate();
    const media = await probe(source, { tools });
    const plan = planMaster(media, { ...NO_EDIT, ...edit });
    const recipe = recipeOf(plan);
    const file = join(folder, `${build}-${recipe}.mp4`);
    return { file, recipe, master: await prepareMaster(source, media, plan, file, { tools }) };
  }

  it.skipIf(!present)('brings the voice to where it is wanted, with its peaks held', async () => {
    const judge = await locateJudge();
    const before = await loudnessOf(judge, source);
    const { file, recipe, master } = await mended({ gainDb: -21 - before.integratedLufs });
    expect(recipe).toBe('v2-copy-aac2-loud');
    const after = await loudnessOf(judge, file);
    expect(before.integratedLufs).toBeLessThan(-26);
    expect(Math.abs(after.integratedLufs + 21)).toBeLessThan(1);
    expect(after.truePeakDbtp).toBeLessThanOrEqual(-3);
    expect(master.media.durationSeconds).toBeCloseTo(SECONDS, 1);
    // Far too much of it: peaks stay where they have to.
    const loud = await mended({ gainDb: 20, noiseDbfs: -50 });
    expect((await loudnessOf(judge, loud.file)).truePeakDbtp).toBeLessThanOrEqual(-3);
  });

  it.skipIf(!present)('makes the room quieter, and leaves speech as it is', async () => {
    const judge = await locateJudge();
    const before = await levelsOf(judge, source);
    const floor = lowestTenth(before);
    const { file, recipe } = await mended({ noiseDbfs: floor });
    expect(recipe).toBe('v2-copy-aac2-quiet');
    const after = await levelsOf(judge, file);
    expect(lowestTenth(after)).toBeLessThan(floor - 6);
    const speech = before.flatMap((level, index) => (level > floor + 20 ? [index] : []));
    expect(speech.length).toBeGreaterThan(4);
    for (const index of speech) expect(Math.abs((after[index] ?? 0) - (before[index] ?? 0))).toBeLessThan(1);
  });

  it.skipIf(!present)('cuts bars off', async () => {
    const { file, recipe, master } = await mended({ crop: { x: 0, y: 0.125, width: 1, height: 0.75 } });
    expect(recipe).toBe('v2-h264-640x360-30-copy-bars');
    expect(master.media.video).toMatchObject({ displayWidth: 640, displayHeight: 360 });
    expect(await ssim(await locateJudge(), file, source, BARS)).toBeGreaterThanOrEqual(0.985);
  });

  it.skipIf(!present).each([
    [90, 'transpose=clock', '480x640'],
    [180, 'hflip,vflip', '640x480'],
    [270, 'transpose=cclock', '480x640'],
  ] as const)('turns the picture by %s°', async (turn, expected, size) => {
    const { file, recipe, master } = await mended({ turn });
    expect(recipe).toBe(`v2-h264-${size}-30-copy-turn${turn}`);
    expect(master.media.video?.rotationDegrees).toBe(0);
    expect(await ssim(await locateJudge(), file, source, expected)).toBeGreaterThanOrEqual(0.985);
  });

  it.skipIf(!present)('lifts a dark picture, and leaves black and white where they are', async () => {
    const judge = await locateJudge();
    const picture = join(folder, `${build}-steps.mp4`);
    // Sixteen steps of grey from black to white.
    const steps = `geq=lum='16+219*floor(X/40)/15':cb=128:cr=128`;
    await promisify(execFile)(judge.ffmpeg, [
      ...['-v', 'error', '-nostdin', '-y', '-f', 'lavfi', '-i', `color=black:s=640x360:r=30:d=1,${steps}`],
      ...['-c:v', 'libx264', '-crf', '8', '-pix_fmt', 'yuv420p', '-color_range', 'tv'],
      ...['-color_primaries', 'bt709', '-color_trc', 'bt709', '-colorspace', 'bt709', picture],
    ]);
    const tools = await locate();
    const media = await probe(picture, { tools });
    const outFile = join(folder, `${build}-lifted-steps.mp4`);
    const plan = planMaster(media, { ...NO_EDIT, liftExponent: LIFT });
    await prepareMaster(picture, media, plan, outFile, { tools });
    const lifted = await greys(judge, outFile);
    for (const [index, grey] of (await greys(judge, picture)).entries()) {
      const wanted = 16 + 219 * ((grey - 16) / 219) ** LIFT;
      expect(Math.abs((lifted[index] ?? 0) - wanted)).toBeLessThan(2);
    }
    expect(lifted[0]).toBeLessThan(18);
    expect(lifted[15]).toBeGreaterThan(233);
    expect(recipeOf(plan)).toBe('v2-h264-640x360-30-mute-lift');
  });

  it.skipIf(!present)('does all of it at once, to a part', async () => {
    const judge = await locateJudge();
    const before = await loudnessOf(judge, source);
    const { file, recipe, master } = await mended({
      cut: { startSeconds: 1, endSeconds: 5.5, at: 'frame' },
      gainDb: -21 - before.integratedLufs,
      noiseDbfs: lowestTenth(await levelsOf(judge, source)),
      crop: { x: 0, y: 0.125, width: 1, height: 0.75 },
      turn: 90,
      liftExponent: LIFT,
    });
    expect(recipe).toBe('v2-h264-360x640-30-aac2-loud-quiet-bars-turn90-lift-cut-1000-5500');
    expect(master.media.video).toMatchObject({ displayWidth: 360, displayHeight: 640 });
    expect(master.media.durationSeconds).toBeCloseTo(4.5, 2);
    expect(Math.abs((await loudnessOf(judge, file)).integratedLufs + 21)).toBeLessThan(1.5);
    const part = `trim=start=1:end=5.5,setpts=PTS-STARTPTS,${BARS},transpose=clock`;
    const dark = await ssim(judge, file, source, part);
    const lifted = await ssim(
      judge,
      file,
      source,
      `${part},lutyuv=y='16+219*pow(max(0,val-16)/219,${LIFT})'`,
    );
    expect(dark).toBeLessThan(lifted);
    expect(lifted).toBeGreaterThanOrEqual(0.985);
    expect(await meanLuma(judge, file)).toBeGreaterThan((await meanLuma(judge, source)) * 1.2);
  });
});

function lowestTenth(levels: readonly number[]): number {
  return [...levels].sort((one, other) => one - other)[Math.floor(levels.length / 10)] ?? 0;
}

/** Luma of sixteen columns. */
async function greys(tools: MediaTools, file: string): Promise<number[]> {
  const { stdout } = await promisify(execFile)(
    tools.ffmpeg,
    [
      ...['-v', 'error', '-nostdin', '-i', file, '-frames:v', '1', '-vf', 'format=yuv420p,extractplanes=y'],
      ...['-f', 'rawvideo', '-'],
    ],
    { encoding: 'buffer', maxBuffer: 8_000_000 },
  );
  return Array.from({ length: 16 }, (_, index) => stdout[180 * 640 + index * 40 + 20] ?? 0);
}
