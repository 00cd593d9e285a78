/** Masters from every kind of source, with every ffmpeg there is, measured by other means than ours. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MediaTools } from '../../electron/media/locate.ts';
import { prepareMaster } from '../../electron/media/prepare.ts';
import { probe } from '../../electron/media/probe.ts';
import { planMaster, recipeOf } from '../../electron/media/recipe.ts';
import { flashAndBeep, meanLuma, ssim } from '../footage/measure.ts';
import {
  BUILDS,
  bundledTools,
  type Composition,
  composeTake,
  hasSystemFfmpeg,
  newestTools,
} from '../footage/tools.ts';

interface Case {
  readonly name: string;
  readonly source: Composition;
  /** Chain that makes of the source what the master should show; null where pixels cannot be compared. */
  readonly expected: string | null;
  readonly recipe: string;
  /** Reasons for encoding the picture and the sound; empty when copied. */
  readonly video: readonly string[];
  readonly audio: readonly string[];
  readonly channels?: 1 | 2;
  /** Composed only by a recent ffmpeg. */
  readonly recent?: true;
}

const small = { seconds: 1, width: 640, height: 360 } as const;
/** Long enough to tell one frame rate from another. */
const longer = { ...small, seconds: 2 } as const;
const to30 = 'fps=30:start_time=0';

