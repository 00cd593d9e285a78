/** Desktop composition root: builds the studio and opens the window. Here and in `desktop/` is Electron, nowhere else. */
import { join } from 'node:path';
import { app, type BrowserWindow, ipcMain, safeStorage, session } from 'electron';
import { SECRET_NAMES } from '../shared/settings.ts';
import type { Handlers } from './desktop/answer.ts';
import { desktopCalls } from './desktop/desktopCalls.ts';
import { createErrorLog } from './desktop/errorLog.ts';
import { bindCalls, forwardEvents, sendEvent } from './desktop/ipc.ts';
import { catchUnexpected, closeBeforeQuit, showCannotStart } from './desktop/lifecycle.ts';
import { setMenu } from './desktop/menu.ts';
import { notifyWhenAway } from './desktop/notifications.ts';
import { openLibrary } from './desktop/openLibrary.ts';
import { blockNetwork, limitPermissions } from './desktop/permissions.ts';
import { registerSchemes, serveProtocols } from './desktop/protocols.ts';
import { recordingCalls } from './desktop/recordingCalls.ts';
import { createSecretStore } from './desktop/secretStore.ts';
import { openSettingsStore } from './desktop/settingsStore.ts';
import { stayAwakeWhileRecording } from './desktop/stayAwake.ts';
import { bringForward, keepContentsHome, openWindow } from './desktop/window.ts';
import { createStudio } from './studio/createStudio.ts';
import { APP_NAME, libraryDirOf, userDataDir } from './studio/settingsFile.ts';
import type { Studio } from './studio/studio.ts';

const development = !app.isPackaged;
const userData = userDataDir(process.platform, process.env);
app.setName(APP_NAME);
app.setPath('userData', userData);
registerSchemes();
keepContentsHome();

let studio: Studio | null = null;
let window: BrowserWindow | null = null;
let keysInUse = (): readonly string[] => [];

const contents = () => window?.webContents ?? null;
const log = createErrorLog({
  path: join(userData, 'logs', 'twin-studio.ndjson'),
  secrets: () => keysInUse(),
  echo: development,
});
const { end, askAgain } = closeBeforeQuit({
  close: async () => studio?.close(),
  isPaying: () => studio?.isPaying() ?? false,
  log,
});
catchUnexpected({
  log,
  development,
  end,
  tell: (message, id) => sendEvent(contents(), 'notice', { id, tone: 'fail', message, takeId: null }, log),
});

// Two programs on one profile would overwrite each other's settings; the second one calls the first.
if (app.requestSingleInstanceLock()) {
  app.on('second-instance', () => {
    if (!askAgain()) bringForward(window);
  });
  // No top-level await: the bundle for the practice runtime is CommonJS.
  app
    .whenReady()
    .then(open)
    .catch((error: unknown) => {
      showCannotStart(error, development, log);
      end(1);
    });
} else {
  app.quit();
}

async function open(): Promise<void> {
  const { store: settings, file, problems } = openSettingsStore(userData);
  const secrets = createSecretStore({
    safe: safeStorage,
    file,
    environment: process.env,
    mayKeep: !__PRACTICE_RUNTIME__,
  });
  keysInUse = () => SECRET_NAMES.flatMap((name) => secrets.get(name) ?? []);

  const libraryDir = () => libraryDirOf(settings.get(), process.env);
  const opened = await openLibrary(settings, libraryDir, (dir) =>
    createStudio({
      libraryDir: dir,
      settings,
      secrets,
      environment: process.env,
      trialRuntime: __PRACTICE_RUNTIME__,
      version: app.getVersion(),
      onUnexpected: (error) => log.record('unexpected error in the studio', error),
    }),
  );
  if (opened === null) return end(0);
  studio = opened;

  const handlers: Handlers = {
    ...opened.calls,
    ...desktopCalls({
      studio: opened,
      settings,
      file,
      libraryDir: libraryDir(),
      window: () => window,
      reopen: () => {
        app.relaunch();
        app.quit();
      },
    }),
    ...recordingCalls(opened, contents),
    async getAppState(input) {
      const state = await opened.calls.getAppState(input);
      return { ...state, problems: [...problems.map((message) => ({ message })), ...state.problems] };
    },
  };

  limitPermissions(session.defaultSession);
  blockNetwork(session.defaultSession);
  serveProtocols(join(import.meta.dirname, '../renderer'), opened, log);
  bindCalls({ ipc: ipcMain, handlers, studio: opened, log, contents });
  forwardEvents(opened, contents, log);
  notifyWhenAway(
    opened,
    () => window,
    ({ takeId }) => {
      bringForward(window);
      if (takeId !== null) sendEvent(contents(), 'showTake', { takeId }, log);
    },
  );
  stayAwakeWhileRecording(opened);
  setMenu({
    platform: process.platform,
    development,
    logFile: log.path,
    showKeys: () => sendEvent(contents(), 'showKeys', {}, log),
  });
  window = openWindow({
    preload: join(import.meta.dirname, '../preload/preload.cjs'),
    file,
    development,
    log,
  });
  const page = window.webContents;
  page.on('render-process-gone', () => opened.windowIsGone('died'));
  page.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
    if (isMainFrame && !isSameDocument) opened.windowIsGone('left');
  });
  window.on('closed', () => {
    window = null;
  });
  await opened.start();
}
