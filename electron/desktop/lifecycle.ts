/** How the program ends: on purpose, by itself, and when something nobody expected happens. */
import { app, BrowserWindow, dialog } from 'electron';
import { StudioError } from '../../shared/errors.ts';
import { DESKTOP_WORDS } from '../../shared/words/desktop.ts';
import { errorSentence } from '../../shared/words/errors.ts';
import type { ErrorLog } from './errorLog.ts';

/** Work stops at its next step; whoever takes longer is cut off, which its lease and journal allow for. */
const CLOSING_MS = 8_000;
/** Longest that paid answers are waited for: first words may take a trainer 600 s. */
const PAYING_MS = 620_000;
/** How often to look whether an answer is still waited for. */
const LOOK_MS = 1_000;

/** Ends the program with this code once what has to be closed is closed. */
type End = (exitCode: number) => void;

interface Closing {
  readonly close: () => Promise<void>;
  /** True while a request is out whose answer is paid for: ending now would lose it. */
  readonly isPaying: () => boolean;
  readonly log: ErrorLog;
}

interface Quitting {
  /** Ends the program with an exit code; quitting by itself is 0. */
  readonly end: End;
  /**
   * For somebody who meets the program while it only waits for a paid answer: asks whether to wait on.
   * False, and nobody is asked, when it is not waiting for one.
   */
  askAgain(): boolean;
}

/**
 * Closes what `close` closes before the program ends, however it ends, but waits no longer than that may take.
 * An answer that is paid for is waited for as well. The windows are gone by then, so the program seems to
 * have ended; whoever quits or starts it again meanwhile is asked.
 */
export function closeBeforeQuit(closing: Closing): Quitting {
  let code = 0;
  let isClosing = false;
  let isAsking = false;
  const ask = async () => {
    isAsking = true;
    if (await wantsToEndAnyway()) app.exit(code);
    isAsking = false;
  };
  const askAgain = () => {
    if (!isClosing || !closing.isPaying()) return false;
    if (!isAsking) void ask();
    return true;
  };
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (isClosing) {
      askAgain();
      return;
    }
    isClosing = true;
    void inTime(closing).then(() => app.exit(code));
  });
  return {
    end(exitCode) {
      code = exitCode;
      // A page that records refuses to close; where nothing can be relied on any more it is not asked.
      if (exitCode !== 0) for (const window of BrowserWindow.getAllWindows()) window.destroy();
      app.quit();
    },
    askAgain,
  };
}

async function wantsToEndAnyway(): Promise<boolean> {
  const words = DESKTOP_WORDS.quitWhilePaying;
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    title: DESKTOP_WORDS.appName,
    message: words.title,
    detail: words.detail,
    buttons: [words.wait, words.end],
    defaultId: 0,
    cancelId: 0,
  });
  return response === 1;
}

async function inTime({ close, isPaying, log }: Closing): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    let waited = 0;
    let left = CLOSING_MS;
    timer = setInterval(() => {
      waited += LOOK_MS;
      // What the answer brings is stored after it has come, and has the usual time for that.
      left = isPaying() ? CLOSING_MS : left - LOOK_MS;
      if (left <= 0 || waited >= PAYING_MS) resolve(`${waited} ms`);
    }, LOOK_MS);
  });
  try {
    const tooLong = await Promise.race([close(), late]);
    if (tooLong !== undefined) log.record('Closing took too long.', tooLong);
  } catch (error) {
    log.record('Closing failed.', error);
  } finally {
    clearInterval(timer);
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
