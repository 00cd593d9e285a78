// @ts-check
/**
 * What is bundled, and for which runtime. Three bundles come from one source:
 * - `app`: the desktop app for the Electron that is shipped (`out/{main,preload,renderer}`)
 * - `cli`: the command line for plain Node (`out/cli`)
 * - `practice`: the desktop app for the practice runtime (`out-practice`), in CommonJS for Node 18 and Chromium 114
 */
import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
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
    define: {
      __PRACTICE_RUNTIME__: String(practiceRuntime),
      // From the bundle's own folder, and from that of its parts.
      __VISION__: JSON.stringify(['../renderer/vision/', '../../renderer/vision/']),
    },
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
    plugins: [react(), faceModels(), faceWorker()],
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

function modelFiles() {
  const models = join(dirname(require.resolve('@vladmandic/human')), '../models');
  const wasm = dirname(require.resolve('@tensorflow/tfjs-backend-wasm'));
  return [
    ...MODELS.flatMap((name) => [join(models, `${name}.json`), join(models, `${name}.bin`)]),
    // One thread: a recording needs the other processors. Without SIMD: processors of before 2008.
    ...['-simd', ''].map((variant) => join(wasm, `tfjs-backend-wasm${variant}.wasm`)),
  ];
}

/** @returns {import('vite').Plugin} copies the models beside the window, for nothing may come from a CDN */
export function faceModels() {
  return {
    name: 'face-models',
    apply: 'build',
    async generateBundle() {
      for (const file of modelFiles()) {
        this.emitFile({ type: 'asset', fileName: `vision/${basename(file)}`, source: await readFile(file) });
      }
    },
  };
}

/** The worker that looks at a take's frames for the check. */
const WORKER_SOURCE = 'electron/media/measure/faces.worker.ts';
const WORKER_FILE = 'faces.worker.cjs';

/** @returns {import('vite').Plugin} puts that worker beside the models */
function faceWorker() {
  return {
    name: 'face-worker',
    apply: 'build',
    async generateBundle() {
      this.emitFile({ type: 'asset', fileName: `vision/${WORKER_FILE}`, source: await bundleFaceWorker() });
    },
  };
}

/**
 * One file in CommonJS, for it is run from its text: inside the packaged app's archive no worker can be started.
 * @returns {Promise<string>}
 */
async function bundleFaceWorker() {
  const { build } = await import('vite');
  const built = await build({
    root,
    configFile: false,
    logLevel: 'error',
    // By it the model library would tell Node, for which it has other code that needs more packages.
    define: { process: 'undefined' },
    build: {
      write: false,
      target: 'node18',
      minify: false,
      modulePreload: false,
      rolldownOptions: {
        input: join(root, WORKER_SOURCE),
        external: ['node:worker_threads'],
        output: { format: 'cjs', codeSplitting: false },
      },
    },
  });
  const output = [built].flat().flatMap((one) => ('output' in one ? one.output : []));
  const [chunk, ...more] = output;
  if (chunk?.type !== 'chunk' || more.length > 0) throw new Error('The worker is not one file.');
  return chunk.code;
}

/**
 * For programs that run from their sources, as tests do: a folder with models and worker as a build has it, made anew
 * when a source of the worker is newer. Safe in several processes at once.
 * @returns {Promise<string>} its address, with a slash at its end: what `__VISION__` is for them
 */
export async function ensureVision() {
  const folder = VISION_CACHE;
  const made = await stat(join(folder, WORKER_FILE)).catch(() => null);
  if (made === null || made.mtimeMs < (await newestOf(WORKER_SOURCES))) {
    await mkdir(folder, { recursive: true });
    for (const file of modelFiles()) await putFile(join(folder, basename(file)), await readFile(file));
    await putFile(join(folder, WORKER_FILE), await bundleFaceWorker());
  }
  return VISION_ADDRESS;
}

const VISION_CACHE = join(root, 'node_modules/.cache/twin-studio/vision');
export const VISION_ADDRESS = pathToFileURL(`${VISION_CACHE}/`).href;
const WORKER_SOURCES = ['electron/media/measure', 'shared/quality', 'tools/bundles.mjs', 'package-lock.json'];

/** @param {string[]} paths @returns {Promise<number>} milliseconds since 1970 */
async function newestOf(paths) {
  const times = await Promise.all(
    paths.map(async (path) => {
      const info = await stat(join(root, path));
      if (!info.isDirectory()) return info.mtimeMs;
      return newestOf((await readdir(join(root, path))).map((name) => join(path, name)));
    }),
  );
  return Math.max(...times);
}

/**
 * @param {string} file
 * @param {string | Buffer} content
 */
async function putFile(file, content) {
  const partial = `${file}.${process.pid}`;
  await writeFile(partial, content);
  await rename(partial, file);
}
