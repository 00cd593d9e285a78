import { expect, test } from 'vitest';
import { length } from './appNumbers.ts';
import { cliWords } from './cli.ts';

test('a place has the times that the page and the window give it', () => {
  const places = [
    { startSeconds: 23.6, endSeconds: 24.6 },
    { startSeconds: 61.9, endSeconds: 61.9 },
  ];
  expect(cliWords.check.places(places)).toBe('At 0:23 to 0:24, 1:01.');
  expect(cliWords.check.places(places)).toContain(`${length(23.6)} to ${length(24.6)}`);
});
