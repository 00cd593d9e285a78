/** The recorder alone, without building the studio: `npx playwright test -c tests/recorder`. */
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '../e2e',
  testMatch: 'recorder.spec.ts',
  outputDir: '.results',
  workers: 1,
  timeout: 90_000,
  reporter: [['line']],
});
