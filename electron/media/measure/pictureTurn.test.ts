import { expect, test } from 'vitest';
import { turnedPixels } from './pictureTurn.ts';

/** Three by two pixels, and two by one places of either colour. */
const PICTURE = { width: 3, height: 2, bytes: Uint8Array.of(1, 2, 3, 4, 5, 6, 11, 12, 21, 22) };

test.each([
  [0, 3, [1, 2, 3, 4, 5, 6, 11, 12, 21, 22]],
  [90, 2, [4, 1, 5, 2, 6, 3, 11, 12, 21, 22]],
  [180, 3, [6, 5, 4, 3, 2, 1, 12, 11, 22, 21]],
  [270, 2, [3, 6, 2, 5, 1, 4, 12, 11, 22, 21]],
] as const)('turned by %s°, the columns are rows from the right place', (turn, width, bytes) => {
  const turned = turnedPixels(PICTURE, turn);
  expect(turned).toEqual({ width, height: 6 / width, bytes: Uint8Array.from(bytes) });
});
