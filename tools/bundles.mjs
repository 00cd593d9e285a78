// @ts-check
/**
 * What is bundled, and for which runtime. Three bundles come from one source:
 * - `app`: the desktop app for the Electron that is shipped (`out/{main,preload,renderer}`)
 * - `cli`: the command line for plain Node (`out/cli`)
 * - `practice`: the desktop app for the practice runtime (`out-practice`), in CommonJS for Node 18 and Chromium 114
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';

const root = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);

/**
 * Packages that bring a program and find it beside themselves, so they stay as they are;
 * everything else is bundled, which makes the command line start in a fraction of the time.
 */
const external = ['@ffmpeg-installer/ffmpeg', '@ffprobe-installer/ffprobe', 'ffmpeg-static'];

/**
 * @typedef {object} NodeBundle
 * @property {string} entry path of the source, from the root of the project
 * @property {string} outDir
 * @property {'es' | 'cjs'} format
 * @property {string} extension of the file written
 * @property {string} [target] node version; without it that of the Electron in use
 * @property {boolean} [practiceRuntime]
 */

/**
 * Main process, preload script and command line: everything that runs in Node.
 * @param {NodeBundle} bundle
 */
export function nodeBundle({ entry, outDir, format, extension, target, practiceRuntime = false }) {
  return {
    define: { __PRACTICE_RUNTIME__: String(practiceRuntime) },
    build: {
      outDir: join(root, outDir),
      externalizeDeps: false,
      ...(target ? { target } : {}),
      rolldownOptions: {
        input: join(root, entry),
        external,
        output: {
          format,
          entryFileNames: `[name].${extension}`,
          chunkFileNames: `chunks/[name]-[hash].${extension}`,
        },
      },
    },
  };
}

/**
 * The window.
 * @param {{outDir: string, practiceRuntime?: boolean}} bundle
 */
export function windowBundle({ outDir, practiceRuntime = false }) {
  return {
    root: join(root, 'renderer'),
    define: { __PRACTICE_RUNTIME__: String(practiceRuntime) },
    plugins: [react(), faceModels()],
    build: {
      outDir: join(root, outDir),
      rolldownOptions: { input: join(root, 'renderer/index.html') },
    },
  };
}

/**
 * Models of the face and hands, and the WebAssembly they run on. The window finds them under `vision/`, and
 * main process and command line in the same files: `../renderer/vision/` from the folder of their bundle.
 */
const MODELS = ['blazeface', 'facemesh', 'handtrack', 'handlandmark-lite'];

/** @returns {import('vite').Plugin} copies the models beside the window, for nothing may come from a CDN */
export function faceModels() {
  const models = join(dirname(require.resolve('@vladmandic/human')), '../models');
  const wasm = dirname(require.resolve('@tensorflow/tfjs-backend-wasm'));
  const files = [
    ...MODELS.flatMap((name) => [join(models, `${name}.json`), join(models, `${name}.bin`)]),
    // One thread: a recording needs the other processors. Without SIMD: processors of before 2008.
    ...['-simd', ''].map((variant) => join(wasm, `tfjs-backend-wasm${variant}.wasm`)),
  ];
  return {
    name: 'face-models',
    apply: 'build',
    async generateBundle() {
      const { readFile } = await import('node:fs/promises');
      for (const file of files) {
        const fileName = `vision/${file.slice(file.lastIndexOf('/') + 1)}`;
        this.emitFile({ type: 'asset', fileName, source: await readFile(file) });
      }
    },
  };
}
