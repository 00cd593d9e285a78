/**
 * The file in which the app and the command line remember settings, and how it is read. The desktop opens
 * it with electron-store, the command line with conf, which is the same library underneath.
 */
import { copyFileSync, readFileSync, renameSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join, posix, win32 } from 'node:path';
import { StudioError } from '../../shared/errors.ts';
import { DEFAULT_SETTINGS, type Settings, SettingsSchema } from '../../shared/settings.ts';
import { errorSentence } from '../../shared/words/errors.ts';
import type { SettingsStore } from './studio.ts';

export const APP_NAME = 'Twin Studio';
const FILE_NAME = 'config.json';
const SETTINGS_KEY = 'settings';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Folder of the app's own files, where Electron keeps it on each platform. `TWIN_STUDIO_USER_DATA` moves
 * it, so that tests and trials never touch a person's settings.
 */
export function userDataDir(platform: NodeJS.Platform, environment: Environment, home = homedir()): string {
  const moved = environment.TWIN_STUDIO_USER_DATA;
  if (moved) return moved;
  if (platform === 'win32')
    return win32.join(environment.APPDATA || win32.join(home, 'AppData', 'Roaming'), APP_NAME);
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', APP_NAME);
  return posix.join(environment.XDG_CONFIG_HOME || posix.join(home, '.config'), APP_NAME);
}

/** Folder of the library: environment over saved setting over a folder in the person's home. */
export function libraryDirOf(settings: Settings, environment: Environment, home = homedir()): string {
  return environment.TWIN_STUDIO_LIBRARY || settings.libraryDir || join(home, APP_NAME);
}

/** What electron-store and conf need to be told to open the same file in the same way. */
export function settingsFileOptions(dir: string) {
  return {
    cwd: dir,
    // A setting's name is never a path into another one.
    accessPropertiesByDotNotation: false,
    // Addresses of a person's bucket are nobody else's business.
    configFileMode: 0o600,
  } as const;
}

/** Path of the settings file in the folder of the app's own files. */
export function settingsFileIn(dir: string): string {
  return join(dir, FILE_NAME);
}

/**
 * Reads what was saved. What is missing or unusable gets its default, each by itself: one wrong entry
 * does not cost the others. `invalid` names the unusable ones.
 */
export function parseSettings(saved: unknown): { settings: Settings; invalid: readonly string[] } {
  if (saved === undefined) return { settings: DEFAULT_SETTINGS, invalid: [] };
  if (!isRecord(saved)) return { settings: DEFAULT_SETTINGS, invalid: [SETTINGS_KEY] };
  const first = SettingsSchema.safeParse({ ...DEFAULT_SETTINGS, ...saved });
  if (first.success) return { settings: first.data, invalid: [] };
  const invalid = [...new Set(first.error.issues.map((issue) => String(issue.path[0])))];
  const usable = Object.entries(saved).filter(([name]) => !invalid.includes(name));
  return { settings: SettingsSchema.parse({ ...DEFAULT_SETTINGS, ...Object.fromEntries(usable) }), invalid };
}

/** The part of electron-store and conf that is used. Every `get` reads the file, every `set` rereads it first. */
export interface KeyValueFile {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
}

export interface OpenedSettings {
  readonly store: SettingsStore;
  /** The same file, for what else the desktop remembers in it. */
  readonly file: KeyValueFile;
  /** A sentence for each thing that could not be read and was set aside. */
  readonly problems: readonly string[];
}

/**
 * Opens the settings in a folder. A file that cannot be read is moved aside, one with unusable entries is
 * copied aside, and the defaults take their place; nothing is deleted.
 *
 * @param open constructs the store with the options given; it throws when the file is not JSON.
 */
export function openSettings(dir: string, open: (options: StoreOptions) => KeyValueFile): OpenedSettings {
  const path = settingsFileIn(dir);
  const problems: string[] = [];
  const setAside = (how: (from: string, to: string) => void): void => {
    const aside = join(dirname(path), `config.broken-${new Date().toISOString().replaceAll(':', '-')}.json`);
    how(path, aside);
    problems.push(errorSentence('RECORD_BROKEN', { file: basename(aside) }));
  };

  if (isBroken(path)) setAside(renameSync);
  const file = open(settingsFileOptions(dir));
  const { settings, invalid } = parseSettings(file.get(SETTINGS_KEY));
  if (invalid.length > 0) {
    setAside(copyFileSync);
    file.set(SETTINGS_KEY, settings);
  }

  /** Somebody may edit the file while the program runs; it is then as broken as at the start. */
  const whole: KeyValueFile = {
    get(key) {
      if (isBroken(path)) setAside(renameSync);
      return file.get(key);
    },
    set(key, value) {
      if (isBroken(path)) setAside(renameSync);
      file.set(key, value);
    },
  };
  const get = (): Settings => parseSettings(whole.get(SETTINGS_KEY)).settings;
  const store: SettingsStore = {
    get,
    save(changes) {
      // Merged with what the file says now, not with what this process last saw: the other program may
      // have changed another setting meanwhile.
      const merged = SettingsSchema.safeParse({ ...get(), ...changes });
      if (!merged.success) throw new StudioError('SETTINGS_INVALID', {}, { cause: merged.error });
      whole.set(SETTINGS_KEY, merged.data);
    },
  };
  return { store, file: whole, problems };
}

type StoreOptions = ReturnType<typeof settingsFileOptions>;

/** True when there is a file and it is not a JSON object. A missing file is a first start. */
function isBroken(path: string): boolean {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw new StudioError('FILE_UNREADABLE', { file: path }, { cause: error });
  }
  try {
    return !isRecord(JSON.parse(text));
  } catch {
    // Not JSON, which is what is being asked.
    return true;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
