import { describe, expect, it } from 'vitest';
import type { AudioLevel, MediaInfo, VideoStream } from '../domain/media.ts';
import { ReportSchema } from '../domain/report.ts';
import { FINDING_WORDS } from '../words/findings.ts';
import { firstCheck } from './firstCheck.ts';

const TIMING = {
  packets: 5400,
  medianSeconds: 1 / 30,
  p95DeviationMs: 0.4,
  longestGapSeconds: 0.034,
  missingShare: 0,
};
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
  timing: TIMING,
  interlaced: false,
  hdr: false,
  colorTransfer: 'bt709',
  colorPrimaries: 'bt709',
  colorSpace: 'bt709',
  fullRange: false,
};
const GOOD: MediaInfo = {
  container: 'mov,mp4,m4a,3gp,3g2,mj2',
  sizeBytes: 1_000_000,
  durationSeconds: 180,
  bitRate: 8_000_000,
  video: VIDEO,
  audio: { index: 1, codec: 'aac', profile: 'LC', sampleRate: 48_000, channels: 2 },
  faststart: true,
};
const HEARD: AudioLevel = { meanDbfs: -24, peakDbfs: -4, silentShare: 0.1 };

function reportOf(media: Partial<MediaInfo>, level: AudioLevel | null = HEARD) {
  return firstCheck({ media: { ...GOOD, ...media }, audioLevel: level, shot: 'waist-up', now: new Date(0) });
}
const codesOf = (media: Partial<MediaInfo>, level: AudioLevel | null = HEARD) =>
  reportOf(media, level).findings.map(({ code, severity }) => `${severity} ${code}`);
const seen = (video: Partial<VideoStream>) => ({ video: { ...VIDEO, ...video } });
const timed = (timing: Partial<VideoStream['timing']>) => seen({ timing: { ...TIMING, ...timing } });
const shown = (width: number, height: number) => seen({ displayWidth: width, displayHeight: height });

it('a good take passes with nothing to say', () => {
  const report = reportOf({});
  expect(report).toMatchObject({
    verdict: 'pass',
    findings: [],
    createdAt: '1970-01-01T00:00:00.000Z',
    depth: 'complete',
  });
  expect(report.measures.every((measure) => measure.state === 'pass')).toBe(true);
  expect(ReportSchema.parse(report)).toEqual(report);
});

describe('each limit, on both sides', () => {
  it.each<[string, Partial<MediaInfo>, string | null]>([
    ['14.99 s', { durationSeconds: 14.99 }, 'fail DURATION_TOO_SHORT'],
    ['15 s', { durationSeconds: 15 }, 'warn DURATION_SHORT'],
    ['119.9 s', { durationSeconds: 119.9 }, 'warn DURATION_SHORT'],
    ['120 s', { durationSeconds: 120 }, null],
    ['300 s', { durationSeconds: 300 }, null],
    ['300.1 s', { durationSeconds: 300.1 }, 'warn DURATION_LONG'],
    ['600 s', { durationSeconds: 600 }, 'warn DURATION_LONG'],
    ['600.1 s', { durationSeconds: 600.1 }, 'fail DURATION_TOO_LONG'],
    ['719 px', shown(1280, 719), 'fail RESOLUTION_TOO_LOW'],
    ['720 px', shown(1280, 720), 'warn RESOLUTION_LOW'],
    ['1079 px', shown(1919, 1079), 'warn RESOLUTION_LOW'],
    ['1080 px upright', shown(1080, 1920), null],
    ['27.9 fps', seen({ averageFrameRate: 27.9 }), 'warn FRAME_RATE_OFF'],
    ['28 fps', seen({ averageFrameRate: 28 }), null],
    ['32 fps', seen({ averageFrameRate: 32 }), null],
    ['32.1 fps', seen({ averageFrameRate: 32.1 }), 'warn FRAME_RATE_OFF'],
    ['jitter 15 ms', timed({ p95DeviationMs: 15 }), 'warn FRAMES_UNEVEN'],
    ['jitter 14.9 ms', timed({ p95DeviationMs: 14.9 }), 'info VARIABLE_FRAME_RATE'],
    ['jitter 1 ms', timed({ p95DeviationMs: 1 }), null],
    ['2 % missing', timed({ missingShare: 0.02 }), 'warn FRAMES_MISSING'],
    ['1.9 % missing', timed({ missingShare: 0.019 }), null],
    ['a gap of 0.51 s', timed({ longestGapSeconds: 0.51 }), 'warn FRAME_GAP'],
    ['a gap of 0.5 s', timed({ longestGapSeconds: 0.5 }), null],
  ])('%s', (_name, media, finding) => {
    expect(codesOf(media)).toEqual(finding === null ? [] : [finding]);
  });

  it.each<[string, AudioLevel | null, string | null]>([
    ['no audio', null, 'fail AUDIO_MISSING'],
    ['peak -50', { ...HEARD, peakDbfs: -50, silentShare: 1 }, 'fail AUDIO_SILENT'],
    ['95 % silent', { ...HEARD, silentShare: 0.95 }, 'fail AUDIO_SILENT'],
    ['94 % silent', { ...HEARD, silentShare: 0.94 }, 'warn AUDIO_MOSTLY_SILENT'],
    ['50 % silent', { ...HEARD, silentShare: 0.5 }, 'warn AUDIO_MOSTLY_SILENT'],
    ['49 % silent', { ...HEARD, silentShare: 0.49 }, null],
  ])('%s', (_name, level, finding) => {
    expect(codesOf(level === null ? { audio: null } : {}, level)).toEqual(finding === null ? [] : [finding]);
  });
});

