// @ts-check
/** Which Electron runs the app on this machine, and how it is called. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { obtainPracticeRuntime, practiceRuntimeAvailable } from './practice-runtime.mjs';
import { tellDownload } from './progress.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** An answer this late is none: somebody waits at the terminal. */
const REACHABLE_TIMEOUT_MS = 8000;
/** About, on any system. */
const DOWNLOAD_BYTES = 110_000_000;
/** A slow line may take its time, a dead one may not. */
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
  say(
    'Electron could not be downloaded: this opens the trial runtime, where no key is kept and nothing costs.',
  );
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
  // A folder of its own for what is not complete yet, so that it can be seen growing.
  const folder = await mkdtemp(join(tmpdir(), 'twin-studio-electron-'));
  try {
    await tellDownload(() => runInstaller(folder), { folder, bytes: DOWNLOAD_BYTES, say });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return installedElectron();
}

/** @param {string} folder for its temporary files */
function runInstaller(folder) {
  const installer = join(electronPackage(), 'install.js');
  return new Promise((resolve) => {
    // Its messages are a stack trace; what matters is whether the executable is there afterwards.
    const child = spawn(process.execPath, [installer], {
      stdio: 'ignore',
      timeout: DOWNLOAD_TIMEOUT_MS,
      env: { ...process.env, TMPDIR: folder, TEMP: folder, TMP: folder },
    });
    child.once('error', resolve);
    child.once('close', resolve);
  });
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
