import { expect, it } from 'vitest';
import { words } from '../../../shared/words/app.ts';
import { keyName } from './keyName.ts';

const everyKey = Object.values(words.keys).flatMap((list) =>
  typeof list === 'string' ? [] : list.rows.flatMap(({ keys }) => keys),
);

it('no list says Ctrl or F11 on a Mac', () => {
  const names = everyKey.map((key) => keyName(key, true));
  for (const name of ['⌘ Z', '⇧ ⌘ Z', 'Return']) expect(names).toContain(name);
  expect(names.filter((name) => /Ctrl|F11/.test(name))).toEqual([]);
});

it('elsewhere keys are called as the lists say', () => {
  expect(everyKey.map((key) => keyName(key, false))).toEqual(everyKey);
});
