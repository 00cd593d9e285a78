import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Conf from 'conf';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../shared/settings.ts';
import { libraryDirOf, openSettings, parseSettings, settingsFileIn, userDataDir } from './settingsFile.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'settings-'));
});
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

/** As the command line opens it. */
const open = () => openSettings(dir, (options) => new Conf(options));
const written = () => JSON.parse(readFileSync(settingsFileIn(dir), 'utf8'));
const asides = () => readdirSync(dir).filter((name) => name.startsWith('config.broken-'));

describe('userDataDir', () => {
  test.each([
    ['linux', {}, '/home/ada/.config/Twin Studio'],
    ['linux', { XDG_CONFIG_HOME: '/srv/config' }, '/srv/config/Twin Studio'],
    ['darwin', {}, '/home/ada/Library/Application Support/Twin Studio'],
  ] as const)('on %s with %o', (platform, environment, expected) => {
    expect(userDataDir(platform, environment, '/home/ada')).toBe(expected);
  });

  test('on Windows', () => {
    expect(userDataDir('win32', { APPDATA: 'C:\\Users\\ada\\Roaming' }, 'C:\\Users\\ada')).toBe(
      'C:\\Users\\ada\\Roaming\\Twin Studio',
    );
    expect(userDataDir('win32', {}, 'C:\\Users\\ada')).toBe('C:\\Users\\ada\\AppData\\Roaming\\Twin Studio');
  });

  test('can be moved', () => {
    expect(userDataDir('darwin', { TWIN_STUDIO_USER_DATA: '/elsewhere' }, '/home/ada')).toBe('/elsewhere');
  });
});

test('the library’s folder: environment over setting over default', () => {
  const settings = { ...DEFAULT_SETTINGS, libraryDir: '/saved' };
  expect(libraryDirOf(settings, { TWIN_STUDIO_LIBRARY: '/given' }, '/home/ada')).toBe('/given');
  expect(libraryDirOf(settings, {}, '/home/ada')).toBe('/saved');
  expect(libraryDirOf(DEFAULT_SETTINGS, {}, '/home/ada')).toBe('/home/ada/Twin Studio');
});

describe('parseSettings', () => {
  test('takes defaults for what is missing', () => {
    expect(parseSettings({ theme: 'light' })).toEqual({
      settings: { ...DEFAULT_SETTINGS, theme: 'light' },
      invalid: [],
    });
  });

  test('a file from before there was a stage gets the stage’s defaults, and keeps the rest', () => {
    const { stage: _later, ...before } = { ...DEFAULT_SETTINGS, theme: 'light' as const };
    expect(parseSettings(before)).toEqual({ settings: { ...DEFAULT_SETTINGS, theme: 'light' }, invalid: [] });
  });

  test('one wrong entry does not cost the others', () => {
    const { settings, invalid } = parseSettings({ theme: 'light', trainer: 'somebody', host: 7 });
    expect(settings).toEqual({ ...DEFAULT_SETTINGS, theme: 'light' });
    expect(invalid).toEqual(['host', 'trainer']);
  });

  test.each([['text'], [null], [[1]], [3]])('%o is no settings at all', (saved) => {
    expect(parseSettings(saved)).toEqual({ settings: DEFAULT_SETTINGS, invalid: ['settings'] });
  });
});

describe('openSettings', () => {
  test('a first start has the defaults and no problem', () => {
    const { store, problems } = open();
    expect(store.get()).toEqual(DEFAULT_SETTINGS);
    expect(problems).toEqual([]);
    expect(asides()).toEqual([]);
  });

  test('what is saved is there the next time, for the owner only', () => {
    open().store.save({ theme: 'dark' });
    expect(open().store.get().theme).toBe('dark');
    if (process.platform !== 'win32') expect(statSync(settingsFileIn(dir)).mode & 0o077).toBe(0);
  });

  test('two programs do not lose each other’s changes', () => {
    const app = open();
    const commandLine = open();
    app.store.save({ theme: 'dark' });
    commandLine.store.save({ shot: 'waist-up' });
    app.file.set('window', { x: 1 });
    commandLine.store.save({ libraryDir: '/films' });
    expect(app.store.get()).toEqual({
      ...DEFAULT_SETTINGS,
      theme: 'dark',
      shot: 'waist-up',
      libraryDir: '/films',
    });
    expect(written().window).toEqual({ x: 1 });
  });

  test.each([['{"settings": {'], ['[]'], ['']])('a broken file %o is set aside, not deleted', (text) => {
    writeFileSync(settingsFileIn(dir), text);
    const { store, problems } = open();
    expect(store.get()).toEqual(DEFAULT_SETTINGS);
    const [aside = ''] = asides();
    expect(readFileSync(join(dir, aside), 'utf8')).toBe(text);
    expect(problems).toEqual([expect.stringContaining(aside)]);
    store.save({ theme: 'light' });
    expect(open().problems).toEqual([]);
  });

  test('a file with a wrong entry is copied aside, and only that entry is replaced', () => {
    const text = JSON.stringify({
      settings: { theme: 'light', host: 'ftp' },
      secrets: { segmindApiKey: 'AAAA' },
    });
    writeFileSync(settingsFileIn(dir), text);
    const { store, problems } = open();
    expect(store.get()).toEqual({ ...DEFAULT_SETTINGS, theme: 'light' });
    expect(problems).toHaveLength(1);
    expect(readFileSync(join(dir, asides()[0] ?? ''), 'utf8')).toBe(text);
    expect(written().secrets).toEqual({ segmindApiKey: 'AAAA' });
    expect(open().problems).toEqual([]);
  });

  test('a file that breaks while the program runs does not stop it', () => {
    const { store } = open();
    store.save({ theme: 'dark' });
    writeFileSync(settingsFileIn(dir), 'oops');
    expect(store.get()).toEqual(DEFAULT_SETTINGS);
    store.save({ theme: 'light' });
    expect(written().settings.theme).toBe('light');
    expect(asides()).toHaveLength(1);
  });

  test('refuses what is no setting', () => {
    const { store } = open();
    expect(() => store.save({ segmindBaseUrl: 'not an address' })).toThrow(
      expect.objectContaining({ code: 'SETTINGS_INVALID' }),
    );
    expect(store.get()).toEqual(DEFAULT_SETTINGS);
  });
});
