/** The window alone, on fixtures: `npx playwright test -c tests/window`. Needs no engine and no display. */
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '../e2e',
  testMatch: ['window.spec.ts', 'stageScreen.spec.ts', 'prompter.spec.ts'],
  outputDir: '.results',
  workers: 1,
  timeout: 60_000,
  reporter: [['line']],
});
