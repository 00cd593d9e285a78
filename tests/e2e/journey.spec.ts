/** The whole journey in the real window: import, check, publish in practice, quit in the middle, usable. */
import { mkdir, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ElectronApplication, Page } from '@playwright/test';
import { composeTake, newestTools } from '../footage/tools.ts';
import { expect, test } from './fixtures.ts';

const PICTURES = fileURLToPath(new URL('../../docs/pictures', import.meta.url));

/** The system's dialog cannot be clicked by a test; it answers as if somebody had chosen this file. */
async function chooseInDialog(app: ElectronApplication, file: string): Promise<void> {
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
  }, file);
}

/** Pictures for the readme are taken anew only when asked for, so that a test run changes no file of the project. */
async function picture(app: ElectronApplication, window: Page, name: string, testDir: string): Promise<void> {
  const folder = process.env.TWIN_STUDIO_UPDATE_PICTURES ? PICTURES : testDir;
  await mkdir(folder, { recursive: true });
  for (const [width, height] of [
    [1024, 700],
    [1440, 900],
  ] as const) {
    await app.evaluate(
      ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height),
      { width, height },
    );
    await expect.poll(() => window.evaluate(() => [innerWidth, innerHeight])).toEqual([width, height]);
    const small = width === 1024 ? '-small' : '';
    await window.screenshot({ path: join(folder, `${name}${small}.png`), animations: 'disabled' });
  }
}

test('from a file to a usable look, with a restart in between', async ({
  launchStudio,
  temporaryDir,
}, testInfo) => {
  test.setTimeout(240_000);
  const clip = await composeTake({ seconds: 16 }, await newestTools());
  const folders = { userDataDir: join(temporaryDir, 'user-data'), libraryDir: join(temporaryDir, 'library') };
  const shots = testInfo.outputDir;

  const first = await launchStudio({ ...folders, env: { TWIN_STUDIO_PRACTICE_TRAINING_SECONDS: '8' } });
  const { app, window } = first;
  await expect(window.getByText('Nothing leaves this computer')).toBeVisible();
  await picture(app, window, 'library-empty', shots);

  await chooseInDialog(app, clip);
  await window.getByRole('button', { name: 'Import a video' }).click();
  const name = basename(clip, '.mp4');
  await window
    .getByRole('link', { name: new RegExp(name) })
    .first()
    .click();
  await expect(window.getByRole('heading', { name: /^Good, with \w+ weak spots?$/ })).toBeVisible({
    timeout: 60_000,
  });
  await window.getByRole('button', { name: 'Change the name' }).click();
  await window.getByRole('textbox', { name: /Name/ }).fill('Frank, welcome');
  await window.keyboard.press('Enter');
  await expect(window.getByRole('heading', { name: 'Frank, welcome', level: 1 })).toBeVisible();
  await expect
    .poll(() => window.evaluate(() => document.querySelector('video')?.readyState ?? 0))
    .toBeGreaterThanOrEqual(2);
  await picture(app, window, 'take', shots);

  await window.getByRole('button', { name: 'Accept' }).click();
  await window.getByRole('link', { name: 'Publish' }).click();
  const train = window.getByRole('button', { name: 'Practise for free' });
  await expect(train).toBeDisabled();
  await window.getByRole('textbox', { name: 'Name of the person' }).fill('Frank Meier');
  await window.getByRole('textbox', { name: 'Name of the look' }).fill('Blue wall');
  await window.getByRole('checkbox', { name: /agrees that a twin/ }).check();
  await expect(train).toBeEnabled();
  await picture(app, window, 'publish', shots);
  await train.click();
  await expect(window.getByRole('heading', { name: 'The look is being trained' })).toBeVisible({
    timeout: 60_000,
  });
  await picture(app, window, 'order', shots);

  // Quit in the middle of training; another start, another port.
  await app.close();
  const second = await launchStudio({ ...folders, env: { TWIN_STUDIO_PRACTICE_TRAINING_SECONDS: '8' } });
  const again = second.window;
  await again
    .getByRole('link', { name: /Frank, welcome/ })
    .first()
    .click();
  await expect(again.getByRole('heading', { name: '“Blue wall” is usable' })).toBeVisible({
    timeout: 60_000,
  });
  const length = await again.evaluate(async () => {
    const video = document.querySelector('video');
    if (video === null) return 0;
    video.muted = true;
    await video.play();
    await new Promise((resolve) => video.addEventListener('timeupdate', resolve, { once: true }));
    video.pause();
    return video.duration;
  });
  expect(length).toBeGreaterThan(1);
  await picture(second.app, again, 'usable', shots);

  await again.getByRole('link', { name: 'Twins' }).first().click();
  await expect(again.getByText('1 of 100')).not.toHaveCount(0);
  await again.getByRole('button', { name: /Copy.*avatar_group_id/ }).click();
  await expect
    .poll(() => second.app.evaluate(({ clipboard }) => clipboard.readText()))
    .toMatch(/^practice_twin_/);
  await expect(again.getByText('This is a practice twin.')).toBeVisible();
  await picture(second.app, again, 'twins', shots);
  await again
    .getByRole('link', { name: /^Library/ })
    .first()
    .click();
  await expect(again.getByRole('link', { name: /Frank, welcome/ }).first()).toBeVisible();
  await picture(second.app, again, 'library', shots);
  await again.getByRole('link', { name: 'Settings' }).click();
  await picture(second.app, again, 'settings', shots);

  // One avatar was made, although the program was started twice.
  const avatars = await readdir(join(folders.libraryDir, 'practice', 'avatars'));
  expect(avatars.filter((file) => file.endsWith('.json'))).toHaveLength(1);
});
