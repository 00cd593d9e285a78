/** What the check says a mended take will be like, against the master that is made of it. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MediaTools } from '../../electron/media/locate.ts';
import { measureTake } from '../../electron/media/measure/measureTake.ts';
import { measureSound } from '../../electron/media/measure/sound.ts';
import { prepareMaster } from '../../electron/media/prepare.ts';
import { planMaster } from '../../electron/media/recipe.ts';
import { type Edit, NO_EDIT } from '../../shared/domain/edit.ts';
import { judgeTake } from '../../shared/quality/judgeTake.ts';
import type { Observations } from '../../shared/quality/observations.ts';
import type { MeasureCode } from '../../shared/words/findings.ts';
import { bundledTools, composeTake } from '../footage/tools.ts';

const SECONDS = 6;
const shot = 'head-and-shoulders';
const EDIT: Edit = {
  ...NO_EDIT,
  gainDb: 9,
  noiseDbfs: -65,
  crop: { x: 0, y: 0.125, width: 1, height: 0.75 },
  liftExponent: 0.72,
};

/** By how much a figure may be off the master's, and by how much the mends move it at least. */
const TOLERANCES: readonly { code: MeasureCode; by: number; moved: number }[] = [
  // LU; nearer than one nobody hears a difference. The rumble that goes as well is not counted; nor is the encoder.
  { code: 'LOUDNESS', by: 1, moved: 8 },
  { code: 'NOISE_FLOOR', by: 4, moved: 0.5 },
  { code: 'TRUE_PEAK', by: 1, moved: 8 },
  // Shares of the height. The finder itself gives a face 5 to 12 % less height in 4:3 than the same one in 16:9.
  { code: 'FACE_SIZE', by: 0.06, moved: 0.14 },
  { code: 'HEADROOM', by: 0.05, moved: 0.1 },
  { code: 'EYE_LINE', by: 0.01, moved: 0.005 },
  // Pixels on the short side.
  { code: 'RESOLUTION', by: 0, moved: 100 },
  // Luma of white, shares of the face, of an edge, and stops.
  { code: 'EXPOSURE', by: 0.02, moved: 0.1 },
  { code: 'UNDER_EXPOSED', by: 0.015, moved: 0.015 },
  { code: 'SHADOW', by: 0.03, moved: 0.05 },
  { code: 'BACKLIGHT', by: 0.2, moved: 0.4 },
];

let folder = '';
let source = '';
let tools: MediaTools;
let seen: Observations;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mended-figures-'));
  tools = await bundledTools();
  const person = await composeTake({ seconds: SECONDS, width: 640, height: 360 }, tools);
  source = join(folder, 'source.mp4');
  // A dark picture between black bars, and a quiet voice in a noisy room.
  const words = 'between(mod(t,3),0.2,1.8)';
  await promisify(execFile)(tools.ffmpeg, [
    ...['-v', 'error', '-nostdin', '-y', '-i', person],
    ...['-f', 'lavfi', '-t', String(SECONDS), '-i', 'anoisesrc=r=48000:c=pink:a=0.004:seed=7'],
    '-filter_complex',
    `[0:v]lutyuv=y='16+(val-16)*0.45',pad=640:480:0:60[picture];` +
      `[0:a]volume='0.2*${words}':eval=frame[voice];[1:a]aformat=channel_layouts=stereo[room];` +
      `[voice][room]amix=inputs=2:duration=first,volume=2[sound]`,
    ...['-map', '[picture]', '-map', '[sound]', '-c:v', 'libx264', '-preset', 'veryfast', '-crf', '14'],
    ...['-color_primaries', 'bt709', '-color_trc', 'bt709', '-colorspace', 'bt709', '-color_range', 'tv'],
    ...['-pix_fmt', 'yuv420p', '-c:a', 'aac', '-b:a', '192k', '-ar', '48000', source],
  ]);
  seen = await measureTake(source, { tools, shot });
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function prepared(edit: Edit): Promise<string> {
  const file = join(folder, `${JSON.stringify(edit).length}-${edit.gainDb ?? 0}.mp4`);
  await prepareMaster(source, seen.media, planMaster(seen.media, edit), file, { tools });
  return file;
}

const figures = (observations: Observations, edit: Edit): Map<string, number | null> =>
  new Map(
    judgeTake(observations, { shot, origin: 'imported', edit, now: new Date(0) }).measures.map(
      ({ code, value }) => [code, value],
    ),
  );

describe('the figures of a mended take', () => {
  it('are those of its master', async () => {
    const master = await measureTake(await prepared(EDIT), { tools, shot });
    const before = figures(seen, NO_EDIT);
    const told = figures(seen, EDIT);
    const made = figures(master, NO_EDIT);
    for (const { code, by, moved } of TOLERANCES) {
      const [first, said, real] = [before.get(code), told.get(code), made.get(code)];
      if (first == null || said == null || real == null) throw new Error(`${code} was not measured`);
      expect(Math.abs(said - real), `${code}: ${said} instead of ${real}`).toBeLessThanOrEqual(by);
      expect(Math.abs(said - first), `${code} was ${first}, and is ${said}`).toBeGreaterThanOrEqual(moved);
    }
  });

  it('have their peaks held where far too much gain is asked for', async () => {
    const edit = { ...NO_EDIT, gainDb: 20 };
    const file = await prepared(edit);
    const heard = await measureSound(file, seen.media, { tools });
    if (heard === null) throw new Error('no sound');
    const told = figures(seen, edit);
    const made = figures({ ...seen, sound: heard.track }, NO_EDIT);
    for (const code of ['TRUE_PEAK', 'LOUDNESS'] as const) {
      expect(Math.abs((told.get(code) ?? 0) - (made.get(code) ?? 0)), code).toBeLessThanOrEqual(1);
    }
    expect(made.get('TRUE_PEAK')).toBeLessThanOrEqual(told.get('TRUE_PEAK') ?? 0);
  });
});
