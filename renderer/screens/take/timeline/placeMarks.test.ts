import { expect, test } from 'vitest';
import type { Finding } from '../../../../shared/domain/report.ts';
import { markAt, marksOf, worstOf } from '../marks.ts';
import { labelOf, placeMarks, rowsOf } from './placeMarks.ts';

const finding = (code: string, severity: Finding['severity'], ...places: [number, number][]): Finding => ({
  code,
  severity,
  message: `About ${code}.`,
  remedy: 'Do something.',
  places: places.map(([startSeconds, endSeconds]) => ({ startSeconds, endSeconds })),
  worstAtSeconds: null,
});

const whole = { from: 0, to: 600 };
const spans = (placed: ReturnType<typeof placeMarks>) =>
  placed.map(({ row, left, width }) => [row, left, left + width] as const);

test('marks come in order of time, with the name of their finding', () => {
  const marks = marksOf([finding('A', 'warn', [50, 60], [10, 20]), finding('A', 'info', [30, 31])]);
  expect(marks.map(({ key, finding: of }) => [key, of])).toEqual([
    ['A at 1', 'A'],
    ['A 2 at 0', 'A 2'],
    ['A at 0', 'A'],
  ]);
  expect(worstOf(marks)).toBe('warn');
  expect(markAt(marks, 15, null)?.key).toBe('A at 1');
  expect(markAt(marks, 25, null)).toBeNull();
});

test('of several at one moment the chosen one is told, else the most severe', () => {
  const marks = marksOf([finding('A', 'warn', [10, 40]), finding('B', 'fail', [20, 30])]);
  expect(markAt(marks, 25, null)?.key).toBe('B at 0');
  expect(markAt(marks, 25, 'A at 0')?.key).toBe('A at 0');
  // One that was chosen elsewhere says nothing here.
  expect(markAt(marks, 35, 'B at 0')?.key).toBe('A at 0');
});

test('places that overlap get a row each, and what finds no row joins', () => {
  const overlapping = marksOf([
    finding('A', 'warn', [100, 200]),
    finding('B', 'fail', [120, 180]),
    finding('C', 'info', [130, 140]),
  ]);
  const two = placeMarks(overlapping, whole, 1200, 2);
  expect(rowsOf(two)).toBe(2);
  expect(two.map(({ marks }) => marks.length).sort()).toEqual([1, 2]);
  expect(placeMarks(overlapping, whole, 1200, 3).map(({ row }) => row)).toEqual([0, 1, 2]);
});

test('hundreds of marks neither cover one another nor leave the timeline, and none is lost', () => {
  const many = marksOf(
    Array.from({ length: 300 }, (_, index) =>
      finding(`CODE_${index % 9}`, index % 3 === 0 ? 'warn' : 'info', [index * 2, index * 2 + (index % 5)]),
    ),
  );
  const placed = placeMarks(many, whole, 880, 2);
  expect(placed.flatMap(({ marks }) => marks)).toHaveLength(300);
  for (const [row, left, right] of spans(placed)) {
    expect(left).toBeGreaterThanOrEqual(0);
    expect(right).toBeLessThanOrEqual(880 + 1e-6);
    for (const [otherRow, otherLeft, otherRight] of spans(placed)) {
      if (otherRow === row && otherLeft !== left) expect(otherLeft >= right || otherRight <= left).toBe(true);
    }
  }
});

test('zoomed in, only what is seen is placed', () => {
  const marks = marksOf([finding('A', 'warn', [10, 20], [300, 310], [590, 600])]);
  const placed = placeMarks(marks, { from: 290, to: 320 }, 900, 2);
  expect(placed).toHaveLength(1);
  expect(placed[0]).toMatchObject({ left: 300, row: 0 });
});

test('a mark may be wider than its trouble lasts, and says how long that is', () => {
  // Two pixels a second.
  const [one] = placeMarks(marksOf([finding('LONG_SILENCE', 'warn', [100, 105])]), whole, 1200, 2);
  expect(one?.width).toBeGreaterThan(100);
  expect(one?.lasts).toEqual([{ left: 0, width: 10 }]);
  // One at the very end is moved to where there is room for it, and its length stays where it is.
  const [last] = placeMarks(marksOf([finding('A', 'warn', [595, 600])]), whole, 1200, 2);
  expect(last).toMatchObject({ left: 1174, lasts: [{ left: 16, width: 10 }] });
  // Zoomed in, only what is seen of it.
  const [cut] = placeMarks(marksOf([finding('A', 'warn', [90, 110])]), { from: 100, to: 700 }, 1200, 2);
  expect(cut).toMatchObject({ left: 0, lasts: [{ left: 0, width: 20 }] });
});

test('several in one are counted in words, and tell their lengths apart', () => {
  const many = marksOf([finding('A', 'warn', [100, 110], [105, 120], [121, 125])]);
  const [several] = placeMarks(many, whole, 1200, 1);
  expect(labelOf(several?.marks ?? [])).toBe('3 troubles');
  expect(several?.lasts).toEqual([
    { left: 0, width: 40 },
    { left: 42, width: 8 },
  ]);
  expect(several?.width).toBeGreaterThan(60);
});
