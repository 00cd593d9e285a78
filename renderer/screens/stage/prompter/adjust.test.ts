import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS, StageSettingsSchema } from '../../../../shared/settings.ts';
import { ADJUSTMENTS, adjust } from './adjust.ts';
import { commandOf, type Press } from './keys.ts';

const settings = DEFAULT_SETTINGS.stage.teleprompter;

test('any number of presses stays within what the settings hold, and there and back is the same', () => {
  for (const adjustment of ADJUSTMENTS) {
    let now = settings;
    for (let press = 0; press < 60; press += 1) {
      now = adjust(now, adjustment);
      expect(StageSettingsSchema.shape.teleprompter.parse(now)).toEqual(now);
    }
    // At its bound nothing changes any more, which is how a button knows that it has no effect.
    if (adjustment !== 'mirror') expect(adjust(now, adjustment)).toBe(now);
  }
  const back = [
    ['slower', 'faster'],
    ['smaller', 'bigger'],
    ['narrower', 'wider'],
    ['mirror', 'mirror'],
  ] as const;
  for (const [there, again] of back) expect(adjust(adjust(settings, there), again)).toEqual(settings);
});

const press = (key: string, changes: Partial<Press> = {}): Press => ({
  key,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  repeat: false,
  altGraph: false,
  ...changes,
});

test.each([
  ['ArrowUp', 'faster'],
  ['ArrowDown', 'slower'],
  ['+', 'bigger'],
  ['=', 'bigger'],
  ['-', 'smaller'],
  ['[', 'narrower'],
  [']', 'wider'],
  ['m', 'mirror'],
  ['M', 'mirror'],
  ['p', 'hold'],
  ['Home', 'restart'],
  [' ', null],
  ['Enter', null],
  ['Escape', null],
  ['home', null],
  ['constructor', null],
])('%j is %s', (key, command) => {
  expect(commandOf(press(key))).toBe(command);
});

test('shortcuts of the system are not ours; brackets that need AltGr are', () => {
  expect(commandOf(press('m', { metaKey: true }))).toBeNull();
  expect(commandOf(press('p', { ctrlKey: true }))).toBeNull();
  expect(commandOf(press('ArrowUp', { altKey: true }))).toBeNull();
  expect(commandOf(press('[', { ctrlKey: true, altKey: true, altGraph: true }))).toBe('narrower');
});

test('held down, speed goes on changing and the rest does not flicker', () => {
  expect(commandOf(press('ArrowUp', { repeat: true }))).toBe('faster');
  for (const key of ['m', 'p', 'Home']) expect(commandOf(press(key, { repeat: true }))).toBeNull();
});
