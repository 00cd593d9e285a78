/** The desktop app for the practice runtime, an old Electron for trials and tests. */
import { defineConfig } from 'electron-vite';
import { nodeBundle, windowBundle } from './tools/bundles.mjs';

// electron-vite derives its targets (Node 18, Chromium 114) from the version of Electron.
process.env.ELECTRON_MAJOR_VER = '25';

const practice = { format: 'cjs', extension: 'cjs', practiceRuntime: true } as const;

export default defineConfig({
  main: nodeBundle({ entry: 'electron/main.ts', outDir: 'out-practice/main', ...practice }),
  preload: nodeBundle({ entry: 'electron/preload.ts', outDir: 'out-practice/preload', ...practice }),
  renderer: windowBundle({ outDir: 'out-practice/renderer', practiceRuntime: true }),
});
