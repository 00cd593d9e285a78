/**
 * From starting the program to a live camera picture on the stage, beside an Electron that shows an empty window, in
 * the same runtime and in turns.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { _electron } from 'playwright-core';
import { testRuntime } from '../../tools/runtime.mjs';
import { composeFakeCamera } from '../footage/fakeCamera.ts';
import { fakeMicrophone } from '../footage/fakeMicrophone.ts';
import { newestTools } from '../footage/tools.ts';
import type { Bench, BenchContext, Figure } from './bench.ts';
import { goToStage } from './onStage.ts';
import { fakeDevices, openStudio } from './studioWindow.ts';

const ROUNDS = 5;

/** The least program that shows a window; it says when it does. */
const EMPTY_MAIN = `
const { app, BrowserWindow } = require('electron');
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1200, height: 800 });
  window.webContents.once('did-finish-load', () => { globalThis.shownAt = Date.now(); });
  window.loadURL('about:blank');
});
`;

async function writeEmptyApp(folder: string): Promise<string> {
  const app = join(folder, 'empty');
  await mkdir(app);
  await writeFile(join(app, 'main.cjs'), EMPTY_MAIN);
  await writeFile(
    join(app, 'package.json'),
    JSON.stringify({ name: 'empty', version: '1.0.0', main: 'main.cjs' }),
  );
  return app;
}

/** Milliseconds from starting the program until its page is loaded. */
async function startEmpty(app: string, userDataDir: string): Promise<number> {
  const { executable, args } = await testRuntime(() => {});
  const begun = Date.now();
  const running = await _electron.launch({
    executablePath: executable,
    // In the place of the studio's folder, which comes last.
    args: [`--user-data-dir=${userDataDir}`, ...args.slice(0, -1), app],
  });
  try {
    const page = await running.firstWindow();
    await page.waitForLoadState();
    const shownAt = await running.evaluate(
      () =>
        new Promise<number>((resolve) => {
          const look = (): void => {
            const { shownAt: at } = globalThis as { shownAt?: number };
            if (at === undefined) setTimeout(look, 5);
            else resolve(at);
          };
          look();
        }),
    );
    return shownAt - begun;
  } finally {
    await running.close();
  }
}

/** Milliseconds from starting the program until the stage shows the camera's picture. */
async function startStage(
  options: Parameters<typeof openStudio>[0],
  visit: 'first' | 'later',
): Promise<number> {
  const begun = Date.now();
  const studio = await openStudio(options);
  try {
    await goToStage(studio.page, visit);
    const shownAt = await studio.page.locator('.picture video').evaluate(
      (video: HTMLVideoElement) =>
        new Promise<number>((resolve) => {
          video.requestVideoFrameCallback(() => resolve(Date.now()));
        }),
    );
    return shownAt - begun;
  } finally {
    await studio.close();
  }
}

async function run({ folder, say }: BenchContext): Promise<Record<string, Figure>> {
  const camera = await composeFakeCamera((await newestTools()).ffmpeg);
  const microphone = join(folder, 'microphone.wav');
  await writeFile(microphone, fakeMicrophone());
  const empty = await writeEmptyApp(folder);
  const studio = { folder, switches: fakeDevices(camera.file, microphone), say };
  // The first start makes folders and asks for permission; it is nobody's daily one.
  await startStage(studio, 'first');
  await startEmpty(empty, join(folder, 'empty-user-data'));
  const stages: number[] = [];
  const empties: number[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    empties.push(await startEmpty(empty, join(folder, 'empty-user-data')));
    stages.push(await startStage(studio, 'later'));
    say(`Round ${round} of ${ROUNDS}: empty window ${empties.at(-1)} ms, live preview ${stages.at(-1)} ms.`);
  }
  const livePreviewMs = median(stages);
  const emptyWindowMs = median(empties);
  return { livePreviewMs, emptyWindowMs, ratio: Number((livePreviewMs / emptyWindowMs).toFixed(2)) };
}

const median = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;

export const bench: Bench = {
  about: 'from starting the program to a live preview, beside an empty Electron window',
  window: true,
  figures: {
    livePreviewMs: `ms from the start to the camera’s first picture on the stage; median of ${ROUNDS}`,
    emptyWindowMs: `ms from the start to an empty page; median of ${ROUNDS}`,
    ratio: 'the first by the second',
  },
  run,
};
