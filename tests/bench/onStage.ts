/** Goes to the stage and records, the way a person does. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { words } from '../../shared/words/app.ts';
import type { PageSeen } from './pageWatch.ts';

/** The coach has to load its models and see a steady picture; on a small machine that takes its time. */
const READY_TIMEOUT_MS = 60_000;
/** While framing goes on, so that its pace can be told. */
const FRAMING_MS = 5000;
const STORED_TIMEOUT_MS = 60_000;

/**
 * Ends with the camera's picture on the stage.
 * @param visit the first one asks for permission; `any`: as it turns out
 */
export async function goToStage(page: Page, visit: 'first' | 'later' | 'any'): Promise<void> {
  await page.evaluate(() => {
    window.location.hash = '/stage';
  });
  const use = page.getByRole('button', { name: words.stage.ask.use });
  const picture = page.locator('.picture video');
  if (visit === 'any') await use.or(picture).first().waitFor();
  if (visit === 'first' || (visit === 'any' && (await use.isVisible()))) await use.click();
  await picture.waitFor();
}

export interface Recorded {
  readonly seen: PageSeen;
  /** Times of the window, milliseconds. */
  readonly begun: number;
  readonly stopped: number;
}

/** Ends when the coach has been content, or has had its time, and has been looking for a while. */
export async function waitForCoach(page: Page, say: (line: string) => void): Promise<void> {
  await page
    .locator('main.stage[data-phase="ready"]')
    .waitFor({ timeout: READY_TIMEOUT_MS })
    .catch(async () =>
      say(
        `The coach is not content: ${await page.getByRole('status', { name: words.stage.coach.label }).innerText()}`,
      ),
    );
  await pause(FRAMING_MS);
}

/**
 * Records, and ends when the take can be played.
 * @param during begins when recording has begun; the take is stopped when it ends
 */
export async function recordTake(page: Page, during: () => Promise<void>): Promise<Recorded> {
  const stage = page.locator('main.stage');
  await stage.getByRole('button', { name: words.stage.button.record, exact: true }).click();
  await page.locator('main.stage[data-phase="recording"]').waitFor();
  await during();
  const stop = stage.getByRole('button', { name: words.stage.button.stop, exact: true });
  if (!(await stop.isVisible())) {
    throw new Error(`The take ended by itself. The window shows: ${await page.locator('body').innerText()}`);
  }
  await stop.click();
  // Not with every frame, which would make the window draw where it has nothing to draw.
  await page.waitForFunction(() => window.benchSeen.steps.some(({ step }) => step === 'loadeddata'), null, {
    polling: 100,
    timeout: STORED_TIMEOUT_MS,
  });
  const seen = await page.evaluate(() => window.benchSeen);
  const begun = seen.phases.find(({ phase }) => phase === 'recording')?.at;
  const stopped = seen.clicks.findLast(({ name }) => name === words.stage.button.stop)?.at;
  if (begun === undefined || stopped === undefined) throw new Error('The stage did not record.');
  return { seen, begun, stopped };
}
