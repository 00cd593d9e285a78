/** The app opens, and its window is a sandbox without Node. */
import { expect, test } from './fixtures.ts';

interface Inspectable {
  getLastWebPreferences(): object;
}

test('opens a window', async ({ launchStudio }, testInfo) => {
  const { app, window } = await launchStudio();
  await expect(window).toHaveTitle(/Twin Studio/);
  await expect(window.locator('#root')).not.toBeEmpty();

  const screenshot = await window.screenshot();
  expect(screenshot.byteLength).toBeGreaterThan(1000);
  await testInfo.attach('window', { body: screenshot, contentType: 'image/png' });

  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

test('gives the window no Node', async ({ launchStudio }) => {
  const { app, window } = await launchStudio();
  const found = await window.evaluate(() =>
    ['require', 'process', 'module', 'Buffer'].filter((name) => name in globalThis),
  );
  expect(found).toEqual([]);

  const preferences = await app.evaluate(({ BrowserWindow }) => {
    const [first] = BrowserWindow.getAllWindows();
    // Not in Electron's types, yet the one place that tells how a window really runs.
    return (first?.webContents as unknown as Inspectable | undefined)?.getLastWebPreferences();
  });
  expect(preferences).toMatchObject({ contextIsolation: true, sandbox: true, nodeIntegration: false });
});

test('keeps its settings in the folder it is given', async ({ launchStudio }) => {
  const { app, userDataDir } = await launchStudio();
  expect(await app.evaluate((electron) => electron.app.getPath('userData'))).toBe(userDataDir);
});
