import { expect, it } from 'vitest';
import { measureFrames } from './timing.ts';

const even = (count: number, interval: number, from = 0) =>
  Array.from({ length: count }, (_, n) => from + n * interval);

it('even frames have no jitter and no gaps, in whatever order they come', () => {
  const times = even(90, 1 / 30);
  const shuffled = [...times.slice(45), ...times.slice(0, 45)];
  expect(measureFrames([shuffled], 1 / 30)).toMatchObject({
    timing: { packets: 90, medianSeconds: 0.033333, p95DeviationMs: 0, missingShare: 0 },
    endSeconds: 3,
  });
  expect(measureFrames([times], null)?.framesPerSecond).toBeCloseTo(30, 6);
});

it('millisecond clocks stay within one millisecond', () => {
  const times = even(300, 1 / 30).map((time) => Math.round(time * 1000) / 1000);
  expect(measureFrames([times], null)?.timing.p95DeviationMs).toBeLessThanOrEqual(1);
});

it('missing frames are counted, and the longest gap is found', () => {
  const times = even(100, 0.04).filter((_, n) => n < 50 || n >= 60);
  const timing = measureFrames([times], 0.04)?.timing;
  expect(timing?.missingShare).toBeCloseTo(0.1, 6);
  expect(timing?.longestGapSeconds).toBeCloseTo(0.44, 6);
});

it('what lies between two stretches is no gap', () => {
  const timing = measureFrames([even(30, 0.04), even(30, 0.04, 100)], 0.04)?.timing;
  expect(timing).toMatchObject({ packets: 60, missingShare: 0 });
  expect(timing?.longestGapSeconds).toBeCloseTo(0.04, 6);
});

it('one frame has no rate; none has nothing', () => {
  expect(measureFrames([[1]], 0.04)).toMatchObject({
    framesPerSecond: null,
    firstSeconds: 1,
    endSeconds: 1.04,
  });
  expect(measureFrames([[]], null)).toBeNull();
});
