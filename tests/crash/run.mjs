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
/** How often to look whether whoever started this is still there, milliseconds. */
const PARENT_LOOK_MS = 500;

/** @param {string} name of a file in TypeScript, which Node 20 does not read. */
const load = (name) =>
  runnerImport(join(import.meta.dirname, name), { configFile: false, logLevel: 'error' });

const say = (/** @type {string} */ line) => console.error(line);
const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/**
 * In the process of its own. What it has started is ended by the other one, whoever its parent is by then.
 * @param {import('./crash.ts').CrashOptions} options
 */
async function crash(options) {
  const { module: crashes } = await load('crash.ts');
  return /** @type {typeof import('./crash.ts')} */ (crashes).crash(options);
}

/** @param {string[]} args @returns {Promise<number>} exit code */
async function runApart(args) {
  /** Exit code of an interruption; what was brought is taken away before this ends. */
  let interrupted = 0;
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      interrupted = 128 + constants.signals[signal];
    });
  }
  // npm asks the shell in between to end, which does not pass that on.
  const parent = process.ppid;
  const orphaned = setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
  }, PARENT_LOOK_MS);
  const { module } = await load('../bench/tree.ts');
  const { killGiven } = /** @type {typeof import('../bench/tree.ts')} */ (module);
  const folder = await mkdtemp(join(tmpdir(), 'twin-studio-crash-'));
  let display = null;
  try {
    const missing = provideTestPrograms(say);
    const { executable, bundle } = await testRuntime(say);
    if (!provideElectronLibraries(executable, say)) return 1;
    await ensureBuilt([bundle], { say });
    if (process.platform === 'linux' && !missing.includes('Xvfb')) display = await openDisplay();
    if (interrupted !== 0) return interrupted;
    return await runInForeground(
      process.execPath,
      [fileURLToPath(import.meta.url), ...args, '--folder', folder],
      // What others leave in the temporary folder goes with ours, and so does every process that was given it.
      { env: { ...process.env, TMPDIR: folder, ...(display ? { DISPLAY: display.name } : {}) } },
    );
  } finally {
    clearInterval(orphaned);
    await killGiven(folder);
    display?.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
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
