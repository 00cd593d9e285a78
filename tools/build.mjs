// @ts-check
/**
 * Builds the bundles. `node tools/build.mjs [product] [practice]`; without a name, the product.
 * Each build goes to a folder of its own and is moved into place when it is complete, so that neither an
 * interrupted build nor two at once leave half a program behind.
 */
import { spawn } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What a build depends on; folders are searched. */
const SOURCES = ['electron', 'renderer', 'shared', 'resources', 'package-lock.json', 'tools/bundles.mjs'];

/** Written last; says when the build began. */
const STAMP = '.built';

/** @typedef {'product' | 'practice'} BundleName */

/** @type {Record<BundleName, {folder: string, configs: string[], make: (folder: string) => Promise<void>}>} */
const BUNDLES = {
  product: {
    folder: 'out',
    configs: ['electron.vite.config.ts', 'electron.vite.cli.config.ts'],
    async make(folder) {
      await bundle('electron.vite.config.ts', folder);
      await bundle('electron.vite.cli.config.ts', join(folder, 'cli-build'));
      await rename(join(folder, 'cli-build/main'), join(folder, 'cli'));
      await rm(join(folder, 'cli-build'), { recursive: true });
      await makeExecutable(join(folder, 'cli/cli.js'));
    },
  },
  practice: {
    folder: 'out-practice',
    configs: ['electron.vite.practice.config.ts'],
    async make(folder) {
      await bundle('electron.vite.practice.config.ts', folder);
      const { name, version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
      // A folder that the practice runtime can be given: it stands for the packaged app.
      const manifest = { name, productName: 'Twin Studio', version, type: 'commonjs', main: 'main/main.cjs' };
      await writeFile(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    },
  },
};

/**
 * Builds what is missing or older than its sources.
 * @param {BundleName[]} names
 * @param {{say?: (line: string) => void}} [options]
 * @throws {Error} when a build fails; its messages have been printed
 */
export async function ensureBuilt(names, { say = () => {} } = {}) {
  for (const name of names) {
    if (await isFresh(name)) continue;
    say(name === 'product' ? 'Building Twin Studio.' : 'Building Twin Studio for the trial runtime.');
    await build(name);
  }
}

/** @param {BundleName} name */
async function build(name) {
  const { folder, make } = BUNDLES[name];
  const begun = Date.now();
  const target = join(root, folder);
  const partial = `${target}.partial-${process.pid}`;
  try {
    await rm(partial, { recursive: true, force: true });
    await mkdir(partial);
    await make(partial);
    await writeFile(join(partial, STAMP), String(begun));
    await moveIntoPlace(partial, target);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

/** @param {BundleName} name */
async function isFresh(name) {
  const { folder, configs } = BUNDLES[name];
  const stamp = await readFile(join(root, folder, STAMP), 'utf8').catch(() => null);
  if (stamp === null) return false;
  for (const source of [...SOURCES, ...configs]) {
    if ((await newestChange(join(root, source))) > Number(stamp)) return false;
  }
  return true;
}

/**
 * Latest change below a path. Folders count themselves, or a deleted file would go unseen.
 * @param {string} path
 * @returns {Promise<number>} milliseconds since 1970; 0 where there is nothing
 */
async function newestChange(path) {
  const info = await stat(path).catch(() => null);
  if (!info) return 0;
  if (!info.isDirectory()) return info.mtimeMs;
  const names = (await readdir(path)).filter((name) => !/\.test\.tsx?$/.test(name));
  const below = await Promise.all(names.map((name) => newestChange(join(path, name))));
  return Math.max(info.mtimeMs, ...below);
}

/**
 * @param {string} config
 * @param {string} outDir absolute: the window's paths are relative to another root
 * @returns {Promise<void>}
 */
function bundle(config, outDir) {
  const manifest = createRequire(import.meta.url).resolve('electron-vite/package.json');
  const tool = join(manifest, '../bin/electron-vite.js');
  const args = [
    tool,
    'build',
    '--config',
    config,
    '--outDir',
    outDir,
    '--logLevel',
    'warn',
    '--ignoreConfigWarning',
  ];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`The build failed (${config}). The lines above say why.`)),
    );
  });
}

/** @param {string} file */
async function makeExecutable(file) {
  const code = await readFile(file, 'utf8');
  if (!code.startsWith('#!')) await writeFile(file, `#!/usr/bin/env node\n${code}`);
  await chmod(file, 0o755);
}

/**
 * A folder cannot replace a full one in one step, so the old one steps aside first.
 * @param {string} from
 * @param {string} to
 */
async function moveIntoPlace(from, to) {
  const old = `${to}.old-${process.pid}`;
  for (;;) {
    await rename(to, old).catch(ignore('ENOENT'));
    await rm(old, { recursive: true, force: true });
    const taken = await rename(from, to).then(() => false, ignore('ENOTEMPTY', 'EEXIST'));
    // Another build moved in between: its turn is over too.
    if (taken === false) return;
  }
}

/**
 * @param {...string} codes of system errors that are expected
 * @returns {(error: NodeJS.ErrnoException) => void}
 */
function ignore(...codes) {
  return (error) => {
    if (!codes.includes(String(error.code))) throw error;
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const names = /** @type {BundleName[]} */ (process.argv.slice(2));
  try {
    for (const name of names.length > 0 ? names : /** @type {const} */ (['product'])) await build(name);
  } catch (error) {
    console.error(/** @type {Error} */ (error).message);
    process.exitCode = 1;
  }
}
