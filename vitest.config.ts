import { defineConfig } from 'vitest/config';
import { VISION_ADDRESS } from './tools/bundles.mjs';

/** Constants that the bundler puts in; tests run as the product does. Of its own for each: Vitest empties it. */
const define = () => ({ __PRACTICE_RUNTIME__: 'false', __VISION__: JSON.stringify([VISION_ADDRESS]) });

export default defineConfig({
  test: {
    // Several integration tests start ffmpeg or servers: threads would share their process state.
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      {
        define: define(),
        test: {
          name: 'unit',
          include: ['{shared,electron,renderer}/**/*.test.{ts,tsx}'],
          // Many small files: a thread starts sooner than a process, and each still has modules and globals of its own.
          pool: 'threads',
          // Generous as all limits here: a machine may be at something else, and nothing in a test asserts speed.
          testTimeout: 60_000,
          hookTimeout: 60_000,
          expect: { poll: { timeout: 20_000 } },
        },
      },
      {
        define: define(),
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          globalSetup: ['tests/s3/server.ts', 'tests/footage/vision.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          expect: { poll: { timeout: 30_000 } },
        },
      },
    ],
  },
});
