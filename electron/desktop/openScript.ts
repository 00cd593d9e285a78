/** The call with which a person opens a text of their own for the teleprompter. */
import { readFile, stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import type { BrowserWindow } from 'electron';
import { StudioError } from '../../shared/errors.ts';
import { DESKTOP_WORDS } from '../../shared/words/desktop.ts';
import type { Handlers } from './answer.ts';
import { openDialog } from './openDialog.ts';

/** Plain text in all its names. */
const TEXT_EXTENSIONS = ['txt', 'md', 'text'];
/** More than the contract lets through, however its letters are written. */
const LARGEST_BYTES = 800_000;
/** What the contract lets through. */
const LONGEST_TEXT = 200_000;
const LONGEST_NAME = 200;

export function openScriptCall(window: () => BrowserWindow | null): Pick<Handlers, 'openScript'> {
  return {
    /** @throws StudioError SCRIPT_UNREADABLE, SCRIPT_TOO_LONG; Cancelled */
    async openScript() {
      const words = DESKTOP_WORDS.scriptDialog;
      const [path = ''] = await openDialog(window(), {
        title: words.title,
        buttonLabel: words.button,
        properties: ['openFile'],
        filters: [
          { name: words.texts, extensions: TEXT_EXTENSIONS },
          { name: words.allFiles, extensions: ['*'] },
        ],
      });
      const text = await readText(path);
      return { name: basename(path, extname(path)).slice(0, LONGEST_NAME), text };
    },
  };
}

async function readText(path: string): Promise<string> {
  const file = basename(path);
  let text: string;
  try {
    const found = await stat(path);
    // What is no file, such as a pipe, may have no end.
    if (!found.isFile()) throw new StudioError('SCRIPT_UNREADABLE', { file });
    if (found.size > LARGEST_BYTES) throw new StudioError('SCRIPT_TOO_LONG', { file });
    text = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path));
  } catch (error) {
    if (error instanceof StudioError) throw error;
    throw new StudioError('SCRIPT_UNREADABLE', { file }, { cause: error });
  }
  // What holds a NUL is no text, though it may pass for one letter by letter.
  if (text.includes('\0')) throw new StudioError('SCRIPT_UNREADABLE', { file });
  if (text.length > LONGEST_TEXT) throw new StudioError('SCRIPT_TOO_LONG', { file });
  return text.replaceAll('\r\n', '\n');
}
