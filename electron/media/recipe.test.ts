import { describe, expect, it } from 'vitest';
import type { AudioStream, MediaInfo, VideoStream } from '../../shared/domain/media.ts';
import { planMaster, recipeOf } from './recipe.ts';

const VIDEO: VideoStream = {
  index: 0,
  codec: 'h264',
  profile: 'High',
  pixelFormat: 'yuv420p',
  bitDepth: 8,
  codedWidth: 1920,
  codedHeight: 1080,
  displayWidth: 1920,
  displayHeight: 1080,
  rotationDegrees: 0,
  sampleAspectRatio: 1,
  averageFrameRate: 30,
  timing: {
    packets: 900,
    medianSeconds: 1 / 30,
    p95DeviationMs: 0,
    longestGapSeconds: 1 / 30,
    missingShare: 0,
  },
  interlaced: false,
  hdr: false,
  colorTransfer: 'bt709',
  colorPrimaries: 'bt709',
  colorSpace: 'bt709',
  fullRange: false,
};
const AUDIO: AudioStream = { index: 1, codec: 'aac', profile: 'LC', sampleRate: 48_000, channels: 2 };

function mediaOf(
  video: Partial<VideoStream>,
  audio: Partial<AudioStream> | null = {},
  container = 'mov,mp4,m4a',
): MediaInfo {
  return {
    container,
    sizeBytes: 1,
    durationSeconds: 30,
    bitRate: 1,
    video: { ...VIDEO, ...video },
    audio: audio === null ? null : { ...AUDIO, ...audio },
    faststart: false,
  };
}

const size = (width: number, height: number) => ({
  codedWidth: width,
  codedHeight: height,
  displayWidth: width,
  displayHeight: height,
});

describe('what complies is copied, up to each bound', () => {
  it.each<[string, Partial<VideoStream>, readonly string[]]>([
    ['Constrained Baseline', { profile: 'Constrained Baseline' }, []],
    ['Baseline proper', { profile: 'Baseline' }, ['profile']],
    ['full range', { pixelFormat: 'yuvj420p' }, []],
    ['4:2:2', { pixelFormat: 'yuv422p' }, ['chroma']],
    ['29.97', { averageFrameRate: 30_000 / 1001 }, []],
    ['29.93', { averageFrameRate: 29.93 }, ['frame-rate']],
    ['30.04', { averageFrameRate: 30.04 }, ['frame-rate']],
    ['jitter of 1 ms', { timing: { ...VIDEO.timing, p95DeviationMs: 1 } }, []],
    ['jitter of 1.1 ms', { timing: { ...VIDEO.timing, p95DeviationMs: 1.1 } }, ['frame-timing']],
    ['4K', size(3840, 2160), []],
    ['4K upright', size(2160, 3840), []],
    ['DCI 4K', size(4096, 2160), ['size']],
    ['small', size(640, 360), []],
  ])('%s', (_name, video, reasons) => {
    expect(planMaster(mediaOf(video)).video.reasons).toEqual(reasons);
  });

  it.each<[string, Partial<AudioStream>, readonly string[]]>([
    ['mono', { channels: 1 }, []],
    ['5.1', { channels: 6 }, ['channels']],
    ['HE-AAC', { profile: 'HE-AAC' }, ['profile']],
    ['44.1 kHz', { sampleRate: 44_100 }, ['sample-rate']],
    ['late', { startSeconds: 0.4 }, ['late-start']],
    ['late by its priming', { startSeconds: 0.021 }, []],
  ])('%s', (_name, audio, reasons) => {
    expect(planMaster(mediaOf({}, audio)).audio.reasons).toEqual(reasons);
  });

  it('needs a container with both times of every frame', () => {
    expect(planMaster(mediaOf({}, {}, 'matroska,webm')).video.action).toBe('copy');
    expect(planMaster(mediaOf({}, {}, 'avi')).video.reasons).toEqual(['container']);
    expect(planMaster(mediaOf({}, {}, 'mpegts')).audio.reasons).toEqual(['container']);
  });
});

describe('an encoded picture', () => {
  const planned = (video: Partial<VideoStream>) => planMaster(mediaOf({ codec: 'hevc', ...video })).video;

  it.each<[string, Partial<VideoStream>, number, number, string]>([
    ['small stays small', size(640, 360), 640, 360, 'as-is'],
    ['odd loses a row', size(1279, 719), 1278, 718, 'crop'],
    ['over 4K is scaled', size(7680, 4320), 3840, 2160, 'scale'],
    ['DCI 4K keeps its shape', size(4096, 2160), 3840, 2024, 'scale'],
    ['upright over 4K stays upright', size(4320, 7680), 2160, 3840, 'scale'],
    [
      'squeezed is scaled',
      { ...size(1440, 1080), displayWidth: 1920, sampleAspectRatio: 4 / 3 },
      1920,
      1080,
      'scale',
    ],
  ])('%s', (_name, video, width, height, fit) => {
    expect(planned(video)).toMatchObject({ width, height, fit });
  });

  it.each([
    [24, '30'],
    [25, '30'],
    [29.97, '30000/1001'],
    [30, '30'],
    [50, '30'],
    [59.94, '30000/1001'],
    [60, '30'],
    [119.88, '30000/1001'],
    [22.13, '30'],
    [5, '30'],
  ])('%s frames a second become %s', (averageFrameRate, frameRate) => {
    expect(planned({ averageFrameRate })).toMatchObject({ frameRate });
  });

  it('interlaced: fields of 50i, whole pictures of 60i', () => {
    expect(planned({ interlaced: true, averageFrameRate: 25 })).toMatchObject({ deinterlace: 'fields' });
    expect(planned({ interlaced: true, averageFrameRate: 29.97 })).toMatchObject({ deinterlace: 'frames' });
  });
});

it('names say what is done, and fit every file system', () => {
  const names = [
    mediaOf({}),
    mediaOf({}, null),
    mediaOf({ codec: 'hevc' }, { channels: 6 }),
    mediaOf(
      { codec: 'hevc', hdr: true, interlaced: true, averageFrameRate: 29.97, ...size(7680, 4320) },
      { channels: 1, codec: 'opus' },
    ),
  ].map((media) => recipeOf(planMaster(media)));
  expect(names).toEqual([
    'v1-copy-copy',
    'v1-copy-mute',
    'v1-h264-1920x1080-30-aac2',
    'v1-h264-3840x2160-29.97-scale-deint-frames-sdr-aac1',
  ]);
  for (const name of names) expect(name).toMatch(/^[a-z0-9.-]{1,80}$/);
});
