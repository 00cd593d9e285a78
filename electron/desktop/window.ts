import { app, BrowserWindow, screen, type WebContents } from 'electron';
import { DESKTOP_WORDS } from '../../shared/words/desktop.ts';
import type { KeyValueFile } from '../studio/settingsFile.ts';
import type { ErrorLog } from './errorLog.ts';
import { APP_URL } from './origin.ts';
import { readWindow, rememberWindow, startBounds } from './windowBounds.ts';

/** Nothing leads away from our page, in any contents that may ever come to exist. */
export function keepContentsHome(): void {
  app.on('web-contents-created', (_event, contents) => {
    const refuse = (event: { preventDefault(): void }): void => event.preventDefault();
    contents.on('will-navigate', refuse);
    contents.on('will-frame-navigate', refuse);
    contents.on('will-redirect', refuse);
    contents.on('will-attach-webview', refuse);
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}

/** Opens the window where it was left. It shows itself once there is something to see. */
export function openWindow(options: {
  readonly preload: string;
  readonly file: KeyValueFile;
  readonly development: boolean;
  readonly log: ErrorLog;
}): BrowserWindow {
  const main = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter((display) => display.id !== main.id);
  const workAreas = [main, ...others].map((display) => display.workArea);
  const { bounds, minimum, maximized } = startBounds(readWindow(options.file), workAreas);
  const window = new BrowserWindow({
    ...bounds,
    minWidth: minimum.width,
    minHeight: minimum.height,
    title: DESKTOP_WORDS.appName,
    backgroundColor: '#101214',
    show: false,
    webPreferences: {
      preload: options.preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      devTools: options.development,
      spellcheck: false,
      // A take goes on when another window covers this one, and so do its clock and its text.
      backgroundThrottling: false,
    },
  });
  if (maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () => {
    rememberWindow(options.file, { bounds: window.getNormalBounds(), maximized: window.isMaximized() });
  });
  recoverFromCrash(window.webContents, options.log);
  void window.loadURL(APP_URL);
  return window;
}

/** Shows the window to somebody who asks for it, wherever it is. */
export function bringForward(window: BrowserWindow | null): void {
  if (window === null) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

/** A page that dies twice in this time would die again. */
const CRASH_PAUSE_MS = 60_000;

/** The work lives in the main process and goes on; the page only has to be shown again. */
function recoverFromCrash(contents: WebContents, log: ErrorLog): void {
  let last = Number.NEGATIVE_INFINITY;
  contents.on('render-process-gone', (_event, details) => {
    if (details.reason === 'clean-exit') return;
    log.record('The window’s process ended.', `${details.reason}, exit code ${details.exitCode}`);
    const again = performance.now() - last > CRASH_PAUSE_MS;
    last = performance.now();
    if (again) contents.reload();
    else throw new Error(`The window cannot be shown: ${details.reason}.`);
  });
}
