/** The desktop app for the Electron that is shipped. */
import { defineConfig } from 'electron-vite';
import { nodeBundle, windowBundle } from './tools/bundles.mjs';

export default defineConfig({
  main: nodeBundle({ entry: 'electron/main.ts', outDir: 'out/main', format: 'es', extension: 'js' }),
  // A sandboxed window loads only CommonJS preload scripts.
  preload: nodeBundle({
    entry: 'electron/preload.ts',
    outDir: 'out/preload',
    format: 'cjs',
    extension: 'cjs',
  }),
  renderer: windowBundle({ outDir: 'out/renderer' }),
});
