/** How the program ends: on purpose, by itself, and when something nobody expected happens. */
import { app, dialog } from 'electron';
import { StudioError } from '../../shared/errors.ts';
import { DESKTOP_WORDS } from '../../shared/words/desktop.ts';
import { errorSentence } from '../../shared/words/errors.ts';
import type { ErrorLog } from './errorLog.ts';

/** Work stops at its next step; whoever takes longer is cut off, which its lease and journal allow for. */
const CLOSING_MS = 8_000;

/** Ends the program with this code once what has to be closed is closed. */
type End = (exitCode: number) => void;

/**
 * Closes what `close` closes before the program ends, however it ends, but waits no longer than that may take.
 * Returns the function that ends it with another exit code than 0.
 */
export function closeBeforeQuit(close: () => Promise<void>, log: ErrorLog): End {
  let code = 0;
  let closing = false;
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (closing) return;
    closing = true;
    void inTime(close, log).then(() => app.exit(code));
  });
  return (exitCode) => {
    code = exitCode;
    app.quit();
  };
}

async function inTime(close: () => Promise<void>, log: ErrorLog): Promise<void> {
  const late = Symbol();
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<typeof late>((resolve) => {
    timer = setTimeout(resolve, CLOSING_MS, late);
  });
  try {
    if ((await Promise.race([close(), timeout])) === late)
      log.record('Closing took too long.', `${CLOSING_MS} ms`);
  } catch (error) {
    log.record('Closing failed.', error);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * What nobody caught. While developing it ends the program, so that it is seen. Otherwise it is logged; a
 * lost promise is told in the window and the program goes on, because a recording may be running. After an
 * exception nothing can be relied on: the program says so and ends.
 */
export function catchUnexpected(options: {
  readonly log: ErrorLog;
  readonly development: boolean;
  readonly tell: (sentence: string, reference: string) => void;
  readonly end: End;
}): void {
  const { log, development, end } = options;
  process.on('uncaughtException', (error) => {
    const reference = log.record('Nobody caught this.', error);
    if (!development) dialog.showErrorBox(DESKTOP_WORDS.appName, errorSentence('UNEXPECTED', { reference }));
    end(1);
  });
  process.on('unhandledRejection', (reason) => {
    const reference = log.record('Nobody waited for this.', reason);
    if (development) end(1);
    else options.tell(errorSentence('UNEXPECTED', { reference }), reference);
  });
}

/** Says why the program cannot start. While developing nobody may be there to close a dialog. */
export function showCannotStart(error: unknown, development: boolean, log: ErrorLog): void {
  const sentence =
    error instanceof StudioError
      ? errorSentence(error.code, error.details)
      : errorSentence('UNEXPECTED', { reference: log.record('Starting failed.', error) });
  if (development) console.error(sentence);
  else dialog.showErrorBox(DESKTOP_WORDS.appName, sentence);
}
