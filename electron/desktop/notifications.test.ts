import type { BrowserWindow } from 'electron';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Notice } from '../../shared/contract.ts';
import { TakeIdSchema } from '../../shared/domain/ids.ts';
import type { Studio } from '../studio/studio.ts';
import { notifyWhenAway } from './notifications.ts';

const electron = vi.hoisted(() => {
  const shown: { options: object; listeners: Map<string, () => void>; visible: boolean }[] = [];
  class Notification {
    static isSupported = () => true;
    readonly #made: (typeof shown)[number];
    constructor(options: object) {
      this.#made = { options, listeners: new Map(), visible: false };
      shown.push(this.#made);
    }
    on(name: string, listener: () => void) {
      this.#made.listeners.set(name, listener);
    }
    show() {
      this.#made.visible = true;
    }
  }
  return { shown, Notification };
});
vi.mock('electron', () => electron);

const NOTICE: Notice = {
  id: 'n1',
  tone: 'pass',
  message: 'The look “Ada” is ready.',
  takeId: TakeIdSchema.parse('tk_0123456789ab'),
};
let arrive: (notice: Notice) => void;
const on: Studio['on'] = (name, listener) => {
  expect(name).toBe('notice');
  arrive = listener as (notice: Notice) => void;
  return () => {};
};
const window = (focused: boolean) => () => ({ isFocused: () => focused }) as BrowserWindow;

beforeEach(() => {
  electron.shown.length = 0;
});

test('somebody who is elsewhere is told, and a click shows what it is about', () => {
  const show = vi.fn();
  notifyWhenAway({ on }, window(false), show);
  arrive(NOTICE);
  expect(electron.shown).toMatchObject([
    { options: { title: 'Twin Studio', body: 'The look “Ada” is ready.' }, visible: true },
  ]);
  electron.shown[0]?.listeners.get('click')?.();
  expect(show.mock.calls).toEqual([[NOTICE]]);
});

test('somebody who looks at the window is not told twice', () => {
  notifyWhenAway({ on }, window(true), vi.fn());
  arrive(NOTICE);
  expect(electron.shown).toEqual([]);
});
