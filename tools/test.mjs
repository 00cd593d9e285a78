// @ts-check
/**
 * `npm test`: brings what tests need, builds, runs unit and integration tests (vitest) and the tests in a real
 * window (Playwright), and ends with one line: `N passed, N failed, N skipped`.
 *
 * A skipped test says why. In CI (`CI=true`) a skip is a failure unless its reason is one that no installation
 * could remove: see `ACCEPTED_REASONS`.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { ensureBuilt } from './build.mjs';
import { runInForeground } from './child.mjs';
import { openDisplay } from './display.mjs';
import { testRuntime } from './runtime.mjs';
import { provideElectronLibraries, provideTestPrograms } from './system.mjs';

/** @typedef {import('./report-vitest.mjs').Report} Report */

const root = fileURLToPath(new URL('..', import.meta.url));
const inCi = Boolean(process.env.CI);

/** What a reason may start with in CI: footage that is not ours to publish, other systems, hardware. */
const ACCEPTED_REASONS = [
  'needs footage',
  'needs macOS',
  'needs Windows',
  'needs a user other than root',
  'needs a keyring',
  'needs a GPU',
  'needs a file system',
];

/** Of each failure: what was expected, what came instead, and where. */
const FAILURE_LINES = 30;

const say = (/** @type {string} */ line) => console.log(line);
let interrupted = false;
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.once(signal, () => {
    interrupted = true;
  });
}

try {
  process.exitCode = await test();
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

/** @returns {Promise<number>} exit code */
async function test() {
  const missing = provideTestPrograms(say);
  const { executable, bundle } = await testRuntime(say);
  const librariesThere = provideElectronLibraries(executable, say);
  await ensureBuilt(bundle === 'practice' ? ['product', 'practice'] : ['product'], { say });

  const folder = await mkdtemp(join(tmpdir(), 'twin-studio-test-'));
  const display = process.platform === 'linux' && !missing.includes('Xvfb') ? await openDisplay() : null;
  /** @type {Report[]} */
  const reports = [];
  try {
    say('\nUnit and integration tests');
    const vitest = ['vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=./tools/report-vitest.mjs'];
    reports.push(await run(vitest, join(folder, 'vitest.json'), display));
    say('\nTests in the window');
    const noWindow =
      process.platform === 'linux' && !display ? 'needs Xvfb' : !librariesThere && 'needs libraries';
    if (noWindow) {
      reports.push({
        passed: 0,
        failed: [],
        skipped: [{ name: 'all tests in the window', reason: noWindow }],
      });
    } else {
      // One after the other: what is recorded must not share the processor with pictures of screens.
      for (const project of ['studio', 'pages']) {
        if (interrupted) break;
        const playwright = ['@playwright/test/cli.js', 'test', `--project=${project}`];
        reports.push(await run(playwright, join(folder, `${project}.json`), display));
      }
    }
  } finally {
    display?.close();
    await rm(folder, { recursive: true, force: true });
  }
  return summarize(reports);
}

/**
 * Runs a test runner and reads its report.
 * @param {string[]} command path of the script inside node_modules, and arguments
 * @param {string} reportFile
 * @param {{name: string} | null} display
 * @returns {Promise<Report>}
 */
async function run([script = '', ...args], reportFile, display) {
  const env = { ...process.env, TEST_REPORT_FILE: reportFile, ...(display ? { DISPLAY: display.name } : {}) };
  const code = await runInForeground(process.execPath, [join(root, 'node_modules', script), ...args], {
    cwd: root,
    env,
  });
  const text = await readFile(reportFile, 'utf8').catch(() => null);
  /** @type {Report} */
  const report = text ? JSON.parse(text) : { passed: 0, failed: [], skipped: [] };
  // The runner knows of failures that belong to no test, such as an error after the last one.
  if (code !== 0 && report.failed.length === 0 && !interrupted) {
    report.failed.push({ name: script, why: `ended with ${code}, though no test failed` });
  }
  return report;
}

/**
 * @param {Report[]} reports
 * @returns {number} exit code
 */
function summarize(reports) {
  const skipped = reports.flatMap((report) => report.skipped);
  const failures = reports.flatMap((report) => report.failed);
  const passed = reports.reduce((sum, report) => sum + report.passed, 0);
  let failed = failures.length;
  let accepted = 0;
  say('');
  // Once more at the end: whoever sees only the last lines of a long run shall know what failed.
  for (const { name, why } of failures) say(`Failed: ${name}\n${indented(why)}`);
  for (const { name, reason } of skipped) {
    const unacceptable = inCi && !ACCEPTED_REASONS.some((start) => reason.startsWith(start));
    say(`${unacceptable ? 'Skipped, which CI does not accept' : 'Skipped'}: ${name} (${reason})`);
    if (unacceptable) failed += 1;
    else accepted += 1;
  }
  if (passed + failed === 0) say('No test ran.');
  say(`${passed} passed, ${failed} failed, ${accepted} skipped`);
  return failed > 0 || passed === 0 || interrupted ? 1 : 0;
}

/**
 * The first lines of what a runner said, without its colours.
 * @param {string} text
 */
function indented(text) {
  const lines = stripVTControlCharacters(text).split('\n');
  const left = lines.length - FAILURE_LINES;
  const shown = left > 1 ? [...lines.slice(0, FAILURE_LINES), `… ${left} more lines above`] : lines;
  return shown.map((line) => `  ${line}`).join('\n');
}
