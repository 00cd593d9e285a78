import { app, dialog } from 'electron';
import { StudioError } from '../../shared/errors.ts';
import { DESKTOP_WORDS } from '../../shared/words/desktop.ts';
import { errorSentence } from '../../shared/words/errors.ts';
import type { SettingsStore } from '../studio/studio.ts';

/**
 * Opens the library, and lets a person help when it cannot be opened: the disk may not be connected yet,
 * or another folder may be meant. There is no window of ours yet, so the system's dialogs ask.
 *
 * @returns null when the person gives up
 */
export async function openLibrary<T>(
  settings: SettingsStore,
  libraryDir: () => string,
  open: (libraryDir: string) => Promise<T>,
): Promise<T | null> {
  for (;;) {
    try {
      return await open(libraryDir());
    } catch (error) {
      // Somebody has to be there to be asked: with nobody at the screen the program would hang.
      if (!(error instanceof StudioError) || !app.isPackaged) throw error;
      const answer = await ask(errorSentence(error.code, error.details));
      if (answer === 'quit') return null;
      if (answer !== 'again') settings.save({ libraryDir: answer.folder });
    }
  }
}

async function ask(sentence: string): Promise<'again' | 'quit' | { readonly folder: string }> {
  const words = DESKTOP_WORDS.libraryTrouble;
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    title: DESKTOP_WORDS.appName,
    message: words.title,
    detail: sentence,
    buttons: [words.again, words.other, words.quit],
    defaultId: 0,
    cancelId: 2,
  });
  if (response === 0) return 'again';
  if (response === 2) return 'quit';
  const chosen = await dialog.showOpenDialog({
    title: DESKTOP_WORDS.libraryDialog.title,
    buttonLabel: DESKTOP_WORDS.libraryDialog.button,
    properties: ['openDirectory', 'createDirectory'],
  });
  const [folder] = chosen.filePaths;
  return folder === undefined ? 'again' : { folder };
}
