import { describe, expect, test } from 'vitest';
import { readingSeconds } from '../../../../shared/recording/readingTime.ts';
import { segmentsOf } from '../../../../shared/recording/script.ts';
import { SAMPLE_SCRIPTS } from '../../../../shared/words/scripts.ts';
import { linesOf } from './lines.ts';
import { LEAD_SECONDS, type Roll, rollOf, sizesIn, windowOf } from './roll.ts';

const lay = (text: string, width: number) => linesOf(segmentsOf(text), (part) => part.length, width);
const sheetOf = (text: string, width = 20) => ({
  lead: lay('[Look.]', 99),
  script: lay(text, width),
  end: lay('[End.]', 99),
});
const look = { lineHeight: 10, slot: 0, stepping: false };

/** Where the sheet stands after some seconds, in lines; halfway of a glide is between two. */
function lineAt(roll: Roll, seconds: number): number {
  const places = roll.keyframes.map(({ offset, transform }) => ({
    at: offset * roll.seconds,
    line: -Number(/\((-?[\d.]+)px/.exec(transform)?.[1]) / 10,
  }));
  const next = places.findIndex((place) => place.at > seconds);
  const [from, to] = [places[next - 1], places[next]];
  if (!from || !to) return places.at(-1)?.line ?? Number.NaN;
  return from.line + ((to.line - from.line) * (seconds - from.at)) / (to.at - from.at);
}

describe('the roll', () => {
  test('is due at each line when the words before it are read', () => {
    // Four words in 2 s, a breath of 1.5 s, two words in 1 s.
    const roll = rollOf(sheetOf('One two three four.\n\nFive six.'), 120, look);
    const due = [0, LEAD_SECONDS, LEAD_SECONDS + 2, LEAD_SECONDS + 3.5, LEAD_SECONDS + 4.5];
    expect(due.map((at) => Math.round(lineAt(roll, at)))).toEqual([0, 1, 2, 3, 4]);
    for (const [line, at] of due.entries()) expect(lineAt(roll, at)).toBeCloseTo(line);
    // It stands still until shortly before the next is due.
    expect(lineAt(roll, LEAD_SECONDS + 1.6)).toBeCloseTo(1);
    expect(lineAt(roll, LEAD_SECONDS + 1.8)).toBeGreaterThan(1);
  });

  test.each([60, 130, 240])('takes as long as the reading time says, however lines break, at %i', (speed) => {
    for (const { text } of SAMPLE_SCRIPTS) {
      for (const width of [25, 50, 200]) {
        const roll = rollOf(sheetOf(text, width), speed, look);
        const lines = lay(text, width).length;
        expect(lineAt(roll, LEAD_SECONDS + readingSeconds(text, speed))).toBeCloseTo(lines + 1);
      }
    }
  });

  test('keyframes follow each other, whatever the lines', () => {
    for (const text of ['', 'One', '[Only a direction.]', 'Incomprehensibilities '.repeat(40)]) {
      for (const stepping of [true, false]) {
        const { keyframes, seconds } = rollOf(sheetOf(text, 6), 240, { ...look, stepping });
        const offsets = keyframes.map((keyframe) => keyframe.offset);
        expect(offsets).toEqual([...offsets].sort((a, b) => a - b));
        expect([offsets[0], offsets.at(-1)]).toEqual([0, 1]);
        expect(seconds).toBeGreaterThanOrEqual(LEAD_SECONDS);
      }
    }
  });

  test('without motion it steps', () => {
    const roll = rollOf(sheetOf('One two three four.\n\nFive six.'), 120, { ...look, stepping: true });
    expect(lineAt(roll, LEAD_SECONDS + 1.999)).toBeCloseTo(1);
    expect(lineAt(roll, LEAD_SECONDS + 2.001)).toBeCloseTo(2);
  });

  test('the line being read stands in its place of the window', () => {
    const [first] = rollOf(sheetOf('One'), 120, { lineHeight: 30, slot: 1, stepping: false }).keyframes;
    expect(first?.transform).toBe('translateY(30px)');
  });
});

test('one whole line fits into any row, three at the most', () => {
  for (const height of [20, 68, 84, 116, 140, 400]) {
    for (const textSize of [16, 26, 40, 60]) {
      const { letters, line } = sizesIn(height, textSize);
      const { seen, slot } = windowOf(height, line);
      expect(letters).toBeLessThanOrEqual(textSize);
      expect(seen * line).toBeLessThanOrEqual(height);
      expect(seen).toBeGreaterThanOrEqual(1);
      expect(seen).toBeLessThanOrEqual(3);
      expect(slot).toBeLessThan(seen);
    }
  }
  expect(windowOf(140, sizesIn(140, 26).line)).toEqual({ seen: 3, slot: 1 });
  expect(windowOf(84, sizesIn(84, 26).line)).toEqual({ seen: 2, slot: 0 });
});
