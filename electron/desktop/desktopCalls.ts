/** Calls that only a desktop can answer: dialogs, the bin, the clipboard, the browser. */
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type BrowserWindow, clipboard, dialog, type MessageBoxOptions, shell } from 'electron';
import { z } from 'zod';
import { Cancelled, StudioError } from '../../shared/errors.ts';
import { DESKTOP_WORDS } from '../../shared/words/desktop.ts';
import type { KeyValueFile } from '../studio/settingsFile.ts';
import type { DesktopCallName, SettingsStore, Studio } from '../studio/studio.ts';
import type { Handlers } from './answer.ts';
import { mediaAccessCalls } from './mediaAccess.ts';
import { openDialog } from './openDialog.ts';
import { openScriptCall } from './openScript.ts';
import { saveReportCall } from './saveReport.ts';

/** Where avatars are looked at and deleted. Besides the system's own settings the only address that is ever opened. */
const DASHBOARD_URL = 'https://app.heygen.com/avatars';

/** What cameras, phones and editors make. The check says what is wrong with anything else. */
const VIDEO_EXTENSIONS = [
  'mp4',
  'mov',
  'm4v',
  'mkv',
  'webm',
  'avi',
  'mts',
  'm2ts',
  'mxf',
  'wmv',
  'mpg',
  'ts',
];

const IMPORT_FOLDER_KEY = 'importFolder';

export interface Desktop {
  readonly studio: Studio;
  readonly settings: SettingsStore;
  /** Remembers the folder from which was last imported. */
  readonly file: KeyValueFile;
  /** The folder of the library that is open. */
  readonly libraryDir: string;
  /** The window dialogs belong to; null while it closes. */
  readonly window: () => BrowserWindow | null;
  /** Closes the program cleanly and starts it again. */
  readonly reopen: () => void;
}

export function desktopCalls(desktop: Desktop): Pick<Handlers, Exclude<DesktopCallName, 'startRecording'>> {
  const { studio } = desktop;
  return {
    ...mediaAccessCalls(process.platform),
    ...openScriptCall(desktop.window),
    ...saveReportCall(desktop),

    async importFromDialog() {
      const folder = z.string().safeParse(desktop.file.get(IMPORT_FOLDER_KEY)).data;
      const words = DESKTOP_WORDS.importDialog;
      const chosen = await openDialog(desktop.window(), {
        title: words.title,
        buttonLabel: words.button,
        properties: ['openFile', 'multiSelections'],
        filters: [
          { name: words.videos, extensions: VIDEO_EXTENSIONS },
          { name: words.allFiles, extensions: ['*'] },
        ],
        ...(folder === undefined ? {} : { defaultPath: folder }),
      });
      const [first] = chosen;
      if (first === undefined) throw new Cancelled();
      desktop.file.set(IMPORT_FOLDER_KEY, dirname(first));
      return { started: studio.importFiles(chosen) };
    },

    async deleteTake({ takeId }) {
      await studio.deleteTake(takeId, moveToBin);
      return {};
    },

    async showTakeInFolder({ takeId }) {
      shell.showItemInFolder(await studio.folderOfTake(takeId));
      return {};
    },

    async openDashboard() {
      await shell.openExternal(DASHBOARD_URL);
      return {};
    },

    async copyText({ text }) {
      clipboard.writeText(text);
      return {};
    },

    /** Reopens the program: engine, watchers and window all hold on to one library. */
    async chooseLibrary() {
      const words = DESKTOP_WORDS.libraryDialog;
      const chosen = await openDialog(desktop.window(), {
        title: words.title,
        buttonLabel: words.button,
        properties: ['openDirectory', 'createDirectory'],
        defaultPath: desktop.libraryDir,
      });
      const [folder] = chosen;
      if (folder === undefined) throw new Cancelled();
      if (folder === desktop.libraryDir) return { chosen: false };
      await refuseUnusable(folder);
      if ((await studio.unfinishedRecordings()) > 0) await askToLeaveRecording(desktop.window());
      desktop.settings.save({ libraryDir: folder });
      // After the answer: the window still shows that it was heard.
      setImmediate(desktop.reopen);
      return { chosen: true };
    },
  };
}

async function moveToBin(folder: string): Promise<void> {
  try {
    await shell.trashItem(folder);
  } catch (error) {
    throw new StudioError('BIN_FAILED', {}, { cause: error });
  }
}

/** Better said now than after the program has closed. */
async function refuseUnusable(folder: string): Promise<void> {
  try {
    await access(folder, constants.R_OK | constants.W_OK);
  } catch (error) {
    throw new StudioError('FOLDER_UNREADABLE', { folder }, { cause: error });
  }
}

/** @throws Cancelled when the person stays */
async function askToLeaveRecording(window: BrowserWindow | null): Promise<void> {
  const words = DESKTOP_WORDS.unfinishedRecording;
  const options: MessageBoxOptions = {
    type: 'warning',
    title: DESKTOP_WORDS.appName,
    message: words.title,
    detail: words.detail,
    buttons: [words.stay, words.leave],
    defaultId: 0,
    cancelId: 0,
  };
  const { response } =
    window === null ? await dialog.showMessageBox(options) : await dialog.showMessageBox(window, options);
  if (response === 0) throw new Cancelled();
}