const CASES: readonly Case[] = [
  {
    name: 'H.264 that complies',
    source: { ...small },
    expected: '',
    recipe: 'v1-copy-copy',
    video: [],
    audio: [],
  },
  {
    name: 'H.264 that complies, in mkv',
    source: { ...small, container: 'mkv' },
    expected: '',
    recipe: 'v1-copy-copy',
    video: [],
    audio: [],
  },
  {
    name: '29.97 that complies',
    source: { ...longer, fps: '30000/1001' },
    expected: '',
    recipe: 'v1-copy-copy',
    video: [],
    audio: [],
  },
  {
    name: 'Constrained Baseline',
    source: { ...small, codec: 'h264-baseline' },
    expected: '',
    recipe: 'v1-copy-copy',
    video: [],
    audio: [],
  },
  {
    name: 'H.264 and PCM in mov',
    source: { ...small, container: 'mov', audioCodec: 'pcm' },
    expected: '',
    recipe: 'v1-copy-aac2',
    video: [],
    audio: ['codec'],
  },
  {
    name: 'H.264 in a transport stream',
    source: { ...small, container: 'ts' },
    expected: '',
    recipe: 'v1-h264-640x360-30-aac2',
    video: ['container'],
    audio: ['container'],
  },
  {
    name: 'H.264 4:2:2 10-bit',
    source: { ...small, codec: 'h264-422-10' },
    expected: '',
    recipe: 'v1-h264-640x360-30-copy',
    video: ['profile', 'bit-depth'],
    audio: [],
  },
  {
    name: 'HEVC in mp4',
    source: { ...small, codec: 'hevc' },
    expected: '',
    recipe: 'v1-h264-640x360-30-copy',
    video: ['codec'],
    audio: [],
  },
  {
    name: 'HEVC in mkv',
    source: { ...small, codec: 'hevc', container: 'mkv' },
    expected: to30,
    recipe: 'v1-h264-640x360-30-copy',
    video: ['codec'],
    audio: [],
  },
  {
    name: 'HDR10',
    source: { ...small, codec: 'hevc-hdr10' },
    expected: null,
    recipe: 'v1-h264-640x360-30-sdr-copy',
    video: ['codec', 'bit-depth', 'hdr'],
    audio: [],
  },
  {
    name: 'HLG',
    source: { ...small, codec: 'hevc-hlg', container: 'mov' },
    expected: null,
    recipe: 'v1-h264-640x360-30-sdr-copy',
    video: ['codec', 'bit-depth', 'hdr'],
    audio: [],
  },
  {
    name: 'ProRes in mov',
    source: { ...small, codec: 'prores', container: 'mov', audioCodec: 'pcm' },
    expected: '',
    recipe: 'v1-h264-640x360-30-aac2',
    video: ['codec', 'bit-depth'],
    audio: ['codec'],
  },
  {
    name: 'MPEG-4 in avi',
    source: { ...longer, codec: 'mpeg4', container: 'avi', audioCodec: 'mp3' },
    expected: 'fps=30:start_time=0,scale=in_color_matrix=bt601:out_color_matrix=bt709',
    recipe: 'v1-h264-640x360-30-aac2',
    // An AVI begins with one empty frame for the sound's lead, which weighs in two seconds.
    video: ['codec', 'frame-rate'],
    audio: ['codec'],
  },
  {
    name: 'VP9 and Opus in WebM',
    source: { ...small, codec: 'vp9', container: 'webm', audioCodec: 'opus' },
    expected: to30,
    recipe: 'v1-h264-640x360-30-aac2',
    video: ['codec'],
    audio: ['codec'],
  },
  {
    name: 'AV1 in mp4',
    source: { ...small, codec: 'av1' },
    expected: '',
    recipe: 'v1-h264-640x360-30-copy',
    video: ['codec'],
    audio: [],
    recent: true,
  },
  {
    name: 'AV1 in mkv',
    source: { ...small, codec: 'av1', container: 'mkv' },
    expected: to30,
    recipe: 'v1-h264-640x360-30-copy',
    video: ['codec'],
    audio: [],
    recent: true,
  },
  {
    name: 'a phone held upright (90°)',
    source: { ...small, rotation: 90 },
    expected: 'transpose=clock',
    recipe: 'v1-h264-360x640-30-copy',
    video: ['rotation'],
    audio: [],
  },
  {
    name: 'a phone upside down (180°)',
    source: { ...small, rotation: 180 },
    expected: 'hflip,vflip',
    recipe: 'v1-h264-640x360-30-copy',
    video: ['rotation'],
    audio: [],
  },
  {
    name: 'a phone the other way up (270°)',
    source: { ...small, rotation: 270 },
    expected: 'transpose=cclock',
    recipe: 'v1-h264-360x640-30-copy',
    video: ['rotation'],
    audio: [],
  },
  {
    name: '24 frames a second',
    source: { ...longer, fps: 24 },
    expected: to30,
    recipe: 'v1-h264-640x360-30-copy',
    video: ['frame-rate'],
    audio: [],
  },
  {
    name: '25 frames a second',
    source: { ...longer, fps: 25 },
    expected: to30,
    recipe: 'v1-h264-640x360-30-copy',
    video: ['frame-rate'],
    audio: [],
  },
  {
    name: '50 frames a second',
    source: { ...longer, fps: 50 },
    expected: to30,
    recipe: 'v1-h264-640x360-30-copy',
    video: ['frame-rate'],
    audio: [],
  },
  {
    name: '59.94 frames a second',
    source: { ...longer, fps: '60000/1001' },
    expected: 'fps=30000/1001:start_time=0',
    recipe: 'v1-h264-640x360-29.97-copy',
    video: ['frame-rate'],
    audio: [],
  },
  {
    name: '60 frames a second',
    source: { ...longer, fps: 60 },
    expected: to30,
    recipe: 'v1-h264-640x360-30-copy',
    video: ['frame-rate'],
    audio: [],
  },
  {
    name: '22.13 frames a second',
    source: { ...longer, fps: '22.13' },
    expected: to30,
    recipe: 'v1-h264-640x360-30-copy',
    video: ['frame-rate'],
    audio: [],
  },
  {
    name: 'a variable frame rate',
    source: { ...longer, variableFrameRate: true },
    expected: to30,
    recipe: 'v1-h264-640x360-30-copy',
    video: ['frame-rate', 'frame-timing'],
    audio: [],
  },
  {
    name: 'interlaced, 25 pictures',
    source: { ...longer, interlaced: true, fps: 25 },
    expected: `bwdif=mode=send_field,${to30}`,
    recipe: 'v1-h264-640x360-30-deint-fields-copy',
    video: ['interlaced', 'frame-rate'],
    audio: [],
  },
  {
    name: 'interlaced, 29.97 pictures',
    source: { ...longer, interlaced: true, fps: '30000/1001' },
    expected: 'bwdif=mode=send_frame,fps=30000/1001:start_time=0',
    recipe: 'v1-h264-640x360-29.97-deint-frames-copy',
    video: ['interlaced'],
    audio: [],
  },
  {
    name: 'mono',
    source: { ...small, channels: 1 },
    expected: '',
    recipe: 'v1-copy-copy',
    video: [],
    audio: [],
    channels: 1,
  },
  {
    name: 'mono at 44.1 kHz',
    source: { ...small, channels: 1, sampleRate: 44_100 },
    expected: '',
    recipe: 'v1-copy-aac1',
    video: [],
    audio: ['sample-rate'],
    channels: 1,
  },
  {
    name: '5.1',
    source: { ...small, channels: 6 },
    expected: '',
    recipe: 'v1-copy-aac2',
    video: [],
    audio: ['channels'],
  },
  {
    name: '44.1 kHz',
    source: { ...small, sampleRate: 44_100 },
    expected: '',
    recipe: 'v1-copy-aac2',
    video: [],
    audio: ['sample-rate'],
  },
  {
    name: 'portrait',
    source: { ...small, width: 360, height: 640, codec: 'hevc' },
    expected: '',
    recipe: 'v1-h264-360x640-30-copy',
    video: ['codec'],
    audio: [],
  },
  {
    name: '720p',
    source: { ...small, width: 1280, height: 720, codec: 'hevc' },
    expected: '',
    recipe: 'v1-h264-1280x720-30-copy',
    video: ['codec'],
    audio: [],
  },
  {
    name: '4K',
    source: { seconds: 0.25, width: 3840, height: 2160, fps: 24 },
    expected: to30,
    recipe: 'v1-h264-3840x2160-30-copy',
    video: ['frame-rate'],
    audio: [],
  },
  {
    name: 'larger than 4K',
    source: { seconds: 0.25, width: 4096, height: 2304 },
    expected: 'scale=3840:2160',
    recipe: 'v1-h264-3840x2160-30-scale-copy',
    video: ['size'],
    audio: [],
  },
  {
    name: 'an odd size',
    source: { ...small, width: 639, height: 359, codec: 'vp9', container: 'webm', audioCodec: 'opus' },
    expected: `${to30},crop=638:358:0:0`,
    recipe: 'v1-h264-638x358-30-crop-aac2',
    video: ['codec'],
    audio: ['codec'],
  },
  {
    name: 'pixels that are not square',
    source: { ...small, width: 480, pixelAspect: '4/3' },
    expected: 'scale=640:360',
    recipe: 'v1-h264-640x360-30-scale-copy',
    video: ['pixel-aspect'],
    audio: [],
  },
  {
    name: 'no sound',
    source: { ...small, audio: 'none' },
    expected: '',
    recipe: 'v1-copy-mute',
    video: [],
    audio: [],
  },
];

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'media-prepare-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe.each(BUILDS)('with %s', (build, locate, locateJudge, present) => {
  it.skipIf(!present).each(CASES)('makes a master of $name', async (one) => {
    if (one.recent === true && !hasSystemFfmpeg) return;
    const tools = await locate();
    const judge = await locateJudge();
    const composer = await (one.recent === true ? newestTools() : bundledTools());
    const source = await composeTake(one.source, { ffmpeg: composer.ffmpeg });
    const media = await probe(source, { tools });
    const plan = planMaster(media);
    expect(plan.video.reasons).toEqual(one.video);
    expect(plan.audio.reasons).toEqual(one.audio);
    expect(recipeOf(plan)).toBe(one.recipe);

    const outFile = join(folder, `${build}-${one.name}.mp4`);
    const progress: number[] = [];
    const master = await prepareMaster(source, media, plan, outFile, {
      tools,
      onProgress: (share) => progress.push(share),
    });
    await expectMaster(judge, outFile, plan.audio.action === 'none' ? null : (one.channels ?? 2));
    expect(master.sha256).toBe(
      createHash('sha256')
        .update(await readFile(outFile))
        .digest('hex'),
    );
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(progress.at(-1)).toBe(1);
    expect(Math.abs(master.media.durationSeconds - media.durationSeconds)).toBeLessThanOrEqual(
      Math.max(0.05, media.video?.timing.medianSeconds ?? 0),
    );
    if (one.expected !== null)
      expect(await ssim(judge, outFile, source, one.expected)).toBeGreaterThanOrEqual(0.985);
  });

  it.skipIf(!present).each(['hevc-hdr10', 'hevc-hlg'] as const)(
    'keeps the brightness of %s',
    async (codec) => {
      const tools = await locate();
      const judge = await bundledTools();
      // A part with little white in it: highlights are bent on purpose.
      const scene = { ...small, from: 10 };
      const source = await composeTake({ ...scene, codec }, { ffmpeg: (await bundledTools()).ffmpeg });
      const standard = await composeTake(scene, { ffmpeg: (await bundledTools()).ffmpeg });
      const media = await probe(source, { tools });
      const outFile = join(folder, `${build}-bright-${codec}.mp4`);
      await prepareMaster(source, media, planMaster(media), outFile, { tools });
      // Without tone mapping an HDR10 clip comes out far darker than it was.
      expect(Math.abs((await meanLuma(judge, outFile)) / (await meanLuma(judge, standard)) - 1)).toBeLessThan(
        0.05,
      );
      expect(await ssim(judge, outFile, standard, '')).toBeGreaterThan(0.95);
    },
  );

  it.skipIf(!present).each<[string, Composition, number]>([
    ['mp4, sound with the picture, 44.1 kHz', { ...longer, flashAtSeconds: 1, sampleRate: 44_100 }, 0],
    [
      'mp4, sound late, both copied or filled up',
      { ...longer, flashAtSeconds: 1, audioLateSeconds: 0.4 },
      0.4,
    ],
    [
      'mkv, sound early, picture encoded',
      { ...longer, flashAtSeconds: 1, audioLateSeconds: -0.3, container: 'mkv', codec: 'hevc' },
      -0.3,
    ],
    [
      'WebM, 25 frames a second',
      { ...longer, flashAtSeconds: 1, codec: 'vp9', container: 'webm', audioCodec: 'opus', fps: 25 },
      0,
    ],
    [
      'HEVC, variable frame rate',
      { ...longer, flashAtSeconds: 1, codec: 'hevc', variableFrameRate: true, audioLateSeconds: 0.2 },
      0.2,
    ],
  ])('keeps sound and picture together: %s', async (name, composition, late) => {
    const tools = await locate();
    const source = await composeTake(composition, { ffmpeg: (await bundledTools()).ffmpeg });
    const media = await probe(source, { tools });
    const outFile = join(folder, `${build}-sync-${name}.mp4`);
    const plan = planMaster(media);
    const master = await prepareMaster(source, media, plan, outFile, { tools });
    // What is encoded begins at once: players and trainers differ in how they read a late start.
    if (plan.video.action === 'encode') expect(master.media.video?.startSeconds).toBeLessThan(0.03);
    if (plan.audio.action === 'encode') expect(master.media.audio?.startSeconds).toBeLessThan(0.03);
    const judge = await bundledTools();
    const before = await flashAndBeep(judge, source);
    const after = await flashAndBeep(judge, outFile);
    expect(before.beep - before.flash).toBeCloseTo(late, 1);
    expect(Math.abs(after.beep - after.flash - (before.beep - before.flash))).toBeLessThan(0.034);
  });
});

