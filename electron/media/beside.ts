/** Writes a file beside its name and gives it the name only when it is whole and on the disk. */
import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, statfs } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { StudioError } from '../../shared/errors.ts';

/**
 * Calls `write` with a temporary path in the same folder (hidden, ending in ".part"), syncs what it wrote and
 * renames it over `outFile`. On failure or cancellation nothing is left, and an older `outFile` stays as it was.
 * @throws what `write` throws; StudioError DISK_FULL
 */
export async function writeBeside<Result>(
  outFile: string,
  write: (temporaryFile: string) => Promise<Result>,
): Promise<Result> {
  const folder = dirname(outFile);
  await mkdir(folder, { recursive: true });
  const temporary = join(folder, `.${basename(outFile)}.${randomBytes(6).toString('hex')}.part`);
  try {
    const result = await write(temporary);
    await syncFile(temporary);
    await rename(temporary, outFile);
    await syncFolder(folder);
    return result;
  } catch (error) {
    const full = await isForWantOfSpace(error, folder);
    await rm(temporary, { force: true });
    if (full) throw new StudioError('DISK_FULL', {}, { cause: error });
    throw error;
  }
}

/** Less is left of a full disk than one write needs. */
const NO_SPACE_BYTES = 128 * 1024;

/**
 * Whether something failed because the disk is full. ffmpeg does not always say so: when only the last bytes do not
 * fit, it may even end as if all were well. So the disk is asked while the unfinished file still fills it.
 */
async function isForWantOfSpace(error: unknown, folder: string): Promise<boolean> {
  if (error instanceof StudioError) {
    if (error.code !== 'FFMPEG_FAILED') return false;
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize < NO_SPACE_BYTES;
  }
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
}

/**
 * Removes what a program that was killed left half written in a folder. Only for whoever alone may write there
 * now: it would take the ground from under somebody else's work.
 */
export async function removeLeftovers(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const leftovers = names.filter((name) => /^\..+\.[0-9a-f]{12}\.part$/.test(name));
  await Promise.all(leftovers.map((name) => rm(join(folder, name), { force: true })));
}

async function syncFile(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes the new name durable. Windows has no such call and no need of it. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
