/**
 * Tests in a real window. `npm test` gives them a display and runs one project after the other; alone:
 * `xvfb-run npx playwright test --project=studio`, or `--project=pages`.
 */
import { defineConfig } from '@playwright/test';

/** Screens on fixtures. */
const PAGES = ['**/window.spec.ts', '**/stageScreen.spec.ts'];

export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  globalSetup: './tests/e2e/globalSetup.ts',
  workers: 2,
  projects: [
    // Each test opens an app or a camera of its own; two at once starve each other on a small machine.
    { name: 'studio', testIgnore: PAGES, workers: 1 },
    // Screens on fixtures in a plain browser: nothing in them hangs on time, so that two go side by side.
    { name: 'pages', testMatch: PAGES, workers: 2, fullyParallel: true },
  ],
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list'], ['./tools/report-playwright.mjs']],
});
