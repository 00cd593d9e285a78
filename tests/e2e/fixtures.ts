/**
 * Opens the studio for a test, in folders of its own.
 *
 *     test('shows the stage', async ({ launchStudio }) => {
 *       const { app, window } = await launchStudio({ env: { … } });
 *     });
 */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, type ElectronApplication, type Page } from '@playwright/test';
import { removeFolder } from '../removeFolder.ts';
import { launchElectron } from './launchElectron.ts';

export { expect } from '@playwright/test';

export interface LaunchOptions {
  /** Settings and window state; without it an empty folder. Give the same one twice to test a restart. */
  readonly userDataDir?: string;
  /** Takes, orders and twins; without it an empty folder. */
  readonly libraryDir?: string;
  /** Added to the environment of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** Arguments and Chromium switches, for instance for a fake camera. */
  readonly args?: readonly string[];
}

export interface LaunchedStudio {
  readonly app: ElectronApplication;
  /** The first window, loaded. */
  readonly window: Page;
  readonly userDataDir: string;
  readonly libraryDir: string;
}

interface Fixtures {
  /** A folder that is removed after the test. */
  readonly temporaryDir: string;
  /** Opens the studio; it is closed after the test, and pictured if the test failed. */
  readonly launchStudio: (options?: LaunchOptions) => Promise<LaunchedStudio>;
}

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from this pattern.
  temporaryDir: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'twin-studio-e2e-'));
    await use(folder);
    await removeFolder(folder);
  },

  launchStudio: async ({ temporaryDir }, use, testInfo) => {
    const launched: LaunchedStudio[] = [];
    await use(async (options = {}) => {
      const studio = await launch(options, temporaryDir);
      launched.push(studio);
      return studio;
    });
    for (const { app, window } of launched) {
      if (testInfo.status !== testInfo.expectedStatus && !window.isClosed()) {
        await testInfo.attach('window', { body: await window.screenshot(), contentType: 'image/png' });
      }
      await app.close();
    }
  },
});

async function launch(options: LaunchOptions, temporaryDir: string): Promise<LaunchedStudio> {
  const userDataDir = options.userDataDir ?? join(temporaryDir, 'user-data');
  const libraryDir = options.libraryDir ?? join(temporaryDir, 'library');
  const app = await launchElectron({
    switches: [...(options.args ?? []), `--user-data-dir=${userDataDir}`],
    env: {
      ...inherited(),
      TWIN_STUDIO_USER_DATA: userDataDir,
      TWIN_STUDIO_LIBRARY: libraryDir,
      ...options.env,
    },
  });
  const window = await app.firstWindow();
  await window.waitForLoadState();
  return { app, window, userDataDir, libraryDir };
}

/** The environment without what would change the studio: tests set their own. */
function inherited(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value === undefined || /^(TWIN_STUDIO|HEYGEN|SEGMIND|AWS)_/.test(name) ? [] : [[name, value]],
    ),
  );
}
