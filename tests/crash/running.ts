/** The studio while it records, how it is killed, and its next start. */
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { ElectronApplication, Page } from 'playwright-core';
import { words } from '../../shared/words/app.ts';
import { goToStage } from '../bench/onStage.ts';
import { watchPage } from '../bench/pageWatch.ts';
import { fakeDevices, openStudio, type Studio } from '../bench/studioWindow.ts';
import { kill, treeOf } from '../bench/tree.ts';

/** What is killed. */
export const PREYS = ['renderer', 'main', 'everything'] as const;
export type Prey = (typeof PREYS)[number];

export interface Running {
  readonly studio: { readonly folder: string; readonly camera: string; readonly microphone: string } & {
    readonly say: (line: string) => void;
  };
  readonly open: Studio;
  /** When the window showed that it records, as the window itself noted it; milliseconds since 1970. */
  readonly begunAt: number;
  /** Presses Stop; when that was, as the window itself noted it. */
  stop(): Promise<number>;
  /** Finds out which processes are to be killed, so that nothing comes between deciding to and doing it. */
  aim(prey: Prey): Promise<Aim>;
}

export interface Aim {
  /** Ends them with SIGKILL; when that was, milliseconds since 1970. */
  fire(): number;
  /** Ends when they are gone. */
  readonly gone: Promise<unknown>;
}

/** What a window says of a recording that was interrupted. */
export type Told = { readonly kind: 'kept'; readonly takeId: string | null } | { readonly kind: 'nothing' };

/** A window that may tell of what was interrupted. */
export interface Again {
  /** Null when it says nothing in its time. */
  told(signal: AbortSignal): Promise<Told | null>;
  close(): Promise<void>;
}

const TOLD_MS = 30_000;
const LOOK_MS = 100;
/** The first words of each notice; the rest are figures. */
const KEPT = /A recording was interrupted at \d\d:\d\d\. It was kept: /;
const NOTHING = /was interrupted before its first second was stored|what is left of it cannot be played/;

const open = ({ folder, camera, microphone, say }: Running['studio']) =>
  openStudio({ folder, switches: fakeDevices(camera, microphone), watch: [watchPage], say });

/** Opens the studio, and records by its button. */
export async function record(studio: Running['studio']): Promise<Running> {
  const opened = await open(studio);
  const { page } = opened;
  await goToStage(page, 'any');
  await button(page, words.stage.button.record).click({ timeout: TOLD_MS });
  await page.locator('main.stage[data-phase="recording"]').waitFor();
  const begunAt = await page.evaluate(() => {
    const { phases } = window.benchSeen;
    return performance.timeOrigin + (phases.find(({ phase }) => phase === 'recording')?.at ?? 0);
  });
  return {
    studio,
    open: opened,
    begunAt,
    stop: () =>
      button(page, words.stage.button.stop).evaluate((element) => {
        if (element instanceof HTMLElement) element.click();
        return Date.now();
      }),
    aim: (prey) => aim(opened, prey),
  };
}

const button = (page: Page, name: string) =>
  page.locator('main.stage').getByRole('button', { name, exact: true });

async function aim({ app, processId }: Studio, prey: Prey): Promise<Aim> {
  const ids =
    prey === 'renderer' ? [await rendererOf(app)] : prey === 'main' ? [processId] : await treeOf(processId);
  // Zero would mean ourselves, and all that we have started.
  if (ids.some((id) => id <= 0)) throw new Error('The window has no process that could be killed.');
  const main = app.process();
  return {
    fire() {
      const at = Date.now();
      kill(ids);
      return at;
    },
    gone: prey === 'renderer' || main.exitCode !== null ? Promise.resolve() : once(main, 'exit'),
  };
}

const rendererOf = (app: ElectronApplication): Promise<number> =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId() ?? 0);

/** Starts the studio again; when only its window's process died, it shows its window again by itself. */
export async function startAgain({ studio, open: before }: Running, prey: Prey): Promise<Again> {
  const again = prey === 'renderer' ? before : await open(studio);
  return { told: (signal) => told(again.app, signal), close: () => again.close() };
}

async function told(app: ElectronApplication, signal: AbortSignal): Promise<Told | null> {
  const deadline = performance.now() + TOLD_MS;
  while (performance.now() < deadline && !signal.aborted) {
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
    const kept = notices.find((notice) => KEPT.test(notice));
    if (kept !== undefined) return { kind: 'kept', takeId: /tk_[0-9a-f]+/.exec(kept)?.[0] ?? null };
    if (notices.some((notice) => NOTHING.test(notice))) return { kind: 'nothing' };
    await pause(LOOK_MS);
  }
  return null;
}
