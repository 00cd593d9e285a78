/** The studio while it records, how it is killed, and its next start. */
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { ElectronApplication } from 'playwright-core';
import { words } from '../../shared/words/app.ts';
import { goToStage } from '../bench/onStage.ts';
import { fakeDevices, openStudio, type Studio } from '../bench/studioWindow.ts';
import { kill as killAll, treeOf } from '../bench/tree.ts';
import { knownTakes } from './foundTake.ts';

/** What is killed. */
export const PREYS = ['renderer', 'main', 'everything'] as const;
export type Prey = (typeof PREYS)[number];

export interface Running {
  readonly studio: { readonly folder: string; readonly camera: string; readonly microphone: string } & {
    readonly say: (line: string) => void;
  };
  readonly open: Studio;
  /** When recording began, milliseconds since 1970. */
  readonly begunAt: number;
  /** Ends with SIGKILL what there is of it, and waits until it is gone. */
  kill(prey: Prey): Promise<void>;
}

/** A window that may tell of what was interrupted. */
export interface Again {
  /** Id of the take of which the window says that it was kept, with the way to it; null when it says nothing. */
  offered(): Promise<string | null>;
  close(): Promise<void>;
}

const OFFER_MS = 30_000;
const LOOK_MS = 100;
/** The first words of the notice; the rest are figures. */
const OFFER = /A recording was interrupted at \d\d:\d\d\. It was kept: /;

const open = ({ folder, camera, microphone, say }: Running['studio']) =>
  openStudio({ folder, switches: fakeDevices(camera, microphone), say });

/** Opens the studio, and records by its button. */
export async function record(studio: Running['studio']): Promise<Running> {
  const isFirst = (await knownTakes(studio.folder)).length === 0;
  const opened = await open(studio);
  const { page } = opened;
  await goToStage(page, isFirst ? 'first' : 'later');
  const record = page.getByRole('button', { name: words.stage.button.record, exact: true });
  await record.click({ timeout: OFFER_MS });
  await page.locator('main.stage[data-phase="recording"]').waitFor();
  const begunAt = Date.now();
  return { studio, open: opened, begunAt, kill: (prey) => kill(opened, prey) };
}

async function kill({ app, processId }: Studio, prey: Prey): Promise<void> {
  if (prey === 'renderer') {
    const id = await rendererOf(app);
    // Zero would mean ourselves, and all that we have started.
    if (id <= 0) throw new Error('The window has no process that could be killed.');
    process.kill(id, 'SIGKILL');
    return;
  }
  const main = app.process();
  const gone = main.exitCode === null ? once(main, 'exit') : Promise.resolve();
  killAll(prey === 'main' ? [processId] : await treeOf(processId));
  await gone;
}

const rendererOf = (app: ElectronApplication): Promise<number> =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId() ?? 0);

/** Starts the studio again; when only its window's process died, it shows its window again by itself. */
export async function startAgain({ studio, open: before }: Running, prey: Prey): Promise<Again> {
  const again = prey === 'renderer' ? before : await open(studio);
  return { offered: () => offered(again.app), close: () => again.close() };
}

async function offered(app: ElectronApplication): Promise<string | null> {
  const deadline = performance.now() + OFFER_MS;
  while (performance.now() < deadline) {
    // Asked of the main process: a page that was shown again is another one to the driver. One that is about to be
    // shown again never answers.
    const seen = await app
      .evaluate(async ({ BrowserWindow }) => {
        const [window] = BrowserWindow.getAllWindows();
        const late = new Promise((resolve) => setTimeout(resolve, 2000));
        const text = window?.webContents.executeJavaScript(
          'Array.from(document.querySelectorAll(".notice"), (notice) => notice.outerHTML)',
        );
        return Promise.race([text, late]);
      })
      .catch(() => null);
    const notices = Array.isArray(seen) ? seen.map(String) : [];
    const takeId = notices
      .filter((notice) => OFFER.test(notice))
      .map((notice) => /tk_[0-9a-f]+/.exec(notice)?.[0])[0];
    if (takeId !== undefined) return takeId;
    await pause(LOOK_MS);
  }
  return null;
}
