import { describe, expect, it } from 'vitest';
import { bitRateFor, firstThatWorks, pictureLadder, recordedSize, soundLadder } from './codecs.ts';

const FULL_HD = { width: 1920, height: 1080 };

describe('the ladder of codecs', () => {
  it('goes from High over Main to Constrained Baseline, then VP9 and VP8', () => {
    expect(pictureLadder(FULL_HD).map(({ config }) => config.codec)).toEqual([
      'avc1.640028',
      'avc1.4D0028',
      'avc1.42E028',
      'vp09.00.40.08',
      'vp8',
    ]);
  });

  it('puts everything into MP4 that MP4 can hold', () => {
    expect(pictureLadder(FULL_HD).map(({ container }) => container)).toEqual([
      'mp4',
      'mp4',
      'mp4',
      'mp4',
      'webm',
    ]);
  });

  it.each([
    { size: FULL_HD, codec: 'avc1.640028' },
    { size: { width: 1080, height: 1920 }, codec: 'avc1.640028' },
    { size: { width: 1920, height: 1200 }, codec: 'avc1.640033' },
    { size: { width: 3840, height: 2160 }, codec: 'avc1.640033' },
  ])('asks for a level that allows $size.width × $size.height', ({ size, codec }) => {
    expect(pictureLadder(size)[0]?.config.codec).toBe(codec);
  });

  it('leaves hardware to the browser, and frames to nobody', () => {
    for (const { kind, config } of pictureLadder(FULL_HD)) {
      expect(config.hardwareAcceleration).toBe('no-preference');
      if (kind === 'avc') expect(config.latencyMode).toBe('quality');
    }
  });

  it('wants AAC, and takes Opus', () => {
    expect(soundLadder(2).map(({ kind, config }) => [kind, config.codec, config.numberOfChannels])).toEqual([
      ['aac', 'mp4a.40.2', 2],
      ['opus', 'opus', 2],
    ]);
  });
});

describe('the rung that is taken', () => {
  it.each<{ working: readonly string[]; taken: string | undefined }>([
    { working: ['a', 'b'], taken: 'a' },
    { working: ['c'], taken: 'c' },
    { working: [], taken: undefined },
  ])('is the first of $working', async ({ working, taken }) => {
    const tried: string[] = [];
    const found = await firstThatWorks(['a', 'b', 'c'], async (rung) => {
      tried.push(rung);
      return working.includes(rung) ? true : null;
    });
    expect(found?.rung).toBe(taken);
    expect(tried).toEqual(['a', 'b', 'c'].slice(0, taken === 'a' ? 1 : 3));
  });
});

describe('size and rate', () => {
  it('drop an odd last row or column', () => {
    expect(recordedSize({ width: 1281, height: 721 })).toEqual({ width: 1280, height: 720 });
    expect(recordedSize(FULL_HD)).toEqual(FULL_HD);
  });

  it.each([
    { size: FULL_HD, rate: 10_000_000 },
    { size: { width: 1280, height: 720 }, rate: 4_444_444 },
    { size: { width: 640, height: 480 }, rate: 2_000_000 },
    { size: { width: 3840, height: 2160 }, rate: 40_000_000 },
  ])('are $rate bits a second for $size.width × $size.height', ({ size, rate }) => {
    expect(bitRateFor(size)).toBe(rate);
  });
});