it.each<[string, Partial<MediaInfo>, readonly string[]]>([
  ['HEVC', seen({ codec: 'hevc', profile: 'Main' }), ['info CODEC_CONVERTED']],
  [
    'H.264 4:2:2 10-bit',
    seen({ profile: 'High 4:2:2', bitDepth: 10, pixelFormat: 'yuv422p10le' }),
    ['info COLOURS_CONVERTED'],
  ],
  [
    'HDR',
    seen({ codec: 'hevc', bitDepth: 10, pixelFormat: 'yuv420p10le', hdr: true }),
    ['info CODEC_CONVERTED', 'info HDR_CONVERTED'],
  ],
  ['interlaced', seen({ interlaced: true }), ['info INTERLACED']],
  ['a phone', seen({ rotationDegrees: 90 }), ['info ROTATED']],
  ['squeezed', seen({ sampleAspectRatio: 4 / 3 }), ['info PIXELS_NOT_SQUARE']],
  ['8K', shown(7680, 4320), ['info SIZE_REDUCED']],
  ['mkv', { container: 'matroska,webm' }, ['info CONTAINER_CONVERTED']],
  [
    '44.1 kHz',
    { audio: { index: 1, codec: 'aac', profile: 'LC', sampleRate: 44_100, channels: 2 } },
    ['info AUDIO_CONVERTED'],
  ],
])('what preparing changes is told, and no fault: %s', (_name, media, findings) => {
  expect(codesOf(media)).toEqual(findings);
  expect(reportOf(media).verdict).toBe('pass');
});

it('the worst comes first', () => {
  const report = reportOf({ durationSeconds: 14, ...shown(1280, 720), container: 'avi' });
  expect(report.findings.map((finding) => finding.severity)).toEqual(['fail', 'warn', 'info']);
  expect(report.verdict).toBe('fail');
});

it('says figures as people do', () => {
  expect(reportOf({ durationSeconds: 14.99 }).findings[0]).toMatchObject({
    message: 'The take is only 14.9 s long, and would be refused.',
    measured: '14.9 s',
    limit: 'at least 15 s',
  });
  expect(reportOf({ durationSeconds: 65.2 }).findings[0]?.message).toContain('1 min 5 s');
  expect(
    reportOf({ audio: { index: 1, codec: 'pcm_s16le', profile: '', sampleRate: 44_100, channels: 6 } })
      .findings[0]?.message,
  ).toBe('The sound is uncompressed, 44.1 kHz, 6 channels; it becomes AAC at 48 kHz.');
});

it('every sentence is short and ends', () => {
  for (const words of Object.values(FINDING_WORDS)) {
    const message = words.message({ measured: '12 s', limit: '15 s' });
    for (const text of [message, words.remedy]) {
      expect(text).toMatch(/[.]$/);
      expect(text.length).toBeLessThan(130);
    }
  }
});
