/** Tests in a real window. `npm test` gives them a display; alone: `xvfb-run npx playwright test`. */
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  globalSetup: './tests/e2e/globalSetup.ts',
  // Each test opens an app of its own; two at once starve each other on a small machine.
  workers: 1,
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list'], ['./tools/report-playwright.mjs']],
});
