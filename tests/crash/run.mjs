// @ts-check
/**
 * `npm run test:crash [-- --moments N] [--only WHAT] [--seed N]`: kills the studio while it records, at random moments,
 * and looks what the next start makes of it; then watches the disk and the acknowledgements of a recording. Prints a
 * table, and one line of JSON at the end. Exit code 1 when a take was lost, or more of one than may be.
 *
 * The runs happen in a process of its own. This one brings the display and a folder, and takes both away again however
 * that process ends.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runnerImport } from 'vite';
import { ensureBuilt } from '../../tools/build.mjs';
import { runInForeground } from '../../tools/child.mjs';
import { openDisplay } from '../../tools/display.mjs';
import { testRuntime } from '../../tools/runtime.mjs';
import { provideElectronLibraries, provideTestPrograms } from '../../tools/system.mjs';

const KINDS = ['renderer', 'main', 'everything', 'trace'];
const MOMENTS = 20;
const SEED = 3;

const say = (/** @type {string} */ line) => console.error(line);
const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/**
 * In the process of its own, which ends with all that it started when it is told to.
 * @param {import('./crash.ts').CrashOptions} options
 */
async function crash(options) {
  /** @param {string} name */
  const load = (name) =>
    runnerImport(join(import.meta.dirname, name), { configFile: false, logLevel: 'error' });
  const [{ module: crashes }, { module: trees }] = await Promise.all([
    load('crash.ts'),
    load('../bench/tree.ts'),
  ]);
  const { killBelow } = /** @type {typeof import('../bench/tree.ts')} */ (trees);
  for (const signal of SIGNALS) {
    process.once(signal, () => {
      void killBelow(process.pid).finally(() => process.exit(128 + constants.signals[signal]));
    });
  }
  return /** @type {typeof import('./crash.ts')} */ (crashes).crash(options);
}

/** @param {string[]} args @returns {Promise<number>} exit code */
async function runApart(args) {
  const folder = await mkdtemp(join(tmpdir(), 'twin-studio-crash-'));
  let display = null;
  // What was brought is taken away before this ends.
  for (const signal of SIGNALS) process.once(signal, () => undefined);
  try {
    const missing = provideTestPrograms(say);
    const { executable, bundle } = await testRuntime(say);
    if (!provideElectronLibraries(executable, say)) return 1;
    await ensureBuilt([bundle], { say });
    if (process.platform === 'linux' && !missing.includes('Xvfb')) display = await openDisplay();
    return await runInForeground(
      process.execPath,
      [fileURLToPath(import.meta.url), ...args, '--folder', folder],
      // What others leave in the temporary folder goes with ours.
      { env: { ...process.env, TMPDIR: folder, ...(display ? { DISPLAY: display.name } : {}) } },
    );
  } finally {
    display?.close();
    await rm(folder, { recursive: true, force: true });
  }
}

const { values } = parseArgs({
  options: {
    moments: { type: 'string', default: String(MOMENTS) },
    only: { type: 'string' },
    seed: { type: 'string', default: String(SEED) },
    // Only given by this program to itself.
    folder: { type: 'string' },
  },
});
const { folder, only } = values;
const [moments, seed] = [Number(values.moments), Number(values.seed)];
if (!(moments > 0) || !Number.isFinite(seed) || (only !== undefined && !KINDS.includes(only))) {
  say(`Usage: npm run test:crash [-- --moments N] [--only ${KINDS.join('|')}] [--seed N]`);
  process.exitCode = 64;
} else if (folder === undefined) process.exitCode = await runApart(process.argv.slice(2));
else {
  const kinds = /** @type {import('./crash.ts').CrashOptions['kinds']} */ (only ? [only] : KINDS);
  process.exitCode = (await crash({ folder, moments, seed, kinds, say })) ? 0 : 1;
}
