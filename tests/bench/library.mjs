// @ts-check
/** Bundles library.ts, as Node 20 does not read TypeScript, and runs it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';

const outDir = await mkdtemp(join(tmpdir(), 'twin-bench-'));
try {
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: join(import.meta.dirname, 'library.ts'),
      outDir,
      target: 'node20',
      minify: false,
      rolldownOptions: { output: { entryFileNames: 'library.mjs' } },
    },
  });
  await import(pathToFileURL(join(outDir, 'library.mjs')).href);
} finally {
  await rm(outDir, { recursive: true, force: true });
}
