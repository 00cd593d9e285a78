/** The call with which a person saves a report as a page for sending on. */
import { stat, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { app, type BrowserWindow, dialog } from 'electron';
import { z } from 'zod';
import { Cancelled, StudioError } from '../../shared/errors.ts';
import { safeFileName } from '../../shared/report/fileName.ts';
import { DESKTOP_WORDS } from '../../shared/words/desktop.ts';
import { writeBeside } from '../media/beside.ts';
import type { KeyValueFile } from '../studio/settingsFile.ts';
import type { Studio } from '../studio/studio.ts';
import type { Handlers } from './answer.ts';

const FOLDER_KEY = 'reportFolder';
const PAGE_EXTENSIONS = ['html', 'htm'];

export interface SavingDesktop {
  readonly studio: Pick<Studio, 'openReport'>;
  /** Remembers the folder in which was last saved. */
  readonly file: KeyValueFile;
  readonly window: () => BrowserWindow | null;
}

export function saveReportCall({ studio, file, window }: SavingDesktop): Pick<Handlers, 'saveReport'> {
  return {
    /** @throws StudioError TAKE_NOT_FOUND, REPORT_MISSING, FILE_EXISTS, FOLDER_UNREADABLE, DISK_FULL; Cancelled */
    async saveReport({ takeId }) {
      // Before the dialog: nobody chooses a place for what cannot be made.
      const report = await studio.openReport(takeId);
      const folder = z.string().safeParse(file.get(FOLDER_KEY)).data;
      const path = await askForPlace(window(), report.takeName, folder);
      if (path === null) return { saved: null };
      const page = await report.page();
      await writePage(path, page);
      file.set(FOLDER_KEY, dirname(path));
      return { saved: { file: basename(path), folder: basename(dirname(path)) || dirname(path) } };
    },
  };
}

/** @returns null when the dialog was closed */
async function askForPlace(
  parent: BrowserWindow | null,
  takeName: string,
  folder: string | undefined,
): Promise<string | null> {
  if (parent === null) throw new Cancelled();
  const words = DESKTOP_WORDS.reportDialog;
  const safe = safeFileName(takeName);
  const name = `${safe === '' ? words.nameless : words.name(safe)}.html`;
  const { canceled, filePath } = await dialog.showSaveDialog(parent, {
    title: words.title,
    buttonLabel: words.button,
    defaultPath: join(folder ?? usualFolder(), name),
    filters: [{ name: words.pages, extensions: PAGE_EXTENSIONS }],
    // Linux asks before it replaces a file only when told to.
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  });
  if (canceled || filePath === undefined || filePath === '') return null;
  return withEnding(filePath);
}

/** The folder of the program itself is nobody's place for a report. Where the system knows no other, the dialog decides. */
function usualFolder(): string {
  try {
    return app.getPath('documents');
  } catch {
    return '';
  }
}

/**
 * Not every system's dialog adds the ending. A name that it did not ask about must not replace anything.
 * @throws StudioError FILE_EXISTS
 */
async function withEnding(chosen: string): Promise<string> {
  if (PAGE_EXTENSIONS.includes(extname(chosen).slice(1).toLowerCase())) return chosen;
  const named = `${chosen}.html`;
  const isThere = await stat(named).then(
    () => true,
    () => false,
  );
  if (isThere) throw new StudioError('FILE_EXISTS', { file: basename(named) });
  return named;
}

/** Beside its name and then in its place, so that a page that is there is whole. */
async function writePage(path: string, page: string): Promise<void> {
  try {
    await writeBeside(path, (temporary) => writeFile(temporary, page, { flag: 'wx' }));
  } catch (error) {
    if (error instanceof StudioError) throw error;
    throw new StudioError('FOLDER_UNREADABLE', { folder: dirname(path) }, { cause: error });
  }
}
