/** Looking a take over in the real window: a check, its findings, a trim, both decisions, and two takes side by side. */
import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import type { z } from 'zod';
import { libraryPaths } from '../../electron/library/paths.ts';
import { TakeIdSchema } from '../../shared/domain/ids.ts';
import { ReportSchema } from '../../shared/domain/report.ts';
import { TakeSchema } from '../../shared/domain/take.ts';
import { words } from '../../shared/words/app.ts';
import { verdictName } from '../../shared/words/verdicts.ts';
import { composeTake, newestTools } from '../footage/tools.ts';
import { expect, test } from './fixtures.ts';

/** The system's dialog cannot be clicked by a test; it answers as if somebody had chosen these files. */
async function chooseInDialog(app: ElectronApplication, files: readonly string[]): Promise<void> {
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [...chosen] });
  }, files);
}

const openTake = (window: Page, name: string) =>
  window
    .getByRole('link', { name: new RegExp(name) })
    .first()
    .click();

/** The take of the page, as it lies on the disk. */
async function stored(window: Page, libraryDir: string) {
  const id = TakeIdSchema.parse(/takes\/(tk_\w+)/.exec(window.url())?.[1]);
  const paths = libraryPaths(libraryDir);
  const read = async <T>(file: string, schema: z.ZodType<T>): Promise<T> =>
    schema.parse(JSON.parse(await readFile(file, 'utf8')));
  return {
    take: await read(paths.takeRecord(id), TakeSchema),
    report: await read(join(paths.takes, id, 'report.json'), ReportSchema),
  };
}

test('a take is checked, trimmed, rejected, accepted, and seen beside another', async ({
  launchStudio,
  temporaryDir,
}) => {
  test.setTimeout(300_000);
  const tools = await newestTools();
  const [one, two] = [join(temporaryDir, 'first try.mp4'), join(temporaryDir, 'second try.mp4')];
  await copyFile(await composeTake({ seconds: 20 }, tools), one);
  await copyFile(await composeTake({ seconds: 16 }, tools), two);
  const { app, window, libraryDir } = await launchStudio();
  await chooseInDialog(app, [one, two]);
  await window.getByRole('button', { name: 'Import a video' }).click();
  await openTake(window, 'first try');

  // The check gives a verdict, findings and a course.
  const verdict = window.locator('.verdict').last();
  const { check } = words.take;
  await expect(window.locator('.findings li').first()).toBeVisible({ timeout: 120_000 });
  await expect(window.locator('.timeline .lane').first()).toBeAttached();
  await expect(window.locator('.pictures')).toHaveAttribute('data-full', 'true', { timeout: 60_000 });
  const before = await stored(window, libraryDir);
  expect(before.report.range).toMatchObject({ startSeconds: 0 });

  // A place of a finding plays there, where there is one.
  const place = window.locator('.findings .where button').first();
  if ((await place.count()) > 0) {
    await place.click();
    await expect(place).toHaveAttribute('aria-pressed', 'true');
    // It stops by itself at the end of the place, which may be now.
    await window.locator('video').evaluate((video: HTMLVideoElement) => video.pause());
    await expect(window.getByRole('button', { name: words.review.player.play, exact: true })).toBeVisible();
  }

  // Frames are stepped through in the video itself.
  const seconds = () => window.locator('video').evaluate((video: HTMLVideoElement) => video.currentTime);
  await window.locator('.timeline h2').click();
  await window.keyboard.press('Home');
  await expect.poll(seconds).toBe(0);
  for (let step = 0; step < 3; step += 1) await window.keyboard.press('.');
  await expect.poll(seconds).toBeCloseTo(3.5 / 30, 2);
  await expect(window.locator('.transport .time b')).toHaveText(/^0:00\.1/);

  // Under 15 seconds would be refused: told at once, and on the disk soon after.
  const end = window.getByRole('slider', { name: words.review.trim.end });
  await end.focus();
  await window.keyboard.press('PageDown');
  await expect(verdict).toContainText(check.failTrimBody);
  await expect(verdict.getByRole('heading')).toHaveText(verdictName('fail', null));
  await expect(window.getByRole('button', { name: words.review.decide.accept, exact: true })).toHaveCount(0);
  await expect
    .poll(async () => (await stored(window, libraryDir)).report.range.endSeconds)
    .toBeCloseTo(10, 0);
  expect((await stored(window, libraryDir)).take.review.trim).toMatchObject({
    startSeconds: 0,
    exact: false,
  });
  await window.keyboard.press('Control+z');
  await expect(verdict).not.toContainText(check.failTrimBody);
  await expect.poll(async () => (await stored(window, libraryDir)).take.review.trim).toBeNull();
  await expect
    .poll(async () => (await stored(window, libraryDir)).report.range.endSeconds)
    .toBeCloseTo(before.report.range.endSeconds, 2);

  // Rejected with a note, which the library shows; then the other way round.
  await window.getByRole('button', { name: words.review.decide.reject, exact: true }).click();
  await window.getByLabel(words.review.decide.dialog.note).fill('The blinds were open.');
  await window.getByRole('dialog').getByRole('button', { name: words.review.decide.dialog.confirm }).click();
  await expect(window.locator('.decision-note')).toContainText('The blinds were open.');
  expect((await stored(window, libraryDir)).take.review.decision).toMatchObject({
    kind: 'rejected',
    note: 'The blinds were open.',
  });
  await window.getByRole('link', { name: 'Library' }).first().click();
  await expect(window.getByRole('heading', { name: /^Rejected/ })).toBeVisible();
  await openTake(window, 'first try');
  await window.getByRole('button', { name: words.review.decide.changeLabel }).click();
  await window.getByRole('button', { name: words.review.decide.accept, exact: true }).click();
  await expect(window.getByRole('link', { name: words.take.publish, exact: true })).toBeVisible();

  // Beside the other take, which is the only one, both play in step.
  await window.getByRole('button', { name: words.review.more.label, exact: true }).click();
  await window.getByRole('link', { name: words.review.more.compare }).click();
  await expect(window.getByRole('region', { name: /Right: second try/ }).locator('.verdict')).toBeVisible({
    timeout: 120_000,
  });
  await window.getByRole('button', { name: words.review.compare.on }).click();
  const positions = () =>
    window
      .locator('video')
      .evaluateAll((videos) => videos.map((video) => (video as HTMLVideoElement).currentTime));
  await expect.poll(positions).toEqual([5, 5]);
});
