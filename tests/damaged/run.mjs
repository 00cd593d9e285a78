// @ts-check
/**
 * `npm run test:damaged [-- --only CLASS] [--seed N]`: puts 300 damaged files and 30 sound ones before the built command
 * line. Prints a table, and one line of JSON at the end. Exit code 1 when one of them crashed or hung it, left anything
 * behind, or did not end as its class should.
 *
 * The runs happen in a process of its own. This one brings a folder, and takes it away again however that process ends.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runnerImport } from 'vite';
import { ensureBuilt } from '../../tools/build.mjs';
import { runInForeground } from '../../tools/child.mjs';

const SEED = 7;
const say = (/** @type {string} */ line) => console.error(line);
const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/**
 * In the process of its own, which ends with all that it started when it is told to.
 * @param {import('./damaged.ts').DamagedOptions} options
 */
async function damage(options) {
  /** @param {string} name */
  const load = (name) =>
    runnerImport(join(import.meta.dirname, name), { configFile: false, logLevel: 'error' });
  const [{ module: files }, { module: trees }] = await Promise.all([
    load('damaged.ts'),
    load('../bench/tree.ts'),
  ]);
  const { killBelow } = /** @type {typeof import('../bench/tree.ts')} */ (trees);
  for (const signal of SIGNALS) {
    process.once(signal, () => {
      void killBelow(process.pid).finally(() => process.exit(128 + constants.signals[signal]));
    });
  }
  return /** @type {typeof import('./damaged.ts')} */ (files).damaged(options);
}

/** @param {string[]} args @returns {Promise<number>} exit code */
async function runApart(args) {
  const folder = await mkdtemp(join(tmpdir(), 'twin-studio-damaged-'));
  // What was brought is taken away before this ends.
  for (const signal of SIGNALS) process.once(signal, () => undefined);
  try {
    await ensureBuilt(['product'], { say });
    return await runInForeground(process.execPath, [
      fileURLToPath(import.meta.url),
      ...args,
      ...['--folder', folder],
    ]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    seed: { type: 'string', default: String(SEED) },
    // Only given by this program to itself.
    folder: { type: 'string' },
  },
});
const { folder, only = null } = values;
const seed = Number(values.seed);
if (!Number.isSafeInteger(seed)) {
  say('Usage: npm run test:damaged [-- --only CLASS] [--seed N]');
  process.exitCode = 64;
} else if (folder === undefined) process.exitCode = await runApart(process.argv.slice(2));
else process.exitCode = (await damage({ folder, seed, only, say })) ? 0 : 1;
