/** The coach alone, without building the studio: `npx playwright test -c tests/coach`. */
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '../e2e',
  testMatch: 'coach.spec.ts',
  outputDir: '.results',
  workers: 1,
  timeout: 90_000,
  reporter: [['line']],
});
