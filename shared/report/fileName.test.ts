import { expect, test } from 'vitest';
import { safeFileName } from './fileName.ts';

test.each([
  ['Ana, welcome message', 'Ana, welcome message'],
  ['../../etc/passwd', 'etc passwd'],
  ['a\\b:c*d?e"f<g>h|i', 'a b c d e f g h i'],
  ['  two   spaces. ', 'two spaces'],
  ['line\nbreak\u0000', 'linebreak'],
  // Shown the other way round it would look like a page's ending.
  ['take \u202elmth.exe', 'take lmth.exe'],
  ['CON', '_CON'],
  ['nul.txt', '_nul.txt'],
  ['Console', 'Console'],
  ['...', ''],
  ['', ''],
  ['日本 Zoë 👋', '日本 Zoë 👋'],
])('%j becomes %j', (name, safe) => {
  expect(safeFileName(name)).toBe(safe);
});

test('stays within what file systems take, by whole characters', () => {
  const name = safeFileName('👋'.repeat(200));
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(180);
  expect(name).toBe('👋'.repeat(45));
});
