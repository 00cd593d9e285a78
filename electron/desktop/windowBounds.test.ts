import { expect, test } from 'vitest';
import type { KeyValueFile } from '../studio/settingsFile.ts';
import { readWindow, startBounds } from './windowBounds.ts';

const SCREEN = { x: 0, y: 25, width: 1920, height: 1055 };
const LEFT_SCREEN = { x: -1280, y: 0, width: 1280, height: 1024 };
const FIRST = { width: 1360, height: 860 };
const MINIMUM = { width: 1024, height: 700 };
const was = (x: number, y: number, width = 1400, height = 900) => ({
  bounds: { x, y, width, height },
  maximized: false,
});

test('a first start is in the middle', () => {
  expect(startBounds(null, [SCREEN])).toEqual({ bounds: FIRST, minimum: MINIMUM, maximized: false });
});

test.each([
  ['1024 × 700', { x: 0, y: 0, width: 1024, height: 700 }, { width: 1024, height: 700 }, MINIMUM],
  [
    '1280 × 720 under a panel',
    { x: 0, y: 40, width: 1280, height: 680 },
    { width: 1280, height: 680 },
    { width: 1024, height: 680 },
  ],
  [
    '800 × 600',
    { x: 0, y: 0, width: 800, height: 600 },
    { width: 800, height: 600 },
    { width: 800, height: 600 },
  ],
])('a first start fits a screen of %s', (_size, area, bounds, minimum) => {
  expect(startBounds(null, [area])).toEqual({ bounds, minimum, maximized: false });
});

test('a window that has become larger than its screen is put on it whole', () => {
  const area = { x: 100, y: 20, width: 1280, height: 800 };
  expect(startBounds(was(300, 100), [area]).bounds).toEqual({ x: 100, y: 20, width: 1280, height: 800 });
});

test('a window half out of its screen stays there', () => {
  expect(startBounds(was(1500, 600), [SCREEN]).bounds).toMatchObject({ x: 1500, y: 600 });
});

test('the smaller of two screens does not say how small it may be', () => {
  const small = { x: 0, y: 0, width: 800, height: 600 };
  expect(startBounds(null, [small, SCREEN])).toMatchObject({
    bounds: { width: 800, height: 600 },
    minimum: MINIMUM,
  });
});

test('the window opens where it was', () => {
  expect(startBounds(was(100, 100), [SCREEN]).bounds).toEqual({ x: 100, y: 100, width: 1400, height: 900 });
  expect(startBounds(was(-1200, 50), [SCREEN, LEFT_SCREEN]).bounds).toMatchObject({ x: -1200, y: 50 });
});

test.each([
  ['its screen is gone', was(-3000, 50)],
  ['only a sliver would be seen', was(1900, 100)],
  ['its title bar would be above the screen', was(100, -300)],
  ['its title bar would be below the screen', was(100, 1060)],
])('when %s it opens in the middle', (_why, remembered) => {
  expect(startBounds(remembered, [SCREEN])).toEqual({ bounds: FIRST, minimum: MINIMUM, maximized: false });
});

test('it is never smaller than the screens need', () => {
  expect(startBounds(was(0, 30, 300, 200), [SCREEN]).bounds).toMatchObject({ width: 1024, height: 700 });
});

test('what is not bounds is not used', () => {
  const file = (value: unknown): KeyValueFile => ({ get: () => value, set: () => {} });
  expect(readWindow(file(was(1, 2)))).toEqual(was(1, 2));
  expect(readWindow(file(undefined))).toBeNull();
  expect(readWindow(file({ bounds: { x: '1', y: 0, width: -5, height: 3 }, maximized: 1 }))).toBeNull();
});
