// @ts-check
/** `npm run check`: types of every runtime, lint and format, import rules, dead code. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folders = ['electron', 'renderer', 'shared', 'tests', 'tools'];

const checks = {
  Types: ['tsc', '--build'],
  'Lint and format': ['biome', 'ci', '--error-on-warnings', '--colors=off'],
  'Import rules': ['depcruise', '--config', '.dependency-cruiser.cjs', ...folders],
  'Dead code': ['knip', '--no-progress'],
};

const started = Object.entries(checks).map(([title, command]) => ({ title, result: run(command) }));
let failed = 0;
for (const { title, result } of started) {
  const { ok, output } = await result;
  console.log(`${ok ? '✓' : '✗'} ${title}`);
  if (!ok) {
    failed += 1;
    console.log(output.trim());
  }
}
process.exitCode = failed > 0 ? 1 : 0;

/**
 * @param {string[]} command of a package
 * @returns {Promise<{ok: boolean, output: string}>}
 */
function run([program = '', ...args]) {
  return new Promise((resolve) => {
    // On Windows these are scripts, which only a shell can run.
    const options = { cwd: root, maxBuffer: 1e8, shell: process.platform === 'win32' };
    execFile(join('node_modules', '.bin', program), args, options, (error, stdout, stderr) =>
      resolve({ ok: !error, output: stdout + stderr }),
    );
  });
}
