/** The studio's window in the trial runtime, for measuring: nothing but the product runs in it. */
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { testRuntime } from '../../tools/runtime.mjs';

export interface StudioOptions {
  /** For settings and library; the same one again is the next start of the same studio. */
  readonly folder: string;
  /** Chromium's switches, for instance for a fake camera. */
  readonly switches?: readonly string[];
  /** Run in the page before its own scripts. */
  readonly watch?: readonly (() => void)[];
  readonly say: (line: string) => void;
}

export interface Studio {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** Of the main process; the others are below it. */
  readonly processId: number;
  readonly libraryDir: string;
  close(): Promise<void>;
}

export async function openStudio({ folder, switches = [], watch = [], say }: StudioOptions): Promise<Studio> {
  const { executable, args } = await testRuntime(say);
  const libraryDir = join(folder, 'library');
  const userDataDir = join(folder, 'user-data');
  const app = await _electron.launch({
    executablePath: executable,
    args: [...switches, `--user-data-dir=${userDataDir}`, ...args],
    env: {
      ...inherited(),
      TWIN_STUDIO_USER_DATA: userDataDir,
      TWIN_STUDIO_LIBRARY: libraryDir,
    },
  });
  const page = await app.firstWindow();
  page.on('pageerror', (error) => say(`The window says: ${error.message}`));
  for (const script of watch) await page.addInitScript(script);
  if (watch.length > 0) await page.reload();
  await page.waitForLoadState();
  return { app, page, processId: app.process().pid ?? 0, libraryDir, close: () => app.close() };
}

/** Switches for a camera and a microphone that play files. */
export const fakeDevices = (camera: string, microphone: string): string[] => [
  '--use-fake-device-for-media-stream',
  `--use-file-for-fake-video-capture=${camera}`,
  `--use-file-for-fake-audio-capture=${microphone}`,
];

/** The environment without what would change the studio. */
function inherited(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value === undefined || /^(TWIN_STUDIO|HEYGEN|SEGMIND|AWS)_/.test(name) ? [] : [[name, value]],
    ),
  );
}
