import { expect, test } from 'vitest';
import { timesOf } from '../../../../shared/quality/frameTimes.ts';
import { evenFrames, frameAt, nearestFrame, stepTo } from './frames.ts';

/** Ten minutes at 30000/1001: the distances alternate, as whole tenths of a millisecond must. */
const TEN_MINUTES = timesOf({
  intervals: Array.from({ length: 8991 }, (_, index) => [index % 3 === 0 ? 333 : 334, 2] as [number, number]),
  keyFrames: [0],
});

test('stepping there and back sees the same frame, everywhere', () => {
  for (const from of [0, 1, 500, 9000, 17_981]) {
    const seen = stepTo(TEN_MINUTES, TEN_MINUTES[from] ?? 0, 0);
    const next = stepTo(TEN_MINUTES, seen, 1);
    expect(frameAt(TEN_MINUTES, next)).toBe(from + 1);
    expect(frameAt(TEN_MINUTES, stepTo(TEN_MINUTES, next, -1))).toBe(from);
  }
});

test('stepping stays within the take', () => {
  expect(frameAt(TEN_MINUTES, stepTo(TEN_MINUTES, 0, -1))).toBe(0);
  const last = TEN_MINUTES.at(-1) ?? 0;
  expect(frameAt(TEN_MINUTES, stepTo(TEN_MINUTES, last, 1))).toBe(TEN_MINUTES.length - 1);
});

test('a gap is one step, and the player’s rounding does not lose a frame', () => {
  const gap = timesOf({
    intervals: [
      [400, 1],
      [20_000, 1],
      [400, 1],
    ],
    keyFrames: [0],
  });
  expect(frameAt(gap, stepTo(gap, 1, 1))).toBe(2);
  expect(frameAt(gap, 0.039_999)).toBe(1);
  expect(nearestFrame(gap, 0.5)).toBe(0.04);
  expect(nearestFrame(gap, 1.5)).toBe(2.04);
});

test('a video of which only the rate is known', () => {
  expect(evenFrames(25, 2)).toHaveLength(50);
  expect(stepTo(evenFrames(25, 2), 0, 1)).toBeCloseTo(0.06);
});
