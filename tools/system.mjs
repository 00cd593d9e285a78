// @ts-check
/**
 * What the operating system has to bring. As root on Debian it is installed; elsewhere one command is named.
 * `node tools/system.mjs` installs all that tests need; it runs before the first `npm ci`, so it imports nothing of npm's.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Libraries that Electron needs and a Debian without a desktop lacks. */
const ELECTRON_LIBRARIES = ['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1', 'libxss1'];

/** Programs that tests use, and the package of each. */
const TEST_PROGRAMS = {
  /** A display without a screen. */
  Xvfb: 'xvfb',
  /** A second ffmpeg beside the bundled one: what we write must work with both. */
  ffmpeg: 'ffmpeg',
  /** A Chromium as new as the shipped Electron's, for the recording code. */
  chromium: 'chromium',
  /** The S3 server of the tests, and what asks whether it is ready. */
  ceph: 'ceph-common',
  'ceph-mon': 'ceph-mon',
  'ceph-osd': 'ceph-osd',
  'ceph-mgr': 'ceph-mgr',
  radosgw: 'radosgw',
  curl: 'curl',
};

/** @typedef {keyof typeof TEST_PROGRAMS} TestProgram */

/**
 * Makes sure that Electron's system libraries are there.
 * @param {string} executable
 * @param {(line: string) => void} say
 * @returns {boolean} whether Electron can start; if not, `say` has heard what to do
 */
export function provideElectronLibraries(executable, say) {
  if (!electronLacksLibraries(executable)) return true;
  if (install(ELECTRON_LIBRARIES, say) && !electronLacksLibraries(executable)) return true;
  say(`Electron needs some system libraries. Install them with: ${installCommand(ELECTRON_LIBRARIES)}`);
  return false;
}

/** @param {string} executable */
function electronLacksLibraries(executable) {
  if (process.platform !== 'linux') return false;
  const { stdout } = spawnSync('ldd', [executable], { encoding: 'utf8' });
  return /not found/.test(stdout ?? '');
}

/**
 * Makes sure that the programs tests use are there.
 * @param {(line: string) => void} say
 * @returns {TestProgram[]} those that are missing still
 */
export function provideTestPrograms(say) {
  const missing = () =>
    /** @type {TestProgram[]} */ (Object.keys(TEST_PROGRAMS).filter((name) => !onPath(name)));
  // Elsewhere people have their own browser and display; the tests say what they skip.
  if (process.platform !== 'linux' || missing().length === 0) return missing();
  const packages = () => missing().map((name) => TEST_PROGRAMS[name]);
  // One that cannot be had must not cost the others.
  if (!install(packages(), say)) for (const each of packages()) install([each], say);
  if (missing().length > 0) say(`Some tests need more. Install it with: ${installCommand(packages())}`);
  return missing();
}

/** @param {string} program */
function onPath(program) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
}

let listsAreFresh = false;

/**
 * Installs Debian packages where that is possible without asking anybody: as root on Debian or its like.
 * @param {string[]} packages
 * @param {(line: string) => void} say
 * @returns {boolean} whether they are installed now
 */
function install(packages, say) {
  if (process.getuid?.() !== 0 || !onPath('apt-get')) return false;
  say(`Installing system packages: ${packages.join(' ')}.`);
  if (!listsAreFresh && !aptGet(['update'])) return false;
  listsAreFresh = true;
  return aptGet(['install', '--yes', '--no-install-recommends', ...packages]);
}

/** @param {string[]} args */
function aptGet(args) {
  const { status, stdout, stderr } = spawnSync(
    'apt-get',
    // Another installation may be running: wait for it, but not for ever.
    ['-qq', '-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=3', ...args],
    {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      stdio: ['ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  if (status !== 0) process.stderr.write(`${stdout ?? ''}${stderr ?? ''}`);
  return status === 0;
}

/** @param {string[]} packages */
function installCommand(packages) {
  return `sudo apt-get install ${packages.join(' ')}`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const say = (/** @type {string} */ line) => console.log(line);
  // Where nothing can be installed it may be there already; the tests find out and say so.
  if (!install([...ELECTRON_LIBRARIES, ...Object.values(TEST_PROGRAMS)], say)) {
    install(ELECTRON_LIBRARIES, say);
    provideTestPrograms(say);
  }
}
