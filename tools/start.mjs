// @ts-check
/** `npm start`: opens the app, or where there is no display, runs the demo in the terminal. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const args = process.argv.slice(2);
const say = (/** @type {string} */ line) => console.error(line);
const hasDisplay =
  process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

if (existsSync(fileURLToPath(new URL('../node_modules', import.meta.url)))) {
  try {
    process.exitCode = await (hasDisplay ? openApp() : runDemo());
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
} else {
  say('Run "npm ci" first.');
  process.exitCode = 1;
}

async function openApp() {
  // Loaded here, so that a folder without packages gets a sentence and not a stack trace.
  const { findRuntime } = await import('./runtime.mjs');
  const { provideElectronLibraries } = await import('./system.mjs');
  const { ensureBuilt } = await import('./build.mjs');
  const { runInForeground } = await import('./child.mjs');

  const runtime = await findRuntime(say);
  if (!provideElectronLibraries(runtime.executable, say)) return 1;
  await ensureBuilt([runtime.bundle], { say });
  return runInForeground(runtime.executable, [...runtime.args, ...args]);
}

async function runDemo() {
  say('There is no display here, so the demo runs in the terminal.');
  const { runDemo } = await import('./demo.mjs');
  return runDemo(args, say);
}
