// @ts-check
/** `npm run demo`: the whole journey in the terminal, with the practice host and trainer. */
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ensureBuilt } from './build.mjs';
import { runInForeground } from './child.mjs';

/**
 * @param {string[]} args
 * @param {(line: string) => void} say
 * @returns {Promise<number>} exit code
 */
export async function runDemo(args, say) {
  await ensureBuilt(['product'], { say });
  const cli = fileURLToPath(new URL('../out/cli/cli.js', import.meta.url));
  return runInForeground(process.execPath, [cli, 'demo', ...args]);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const say = (/** @type {string} */ line) => console.error(line);
  try {
    process.exitCode = await runDemo(process.argv.slice(2), say);
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
