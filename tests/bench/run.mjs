// @ts-check
/**
 * `npm run bench [-- NAME [FILE]] [--seconds N] [--json]`: runs one benchmark; without a name it lists them and runs the quick
 * one. The result is a table, or with `--json` one line; everything else that is said goes to the error output.
 *
 * The benchmark runs in a process of its own. This one brings the display and a folder, and takes both away again
 * however that process ends.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runnerImport } from 'vite';
import { ensureBuilt } from '../../tools/build.mjs';
import { ensureVision, VISION_ADDRESS } from '../../tools/bundles.mjs';
import { runInForeground } from '../../tools/child.mjs';
import { openDisplay } from '../../tools/display.mjs';
import { testRuntime } from '../../tools/runtime.mjs';
import { provideElectronLibraries, provideTestPrograms } from '../../tools/system.mjs';

const NAMES = ['library', 'check', 'quality', 'stage', 'sync', 'start'];
const QUICK = 'library';

const say = (/** @type {string} */ line) => console.error(line);
let interrupted = false;
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  // What was brought is taken away before this ends.
  process.once(signal, () => {
    interrupted = true;
  });
}

/**
 * Loads a benchmark; Node 20 does not read TypeScript.
 * @param {string} name
 * @returns {Promise<import('./bench.ts').Bench>}
 */
async function load(name) {
  const file = join(import.meta.dirname, `${name}.ts`);
  const define = { __VISION__: JSON.stringify([VISION_ADDRESS]) };
  const { module } = await runnerImport(file, { configFile: false, logLevel: 'error', define });
  return /** @type {{bench: import('./bench.ts').Bench}} */ (module).bench;
}

/**
 * In the process of its own.
 * @param {string} name
 * @param {{seconds: number | undefined, file: string | undefined, folder: string}} wish
 * @param {string} resultFile
 */
async function measure(name, wish, resultFile) {
  const bench = await load(name);
  const result = await bench.run({ ...wish, say });
  await writeFile(resultFile, JSON.stringify(result));
}

/**
 * @param {string} name
 * @param {{seconds: string | undefined, file: string | undefined, json: boolean}} options
 * @returns {Promise<number>} exit code
 */
async function runApart(name, { seconds, file, json }) {
  const bench = await load(name);
  if (file !== undefined && bench.takesFile !== true)
    throw new Error(`The benchmark "${name}" takes no file.`);
  const folder = await mkdtemp(join(tmpdir(), 'twin-studio-bench-'));
  let display = null;
  try {
    if (bench.window) {
      const missing = provideTestPrograms(say);
      const { executable, bundle } = await testRuntime(say);
      if (!provideElectronLibraries(executable, say)) return 1;
      await ensureBuilt([bundle], { say });
      if (process.platform === 'linux' && !missing.includes('Xvfb')) display = await openDisplay();
    }
    if (bench.vision) await ensureVision();
    if (interrupted) return 130;
    const resultFile = join(folder, 'result.json');
    const subject = file === undefined ? [name] : [name, resolve(file)];
    const args = [fileURLToPath(import.meta.url), ...subject, '--folder', folder, '--result', resultFile];
    const code = await runInForeground(process.execPath, seconds ? [...args, '--seconds', seconds] : args, {
      stdio: ['ignore', 2, 2],
      // What others leave in the temporary folder goes with ours.
      env: { ...process.env, TMPDIR: folder, ...(display ? { DISPLAY: display.name } : {}) },
    });
    if (code !== 0) return code;
    /** @type {Record<string, import('./bench.ts').Figure>} */
    const result = JSON.parse(await readFile(resultFile, 'utf8'));
    console.log(json ? JSON.stringify(result) : table(result, bench.figures));
    return 0;
  } finally {
    display?.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * @param {Record<string, import('./bench.ts').Figure>} result
 * @param {Readonly<Record<string, string>>} figures
 */
function table(result, figures) {
  const rows = Object.entries(result).map(([name, value]) => [
    name,
    String(value ?? '–'),
    figures[name] ?? '',
  ]);
  const width = (/** @type {number} */ column) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  const [first, second] = [width(0), width(1)];
  // What is long, such as a path, would push the explanations out of sight.
  return rows
    .map(([name = '', value = '', about = '']) =>
      `${name.padEnd(first)}  ${value.padStart(Math.min(second, 12))}  ${about}`.trimEnd(),
    )
    .join('\n');
}

async function list() {
  say('Benchmarks: npm run bench -- NAME [FILE] [--seconds N] [--json]');
  for (const name of NAMES) say(`  ${name.padEnd(8)} ${(await load(name)).about}`);
  say('');
}

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      seconds: { type: 'string' },
      json: { type: 'boolean', default: false },
      // Only given by this program to itself.
      folder: { type: 'string' },
      result: { type: 'string' },
    },
  });
  const [name, file, ...more] = positionals;
  const { seconds, json, folder, result } = values;
  if (more.length > 0 || (name !== undefined && !NAMES.includes(name))) {
    throw new Error(
      `There is no benchmark called "${positionals.join(' ')}". There are: ${NAMES.join(', ')}.`,
    );
  }
  if (seconds !== undefined && !(Number(seconds) > 0)) {
    throw new Error(`--seconds is a length in seconds, not "${seconds}".`);
  }
  if (name === undefined) await list();
  if (folder !== undefined && result !== undefined && name !== undefined) {
    await measure(
      name,
      { seconds: seconds === undefined ? undefined : Number(seconds), file, folder },
      result,
    );
  } else process.exitCode = await runApart(name ?? QUICK, { seconds, file, json });
} catch (error) {
  if (!interrupted) say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
