/** Writes a file beside its name and gives it the name only when it is whole and on the disk. */
import { randomBytes } from 'node:crypto';
import { link, open, readdir, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Cancelled, StudioError } from '../../shared/errors.ts';

/**
 * Calls `write` with a temporary path in the same folder (hidden, ending in ".part"), syncs what it wrote and
 * renames it over `outFile`. On failure or cancellation nothing is left, and an older `outFile` stays as it was.
 * The folder is never made: it may be a take's own, which has just gone to the bin.
 * @throws what `write` throws; StudioError DISK_FULL, FOLDER_UNREADABLE; FILE_EXISTS where nothing may be replaced
 */
export async function writeBeside<Result>(
  outFile: string,
  write: (temporaryFile: string) => Promise<Result>,
  { replaces = true }: { readonly replaces?: boolean } = {},
): Promise<Result> {
  const folder = dirname(outFile);
  await requireFolder(folder);
  const temporary = temporaryFor(outFile);
  try {
    const result = await write(temporary);
    await syncFile(temporary);
    if (replaces) await rename(temporary, outFile);
    else await takeFreeName(temporary, outFile);
    await syncFolder(folder);
    return result;
  } catch (error) {
    const full = await isForWantOfSpace(error, folder);
    await rm(temporary, { force: true });
    // Gone or shut while it was written: that, and not what the writer made of it, is what happened.
    if (!(error instanceof Cancelled)) await requireWritable(folder, error);
    if (full) throw new StudioError('DISK_FULL', {}, { cause: error });
    throw error;
  }
}

/** Gives the file a name that nobody has taken, not even while it was written. */
async function takeFreeName(temporary: string, outFile: string): Promise<void> {
  try {
    await link(temporary, outFile);
  } catch (error) {
    if (isTaken(error)) throw nameTaken(outFile, error);
    // Sticks and some network disks know no links.
    await claimName(outFile);
    await rename(temporary, outFile).catch(async (why: unknown) => {
      await rm(outFile, { force: true });
      throw why;
    });
    return;
  }
  await rm(temporary, { force: true });
}

async function claimName(outFile: string): Promise<void> {
  const handle = await open(outFile, 'wx').catch((error: unknown) => {
    throw isTaken(error) ? nameTaken(outFile, error) : error;
  });
  await handle.close();
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}

function nameTaken(outFile: string, cause: unknown): StudioError {
  return new StudioError('FILE_EXISTS', { file: basename(outFile) }, { cause });
}

const temporaryFor = (outFile: string): string =>
  join(dirname(outFile), `.${basename(outFile)}.${randomBytes(6).toString('hex')}.part`);

/**
 * Finds out whether a folder takes files, by making one and removing it: what the rights of a folder say is not all
 * that decides.
 * @param failure what has failed in it already, and would be explained by that
 * @throws StudioError FOLDER_UNREADABLE, DISK_FULL
 */
export async function requireWritable(folder: string, failure?: unknown): Promise<void> {
  const tried = temporaryFor(join(folder, 'try'));
  try {
    await writeFile(tried, '', { flag: 'wx' });
  } catch (error) {
    const options = { cause: failure ?? error };
    if (saysFull(error)) throw new StudioError('DISK_FULL', {}, options);
    throw new StudioError('FOLDER_UNREADABLE', { folder }, options);
  }
  // Held for a moment by another program, it goes with what else was left half written.
  await rm(tried, { force: true }).catch(() => undefined);
}

async function requireFolder(folder: string): Promise<void> {
  await stat(folder).catch((error: unknown) => {
    throw new StudioError('FOLDER_UNREADABLE', { folder }, { cause: error });
  });
}

function saysFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
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
    const space = await statfs(folder).catch(() => null);
    // Some file systems do not say how large they are, and so nothing of what is free.
    return space !== null && space.blocks > 0 && space.bavail * space.bsize < NO_SPACE_BYTES;
  }
  return saysFull(error);
}

/**
 * Removes what a program that was killed left half written in a folder. Whoever alone may write there now removes all
 * of it. Where others may be writing, say for how long nobody has written to what is removed: it would take the ground
 * from under their work.
 */
export async function removeLeftovers(
  folder: string,
  { untouchedMs = 0 }: { readonly untouchedMs?: number } = {},
): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const leftovers = names.filter((name) => /^\..+\.[0-9a-f]{12}\.part$/.test(name));
  const remove = async (file: string) => {
    const touched = untouchedMs === 0 ? null : await stat(file).catch(() => null);
    if (touched === null || Date.now() - touched.mtimeMs > untouchedMs) await rm(file, { force: true });
  };
  await Promise.all(leftovers.map((name) => remove(join(folder, name))));
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
