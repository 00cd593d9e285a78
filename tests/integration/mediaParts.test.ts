/** Previews, posters, cuts, sound levels and the first check, on real footage. */
import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cutClip, cutSpeech } from '../../electron/media/cut.ts';
import type { MediaTools } from '../../electron/media/locate.ts';
import {
  copiesPicture,
  copyPreview,
  makePoster,
  makePreview,
  needsPreview,
} from '../../electron/media/preview.ts';
import { probe, probeWithFrames } from '../../electron/media/probe.ts';
import { checkFile } from '../../electron/studio/checkFile.ts';
import { ReportSchema } from '../../shared/domain/report.ts';
import { flashAndBeep, meanLuma, ssim } from '../footage/measure.ts';
import { BUILDS, bundledTools, type Composition, composeTake } from '../footage/tools.ts';

const small = { seconds: 2, width: 640, height: 360 } as const;
let folder = '';
/** Composes the footage, and judges what was made of it. */
let composer: MediaTools;
/** Speech that comes after six seconds of nothing. */
let lateSpeech = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'media-parts-'));
  composer = await bundledTools();
  const speech = await compose({ ...small, seconds: 6 });
  lateSpeech = join(folder, 'late-speech.mp4');
  await promisify(execFile)(composer.ffmpeg, [
    ...['-v', 'error', '-y', '-nostdin', '-i', speech, '-af', 'adelay=6000|6000'],
    ...['-c:v', 'copy', '-c:a', 'aac', lateSpeech],
  ]);
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const compose = (composition: Composition) => composeTake(composition, { ffmpeg: composer.ffmpeg });
const composeFlash = (composition: Partial<Composition>) =>
  compose({ seconds: 2, flashAtSeconds: 0.5, audioLateSeconds: 0.3, ...composition });

/** As programs that record screens write it. */
async function inMatroska(composition: Partial<Composition>): Promise<string> {
  const file = join(folder, 'recorded.mkv');
  await promisify(execFile)(composer.ffmpeg, [
    ...['-v', 'error', '-y', '-nostdin', '-i', await composeFlash(composition), '-c', 'copy', file],
  ]);
  return file;
}

it.skipIf(process.platform !== 'linux')(
  'a static ffmpeg is told of no character tables, which it would crash over',
  async () => {
    const told = join(folder, 'told.txt');
    const asking = join(folder, 'ffmpeg');
    const script = `#!/bin/sh\necho "$GCONV_PATH" >> '${told}'\nexec '${composer.ffmpeg}' "$@"\n`;
    await writeFile(asking, script, { mode: 0o755 });
    const source = await compose(small);
    const media = await probe(source, { tools: composer });
    await makePoster(source, media, join(folder, 'told.jpg'), { tools: { ...composer, ffmpeg: asking } });
    const lines = (await readFile(told, 'utf8')).trim().split('\n');
    expect(new Set(lines)).toEqual(new Set(['/nonexistent']));
  },
);

