/** The command line, for plain Node. */
import { defineConfig } from 'electron-vite';
import { nodeBundle } from './tools/bundles.mjs';

export default defineConfig({
  main: nodeBundle({
    entry: 'electron/cli.ts',
    outDir: 'out/cli',
    format: 'es',
    extension: 'js',
    target: 'node20.19',
  }),
});
