import { expect, test } from 'vitest';
import { evenFrames } from '../player/frames.ts';
import { beginHistory, changed, redone, undone } from './history.ts';
import { type CutPoints, chosenRange, moveEdge, nextPoint, parseTime, setExact } from './trim.ts';

/** A minute with a key frame every two seconds. */
const points: CutPoints = {
  durationSeconds: 60,
  keyFrames: Array.from({ length: 30 }, (_, index) => index * 2),
  frames: evenFrames(25, 60),
  isEncoded: () => false,
  keptOf: (trim) => chosenRange(trim, 60),
};

test('it begins with the nearest key frame, or with the very frame when the cut is exact; it ends with any frame', () => {
  expect(moveEdge(null, 'start', 5.2, false, points)).toEqual({
    startSeconds: 6,
    endSeconds: 60,
    exact: false,
  });
  expect(moveEdge(null, 'start', 5.21, true, points)).toEqual({
    startSeconds: 5.2,
    endSeconds: 60,
    exact: true,
  });
  expect(moveEdge(null, 'end', 48.9, false, points)).toEqual({
    startSeconds: 0,
    endSeconds: 48.88,
    exact: false,
  });
});

test('the whole take is no trim, and the end of the take is a place to cut', () => {
  const trim = moveEdge(null, 'end', 48, false, points);
  expect(moveEdge(trim, 'end', 60, false, points)).toBeNull();
  expect(moveEdge(trim, 'end', 58.4, false, points)).toMatchObject({ endSeconds: 58.4 });
  expect(chosenRange(null, 60)).toEqual({ startSeconds: 0, endSeconds: 60 });
});

test('the edges never cross: a second is always left', () => {
  const trim = { startSeconds: 20, endSeconds: 30, exact: true };
  expect(moveEdge(trim, 'start', 45, true, points)).toMatchObject({ startSeconds: 29, endSeconds: 30 });
  expect(moveEdge(trim, 'end', 3, true, points)).toMatchObject({ startSeconds: 20, endSeconds: 21 });
  expect(moveEdge({ ...trim, exact: false }, 'start', 45, false, points)).toMatchObject({ startSeconds: 28 });
  expect(moveEdge({ ...trim, exact: false }, 'end', 3, false, points)).toMatchObject({ endSeconds: 21 });
});

test('a take whose key frames are unknown is cut where it was asked for', () => {
  const unknown = { ...points, keyFrames: [], frames: [] };
  expect(moveEdge(null, 'start', 5.21, false, unknown)).toMatchObject({ startSeconds: 5.21 });
  expect(moveEdge(null, 'start', 5.21, true, unknown)).toMatchObject({ startSeconds: 5.21 });
});

test('a picture that is encoded anew in any case begins with any frame', () => {
  expect(moveEdge(null, 'start', 5.21, false, { ...points, isEncoded: () => true })).toMatchObject({
    startSeconds: 5.2,
    exact: false,
  });
});

test('giving up the exact frame moves the start to a key frame', () => {
  const trim = { startSeconds: 5.2, endSeconds: 30.6, exact: true };
  expect(setExact(trim, false, points)).toEqual({ startSeconds: 6, endSeconds: 30.6, exact: false });
  expect(setExact(trim, true, points)).toEqual(trim);
  expect(setExact(null, true, points)).toBeNull();
});

test('keys go from one place to cut to the next', () => {
  expect(nextPoint(null, 'start', 6, 1, false, points)).toBe(8);
  expect(nextPoint(null, 'start', 6, -1, false, points)).toBe(4);
  expect(nextPoint(null, 'start', 5.2, 1, true, points)).toBeCloseTo(5.24);
  expect(nextPoint(null, 'end', 6, 1, false, points)).toBeCloseTo(6.04);
  expect(nextPoint(null, 'start', 58, 1, false, points)).toBe(60);
  expect(nextPoint(null, 'start', 0, -1, false, points)).toBe(0);
});

test.each([
  ['1:12', 72],
  ['1:12.5', 72.5],
  ['1:12,25', 72.25],
  ['72', 72],
  ['0:05', 5],
  ['1:02:03', 3723],
  [' 3:00 ', 180],
])('%s is a time', (text, seconds) => expect(parseTime(text)).toBe(seconds));

test.each(['', 'a', '1:', ':5', '1:60', '-3', '1:2:3:4', '1e3'])('“%s” is none', (text) =>
  expect(parseTime(text)).toBeNull(),
);

test('what was done can be undone, and done again until something else is done', () => {
  let history = changed(changed(beginHistory(1), 2), 3);
  history = undone(undone(undone(history)));
  expect(history).toEqual({ past: [], now: 1, future: [2, 3] });
  history = redone(history);
  expect(history.now).toBe(2);
  expect(changed(history, 9)).toEqual({ past: [1, 2], now: 9, future: [] });
  expect(redone(redone(redone(history))).now).toBe(3);
});