describe.each(BUILDS)('with %s', (_name, locate, _judge, present) => {
  it.skipIf(!present).each<[string, Composition, boolean, string]>([
    ['H.264 in mp4', small, false, ''],
    ['H.264 in mov', { ...small, container: 'mov' }, false, ''],
    [
      'VP9 in WebM',
      { ...small, codec: 'vp9', container: 'webm', audioCodec: 'opus' },
      false,
      'fps=30:start_time=0',
    ],
    ['HEVC', { ...small, codec: 'hevc' }, true, ''],
    ['ProRes', { ...small, codec: 'prores', container: 'mov', audioCodec: 'pcm' }, true, ''],
    ['an interlaced one', { ...small, interlaced: true }, true, 'bwdif=mode=send_frame'],
    ['MPEG-4 in avi', { ...small, codec: 'mpeg4', container: 'avi', audioCodec: 'mp3' }, true, ''],
  ])('a preview of %s', async (_what, composition, needed, expected) => {
    const tools = await locate();
    const source = await compose(composition);
    const media = await probe(source, { tools });
    expect(needsPreview(media)).toBe(needed);
    const outFile = join(folder, 'preview.mp4');
    await makePreview(source, media, outFile, { tools });
    const preview = await probe(outFile, { tools });
    expect(needsPreview(preview)).toBe(false);
    expect(preview.faststart).toBe(true);
    expect(Math.abs(preview.durationSeconds - media.durationSeconds)).toBeLessThanOrEqual(0.05);
    if (_what !== 'MPEG-4 in avi')
      expect(await ssim(composer, outFile, source, expected)).toBeGreaterThan(0.95);
  });

  it.skipIf(!present)('a preview is 1280 wide at most, and on the source’s clock', async () => {
    const tools = await locate();
    const source = await compose({
      seconds: 1,
      flashAtSeconds: 0.5,
      audioLateSeconds: 0.3,
      codec: 'hevc',
      container: 'mkv',
    });
    const media = await probe(source, { tools });
    const outFile = join(folder, 'wide.mp4');
    await makePreview(source, media, outFile, { tools });
    expect((await probe(outFile, { tools })).video).toMatchObject({ displayWidth: 1280, displayHeight: 720 });
    const before = await flashAndBeep(composer, source);
    const after = await flashAndBeep(composer, outFile);
    expect(Math.abs(after.flash - before.flash)).toBeLessThan(0.034);
    expect(Math.abs(after.beep - before.beep)).toBeLessThan(0.034);
  });

  it.skipIf(!present).each<[string, () => Promise<string>]>([
    ['mkv', () => composeFlash({ container: 'mkv' })],
    ['mkv with frames out of order', () => inMatroska({})],
    ['mkv with uneven frames', () => inMatroska({ variableFrameRate: true })],
    ['mkv whose sound is AC-3', () => composeFlash({ container: 'mkv', audioCodec: 'ac3' })],
    ['mov whose sound is PCM', () => composeFlash({ container: 'mov', audioCodec: 'pcm' })],
    ['a transport stream', () => composeFlash({ container: 'ts' })],
  ])(
    'a preview of H.264 in %s has its own picture, frame by frame when it is shown',
    async (_what, compose) => {
      const tools = await locate();
      const source = await compose();
      const { media, times } = await probeWithFrames(source, { tools });
      expect(copiesPicture(media)).toBe(true);
      const outFile = join(folder, 'copied.mp4');
      await makePreview(source, media, outFile, { tools });
      const made = await probeWithFrames(outFile, { tools });
      expect(needsPreview(made.media)).toBe(false);
      expect(made.media.video).toMatchObject({ displayWidth: 1920, displayHeight: 1080 });
      // A transport stream's clock begins anywhere.
      const sinceFirst = (all: readonly number[]) => all.map((seconds) => seconds - (all[0] ?? 0));
      const [shown, wanted] = [sinceFirst(made.times.all), sinceFirst(times.all)];
      expect(shown).toHaveLength(wanted.length);
      const apart = shown.map((seconds, index) => Math.abs(seconds - (wanted[index] ?? 0)));
      expect(Math.max(...apart)).toBeLessThan(0.0015);
      expect(made.media.video?.startSeconds ?? 0).toBeCloseTo(media.video?.startSeconds ?? 0, 2);
      const before = await flashAndBeep(composer, source);
      const after = await flashAndBeep(composer, outFile);
      expect(Math.abs(after.flash - before.flash)).toBeLessThan(0.002);
      expect(Math.abs(after.beep - before.beep)).toBeLessThan(0.034);
    },
  );

  it.skipIf(!present)('what cannot be copied as it is gets a picture of its own', async () => {
    const tools = await locate();
    const source = await compose({ seconds: 1, container: 'mkv' });
    const media = await probe(source, { tools });
    const { video } = media;
    if (video === null) throw new Error('No picture.');
    expect(copiesPicture(media)).toBe(true);
    // As if some packets had been lost on the way.
    const packets = video.timing.packets + 1;
    const claimed = { ...media, video: { ...video, timing: { ...video.timing, packets } } };
    const outFile = join(folder, 'made.mp4');
    await rm(outFile, { force: true });
    expect(await copyPreview(source, claimed, outFile, { tools })).toBe(false);
    expect(await readdir(folder)).not.toContain('made.mp4');
    await makePreview(source, claimed, outFile, { tools });
    expect((await probe(outFile, { tools })).video).toMatchObject({ displayWidth: 1280 });
    for (const change of [{ interlaced: true }, { rotationDegrees: 90 as const }, { pixelFormat: 'yuv422p' }])
      expect(copiesPicture({ ...media, video: { ...video, ...change } })).toBe(false);
    expect(copiesPicture({ ...media, sizeBytes: 2_000_000_000 })).toBe(false);
  });

  it.skipIf(!present).each<[string, Composition, number, number]>([
    ['a wide take', { seconds: 3 }, 640, 360],
    ['a phone held upright', { ...small, rotation: 90 }, 360, 640],
    ['HDR', { ...small, codec: 'hevc-hdr10' }, 640, 360],
    ['a moment at 4K', { seconds: 0.25, width: 3840, height: 2160 }, 640, 360],
  ])('a poster of %s', async (_what, composition, width, height) => {
    const tools = await locate();
    const source = await compose(composition);
    const outFile = join(folder, 'poster %d.jpg');
    await makePoster(source, await probe(source, { tools }), outFile, { tools });
    const bytes = await readFile(outFile);
    expect(bytes.subarray(0, 2).toString('hex')).toBe('ffd8');
    expect(await pictureSize(composer, outFile)).toEqual({ width, height });
    // Read under a name without a percent sign, which ffmpeg's reader of pictures takes for a counter.
    const plain = join(folder, 'poster.jpg');
    await copyFile(outFile, plain);
    expect(await meanLuma(composer, plain)).toBeGreaterThan(60);
  });

  it.skipIf(!present).each(['mp3', 'wav'])(
    'first words are cut as %s, from where somebody speaks',
    async (ending) => {
      const tools = await locate();
      const media = await probe(lateSpeech, { tools });
      const outFile = join(folder, `words.${ending}`);
      const { startSeconds } = await cutSpeech(lateSpeech, media, { seconds: 3, tools }, outFile);
      expect(startSeconds).toBeGreaterThanOrEqual(5.5);
      const { duration, peak } = await soundFacts(composer, outFile);
      expect(Math.abs(duration - 3)).toBeLessThan(0.1);
      expect(peak).toBeGreaterThan(-20);
    },
  );

  it.skipIf(!present)('a take shorter than the first words is taken whole', async () => {
    const tools = await locate();
    const source = await compose(small);
    const outFile = join(folder, 'short.wav');
    await cutSpeech(source, await probe(source, { tools }), { seconds: 3, tools }, outFile);
    expect(Math.abs((await soundFacts(composer, outFile)).duration - 2)).toBeLessThan(0.1);
  });

  it.skipIf(!present)('a clip plays, and is as long as asked', async () => {
    const tools = await locate();
    const source = await compose({ seconds: 3 });
    const outFile = join(folder, 'clip.mp4');
    await cutClip(source, 1, 1.5, outFile, { tools });
    const clip = await probe(outFile, { tools });
    expect(needsPreview(clip)).toBe(false);
    expect(clip.durationSeconds).toBeCloseTo(1.5, 1);
    expect(clip.audio?.sampleRate).toBe(48_000);
  });

  it.skipIf(!present)(
    'the check of a file says what is the matter with it, and grows to its end',
    async () => {
      const tools = await locate();
      const check = async (composition: Composition) => {
        const progress: number[] = [];
        const { report } = await checkFile(await compose(composition), {
          tools,
          shot: 'head-and-shoulders',
          now: new Date(0),
          onProgress: (share) => progress.push(share),
        });
        expect(ReportSchema.parse(report)).toEqual(report);
        expect(progress).toEqual([...progress].sort((a, b) => a - b));
        expect(progress.at(-1)).toBe(1);
        return { verdict: report.verdict, codes: report.findings.map((finding) => finding.code) };
      };
      const whole = await check({ ...small, seconds: 16, width: 1280, height: 720 });
      expect(whole.codes).toEqual(expect.arrayContaining(['DURATION_SHORT', 'RESOLUTION_LOW']));
      expect(whole.codes).not.toContain('RESOLUTION_TOO_LOW');
      const poor = await check({ ...small, audio: 'silent', codec: 'hevc', container: 'mkv', fps: 24 });
      expect(poor.verdict).toBe('fail');
      const told = [
        ...['AUDIO_SILENT', 'DURATION_TOO_SHORT', 'RESOLUTION_TOO_LOW', 'FRAME_RATE_OFF'],
        ...['CODEC_CONVERTED', 'CONTAINER_CONVERTED'],
      ];
      // In the order of their importance.
      expect(poor.codes.filter((code) => told.includes(code))).toEqual(told);
      expect((await check({ ...small, audio: 'none' })).codes).toContain('AUDIO_MISSING');
    },
  );
});

async function pictureSize(tools: MediaTools, file: string): Promise<{ width: number; height: number }> {
  const { stdout } = await promisify(execFile)(tools.ffprobe, [
    ...[
      '-v',
      'error',
      '-f',
      'mjpeg',
      '-show_entries',
      'stream=width,height',
      '-of',
      'csv=p=0',
      `file:${file}`,
    ],
  ]);
  const [width = 0, height = 0] = stdout.trim().split(',').map(Number);
  return { width, height };
}

async function soundFacts(tools: MediaTools, file: string): Promise<{ duration: number; peak: number }> {
  const { stderr } = await promisify(execFile)(tools.ffmpeg, [
    '-nostdin',
    '-i',
    file,
    '-af',
    'volumedetect',
    '-f',
    'null',
    '-',
  ]);
  const at = [...stderr.matchAll(/time=(\d+):(\d+):([\d.]+)/g)].at(-1);
  return {
    duration: Number(at?.[1]) * 3600 + Number(at?.[2]) * 60 + Number(at?.[3]),
    peak: Number(/max_volume: (-?[\d.]+)/.exec(stderr)?.[1]),
  };
}
