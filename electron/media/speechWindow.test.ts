import { expect, it } from 'vitest';
import { chooseSpeechWindow } from './speechWindow.ts';

const FRAME = 0.02;
const frames = (seconds: number, level: (n: number) => number) =>
  Array.from({ length: Math.round(seconds / FRAME) }, (_, n) => level(n));
const quiet = (seconds: number) => frames(seconds, () => -62);
/** Four syllables a second, and a pause of 0.4 s every two seconds. */
const speech = (seconds: number) =>
  frames(seconds, (n) => (n % 100 >= 80 ? -60 : -24 + 8 * Math.sin((2 * Math.PI * n) / 12.5)));
const tone = (seconds: number) => frames(seconds, () => -20);
const bang = () => frames(0.2, () => -3);

it.each<[string, number[], number, number]>([
  ['after silence', [...quiet(8), ...speech(6)], 7, 11.1],
  ['before silence', [...speech(5), ...quiet(8)], 0, 2.5],
  ['rather than a steady tone', [...tone(6), ...quiet(2), ...speech(6)], 7.5, 11.1],
  ['rather than a bang', [...quiet(4), ...bang(), ...quiet(4), ...speech(5)], 7.5, 10.3],
  ['a take as short as the window', speech(2), 0, 0],
  ['silence all through', quiet(10), 0, 7],
])('finds speech: %s', (_name, levels, earliest, latest) => {
  const start = chooseSpeechWindow(levels, FRAME, 3);
  expect(start).toBeGreaterThanOrEqual(earliest);
  expect(start).toBeLessThanOrEqual(latest);
});

it('begins in a pause, so that no word is cut', () => {
  const levels = [...quiet(3), ...speech(12), ...quiet(3)];
  const start = chooseSpeechWindow(levels, FRAME, 3);
  expect(levels[Math.round(start / FRAME)]).toBeLessThan(-55);
});
