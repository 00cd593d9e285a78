import { expect, test } from 'vitest';
import { observationsOf } from '../../tests/doubles/reports.ts';
import { NO_MENDS } from '../domain/review.ts';
import type { CutCandidate, Observations } from './observations.ts';
import { partOf } from './part.ts';
import { longestWholePart } from './wholePart.ts';

const cut = (atSeconds: number): CutCandidate => ({
  atSeconds,
  pictureJump: 14,
  faceJump: 18,
  soundJump: 9,
  timeJump: 1,
});

/** Four minutes at 25 frames a second, whose picture can be copied. */
function take(cuts: readonly number[], keyFrames: readonly number[]): Observations {
  const plain = observationsOf({ durationSeconds: 240, cuts: cuts.map(cut) });
  return { ...plain, frameTimes: { intervals: [[400, 6000]], keyFrames: [...keyFrames] } };
}

const everyTwo = Array.from({ length: 120 }, (_, index) => index * 2);
const whole = { startSeconds: 0, endSeconds: 240 };
const kept = (observations: Observations, range = whole) =>
  longestWholePart(observations, range, { mends: NO_MENDS });

test('it begins with the first key frame behind a cut, and ends where the next one is', () => {
  const observations = take([31, 201], everyTwo);
  const part = kept(observations);
  expect(part).toEqual({ startSeconds: 32, endSeconds: 201, exact: false });
  // What is judged of it has no cut any more.
  expect(partOf(observations, { shot: 'head-and-shoulders', origin: 'imported' }, part).cuts).toEqual([]);
});

test('all cuts count, also those for which a finding has no room', () => {
  const cuts = Array.from({ length: 11 }, (_, index) => 20 * (index + 1));
  expect(kept(take(cuts.slice(0, 10), everyTwo))).toMatchObject({ startSeconds: 200, endSeconds: 240 });
});

test('a key frame at the cut is the first frame behind it', () => {
  expect(kept(take([100], [0, 100]))).toEqual({ startSeconds: 100, endSeconds: 240, exact: false });
});

test('where the next key frame is far away or missing, it begins with the very frame', () => {
  expect(kept(take([100], [0]))).toEqual({ startSeconds: 100, endSeconds: 240, exact: true });
  expect(kept(take([100], [0, 110]))).toEqual({ startSeconds: 100, endSeconds: 240, exact: true });
});

test('it lies in what is kept already', () => {
  expect(kept(take([100], everyTwo), { startSeconds: 20, endSeconds: 90 })).toMatchObject({
    startSeconds: 20,
    endSeconds: 90,
  });
});

test('it is no longer than a trainer takes, and is none where every part is too short', () => {
  const long = { ...take([300], everyTwo), durationSeconds: 1800 };
  expect(kept(long, { startSeconds: 0, endSeconds: 1800 })).toEqual({
    startSeconds: 300,
    endSeconds: 900,
    exact: true,
  });
  expect(kept(take([14, 28], everyTwo), { startSeconds: 0, endSeconds: 40 })).toBeNull();
});
