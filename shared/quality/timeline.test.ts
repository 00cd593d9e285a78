import { expect, test } from 'vitest';
import { observationsOf } from '../../tests/doubles/reports.ts';
import type { SoundWindow } from './observations.ts';
import { isOutside, timelineOf } from './timeline.ts';

const window = (atSeconds: number, loudnessLufs: number, speech: number): SoundWindow => ({
  atSeconds,
  rmsDbfs: loudnessLufs,
  peakDbfs: -12,
  quietDbfs: loudnessLufs,
  clippedShare: 0,
  speech,
  loudnessLufs,
  truePeakDbtp: -12,
  humDb: 0,
});

test('loudness is told once a second, and a pause is held against nothing', () => {
  const windows = [
    ...[0, 0.4, 0.8].map((at) => window(at, -20, 1)),
    // A door, a word, and a breath.
    ...[window(1, -12, 0), window(1.2, -21, 1), window(1.6, -55, 0)],
    ...[2, 2.4, 2.8].map((at) => window(at, -58, 0)),
    ...[3.2, 3.6].map((at) => window(at, -40, 1)),
  ];
  const { tracks } = timelineOf(
    observationsOf({ sound: { windows, peaks: [], humHz: null, echoMs: null } }),
    'head-and-shoulders',
  );
  const loudness = tracks.find(({ code }) => code === 'LOUDNESS');
  if (!loudness) throw new Error('no loudness');
  expect(loudness.points.map(({ value }) => value)).toEqual([-20, -21, -58, -40]);
  // Somebody who speaks too quietly is heard as such.
  expect(loudness.points.map((point) => isOutside(loudness, point))).toEqual([false, false, false, true]);
  expect(isOutside({ band: null }, { atSeconds: 0, value: -90 })).toBe(false);
});
