// @ts-check
/** Which Electron runs the app on this machine, and how it is called. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { obtainPracticeRuntime, practiceRuntimeAvailable } from './practice-runtime.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** An answer this late is none: somebody waits at the terminal. */
const REACHABLE_TIMEOUT_MS = 8000;
/** Electron is 110 MB; a slow line may take its time, a dead one may not. */
const DOWNLOAD_TIMEOUT_MS = 15 * 60_000;

/**
 * @typedef {object} Runtime
 * @property {string} executable
 * @property {string[]} args switches and the folder of the app, before the app's own arguments
 * @property {'product' | 'practice'} bundle what has to be built for it
 */

/**
 * Electron as shipped if it is there or can be downloaded, else the practice runtime.
 * @param {(line: string) => void} say
 * @returns {Promise<Runtime>}
 * @throws {Error} with a sentence for people when there is neither
 */
export async function findRuntime(say) {
  const executable = installedElectron() ?? (await downloadElectron(say));
  if (executable) return { executable, args: [...switches(), root], bundle: 'product' };
  if (!practiceRuntimeAvailable) {
    throw new Error('Electron could not be downloaded. Check the connection and start again.');
  }
  return practiceRuntime(say);
}

/**
 * What tests in the window run in: the practice runtime wherever there is one, so that they need no download
 * from elsewhere and show the same on every machine.
 * @param {(line: string) => void} say
 * @returns {Promise<Runtime>}
 */
export async function testRuntime(say) {
  return practiceRuntimeAvailable ? practiceRuntime(say) : findRuntime(say);
}

/**
 * @param {(line: string) => void} say
 * @returns {Promise<Runtime>}
 */
async function practiceRuntime(say) {
  const executable = await obtainPracticeRuntime({ say });
  // Its Chromium complains about services that such machines do not have; only what ends it is worth a line.
  return {
    executable,
    args: [...switches(), '--log-level=3', join(root, 'out-practice')],
    bundle: 'practice',
  };
}

/** Chromium refuses its sandbox to root, and machines where one works as root seldom have a graphics card. */
function switches() {
  return process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox', '--disable-gpu'] : [];
}

/** @returns {string | null} the executable that the electron package has downloaded earlier */
function installedElectron() {
  const folder = electronPackage();
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const executable = join(folder, 'dist', readFileSync(pathFile, 'utf8'));
  return existsSync(executable) ? executable : null;
}

/**
 * @param {(line: string) => void} say
 * @returns {Promise<string | null>} null where it cannot be had
 */
async function downloadElectron(say) {
  const source =
    process.env.ELECTRON_MIRROR || process.env.npm_config_electron_mirror || 'https://github.com/';
  if (!(await isReachable(source))) return null;
  say('Downloading Electron (110 MB, once).');
  const installer = join(electronPackage(), 'install.js');
  await new Promise((resolve) => {
    // Its messages are a stack trace; what matters is whether the executable is there afterwards.
    const child = spawn(process.execPath, [installer], { stdio: 'ignore', timeout: DOWNLOAD_TIMEOUT_MS });
    child.once('error', resolve);
    child.once('close', resolve);
  });
  return installedElectron();
}

/** @param {string} address */
async function isReachable(address) {
  try {
    await fetch(address, { method: 'HEAD', signal: AbortSignal.timeout(REACHABLE_TIMEOUT_MS) });
    return true;
  } catch {
    return false;
  }
}

function electronPackage() {
  return dirname(createRequire(import.meta.url).resolve('electron/package.json'));
}
