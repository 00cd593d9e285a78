/** What the program remembers between starts, and how it ends. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

const boundsOf = (app: ElectronApplication) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getNormalBounds());

const call = (page: Page, name: string): Promise<{ kind: string; value?: unknown }> =>
  page.evaluate((called) => Reflect.get(globalThis, 'studio')[called]({}), name);

test('the window opens where it was left', async ({ launchStudio, temporaryDir }) => {
  const userDataDir = join(temporaryDir, 'user-data');
  const first = await launchStudio({ userDataDir });
  const left = { x: 40, y: 30, width: 1100, height: 710 };
  const isVisible = () =>
    first.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());
  await expect.poll(isVisible).toBe(true);
  // What the display tells of the place where it was shown first may come after it was moved: then it is moved again.
  await expect(async () => {
    await first.app.evaluate(({ BrowserWindow }, bounds) => {
      BrowserWindow.getAllWindows()[0]?.setBounds(bounds);
    }, left);
    for (let frames = 0; frames < 30; frames += 1) {
      await first.window.evaluate(() => new Promise((drawn) => requestAnimationFrame(drawn)));
      expect(await boundsOf(first.app)).toEqual(left);
    }
  }).toPass();
  await first.app.close();

  const second = await launchStudio({ userDataDir });
  await expect.poll(() => boundsOf(second.app)).toEqual(left);
});

test('a broken settings file is set aside and said', async ({ launchStudio, temporaryDir }) => {
  const userDataDir = join(temporaryDir, 'user-data');
  await mkdir(userDataDir);
  await writeFile(join(userDataDir, 'config.json'), '{"settings": {"the');
  const { window } = await launchStudio({ userDataDir });
  const aside = (await readdir(userDataDir)).find((name) => name.startsWith('config.broken-')) ?? '';
  expect(await readFile(join(userDataDir, aside), 'utf8')).toBe('{"settings": {"the');
  expect(await call(window, 'getAppState')).toMatchObject({
    kind: 'ok',
    value: { problems: [{ message: expect.stringContaining(aside) }] },
  });
});

test('the menu shows the keys of the page', async ({ launchStudio }) => {
  const { app, window } = await launchStudio();
  await expect(window.getByRole('heading', { level: 1 })).toBeVisible();
  await app.evaluate(({ BrowserWindow, Menu }) => {
    const help = Menu.getApplicationMenu()?.items.at(-1)?.submenu;
    const [keys] = help?.items ?? [];
    keys?.click(undefined, BrowserWindow.getAllWindows()[0]);
  });
  await expect(window.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
});

test('choosing another library closes the program and opens it again', async ({
  launchStudio,
  temporaryDir,
}) => {
  const { app, window, userDataDir } = await launchStudio();
  const other = join(temporaryDir, 'another library');
  await mkdir(other);
  await app.evaluate(({ app: electron, dialog }, folder) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [folder] });
    // The next start would outlive the test.
    electron.relaunch = () => console.log('opens again');
  }, other);
  const opensAgain = app.waitForEvent('console', (message) => message.text() === 'opens again');
  const closed = app.waitForEvent('close');
  // The answer may be lost with the page that asked.
  await Promise.allSettled([call(window, 'chooseLibrary')]);
  await Promise.all([opensAgain, closed]);
  const saved = JSON.parse(await readFile(join(userDataDir, 'config.json'), 'utf8'));
  expect(saved.settings.libraryDir).toBe(other);
});