it('leaves out where the recording was made', async () => {
  const tools = await bundledTools();
  const location = '+52.5200+013.4050/';
  const source = await composeTake({ ...small, container: 'mov', location }, { ffmpeg: tools.ffmpeg });
  const media = await probe(source, { tools });
  const outFile = join(folder, 'place.mp4');
  await prepareMaster(source, media, planMaster(media), outFile, { tools });
  expect(await tagsOf(tools, source)).toMatch(/location=\+52\.52/);
  expect(await tagsOf(tools, outFile)).not.toMatch(/location/);
});

it('leaves nothing beside the masters', async () => {
  expect((await readdir(folder)).filter((name) => !name.endsWith('.mp4'))).toEqual([]);
});

/** Every tag of a file and its streams, as text. */
async function tagsOf(tools: MediaTools, file: string): Promise<string> {
  const entries = 'format_tags:stream_tags';
  const { stdout } = await promisify(execFile)(tools.ffprobe, [
    '-v',
    'error',
    '-show_entries',
    entries,
    '-of',
    'compact',
    file,
  ]);
  return stdout;
}

/** What product.md calls a master, by a plain ffprobe. */
async function expectMaster(tools: MediaTools, file: string, channels: number | null): Promise<void> {
  const { stdout } = await promisify(execFile)(tools.ffprobe, [
    ...['-v', 'error', '-show_streams', '-show_format', '-print_format', 'json', file],
  ]);
  const { streams, format } = JSON.parse(stdout);
  const video = streams.find((stream: { codec_type: string }) => stream.codec_type === 'video');
  const audio = streams.find((stream: { codec_type: string }) => stream.codec_type === 'audio');
  expect(format.format_name).toContain('mp4');
  expect(video).toMatchObject({ codec_name: 'h264', pix_fmt: 'yuv420p', field_order: 'progressive' });
  expect(['Constrained Baseline', 'Main', 'High']).toContain(video.profile);
  expect(['1:1', undefined]).toContain(video.sample_aspect_ratio);
  expect(video.side_data_list ?? []).toEqual([]);
  expect(['bt709', undefined]).toContain(video.color_transfer);
  const [numerator, denominator] = String(video.avg_frame_rate).split('/').map(Number);
  expect(Math.abs((numerator ?? 0) / (denominator ?? 1) - 30)).toBeLessThan(0.04);
  if (channels === null) expect(audio).toBeUndefined();
  else expect(audio).toMatchObject({ codec_name: 'aac', profile: 'LC', sample_rate: '48000', channels });
  const bytes = await readFile(file);
  expect(bytes.indexOf('moov')).toBeLessThan(bytes.indexOf('mdat'));
}
