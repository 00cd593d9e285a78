import { expect, test } from 'vitest';
import { closeUpOf, following, isWhole, scrolled, shareOf, ticksOf, wholeView, zoomed } from './view.ts';

const TOTAL = 600;

test('what is zoomed around stays in its place, and zooming ends at both ends', () => {
  const near = zoomed(wholeView(TOTAL), 2, 150, TOTAL);
  expect(near).toEqual({ from: 75, to: 375 });
  expect(shareOf(near, 150)).toBeCloseTo(shareOf(wholeView(TOTAL), 150));
  let view = wholeView(TOTAL);
  for (let times = 0; times < 40; times += 1) view = zoomed(view, 1.5, 599, TOTAL);
  expect(view.to - view.from).toBe(2);
  expect(view.to).toBeLessThanOrEqual(TOTAL);
  for (let times = 0; times < 40; times += 1) view = zoomed(view, 1 / 1.5, 599, TOTAL);
  expect(view).toEqual({ from: 0, to: TOTAL });
  expect(isWhole(view, TOTAL)).toBe(true);
});

test('scrolling stops at the ends', () => {
  const view = { from: 100, to: 200 };
  expect(scrolled(view, 50, TOTAL)).toEqual({ from: 150, to: 250 });
  expect(scrolled(view, -500, TOTAL)).toEqual({ from: 0, to: 100 });
  expect(scrolled(view, 5000, TOTAL)).toEqual({ from: 500, to: 600 });
});

test('follows the player a page at a time', () => {
  const view = { from: 100, to: 200 };
  expect(following(view, 150, TOTAL)).toBe(view);
  expect(following(view, 201, TOTAL)).toEqual({ from: 191, to: 291 });
  expect(following(view, 600, TOTAL)).toEqual({ from: 500, to: 600 });
});

test('a short place is shown with room around it', () => {
  expect(closeUpOf({ from: 300, to: 302 }, TOTAL)).toEqual({ from: 291, to: 311 });
  expect(closeUpOf({ from: 0, to: 600 }, TOTAL)).toEqual({ from: 0, to: 600 });
});

test.each([5, 16, 222, 300, 600])('the ruler of %i seconds has round times that do not touch', (total) => {
  for (const pixels of [800, 1190]) {
    const { step, times } = ticksOf(wholeView(total), pixels);
    expect(times.length).toBeGreaterThanOrEqual(4);
    expect(times[0]).toBe(0);
    expect((step / total) * pixels).toBeGreaterThanOrEqual(75);
    for (const [index, time] of times.entries()) expect(time).toBeCloseTo(index * step);
  }
});
