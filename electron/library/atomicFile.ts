import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { systemCode } from './fileErrors.ts';

/** Marks files that are being written; readers and indexes pass over them. */
export const PARTIAL_SUFFIX = '.partial';

/** A name beside `file` for its content while it is being written. */
export function partialNameOf(file: string): string {
  return join(dirname(file), `.${basename(file)}.${randomUUID()}${PARTIAL_SUFFIX}`);
}

/**
 * Makes a rename or a new file in the folder durable. Folders cannot be synced on Windows, where a rename
 * is journalled by the file system.
 */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, constants.O_RDONLY);
  try {
    await handle.sync();
  } catch (error) {
    // Some network file systems refuse to sync a folder; the file itself is synced already.
    if (systemCode(error) !== 'EINVAL' && systemCode(error) !== 'ENOTSUP') throw error;
  } finally {
    await handle.close();
  }
}

/**
 * Replaces a file as a whole: written beside its name, synced, renamed. A reader sees the old or the new.
 * @param beforeRename last chance to throw: syncing can take seconds, in which a lock may be lost.
 */
export async function writeFileAtomic(
  file: string,
  content: string | Uint8Array,
  beforeRename?: () => Promise<void>,
): Promise<void> {
  const partial = partialNameOf(file);
  try {
    const handle = await open(partial, 'wx');
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await beforeRename?.();
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
  await syncFolder(dirname(file));
}

/**
 * Creates a file that must not exist yet, durably. When it cannot be written whole, it is not there afterwards.
 * @returns false when somebody else created it first.
 */
export async function createExclusive(file: string, content: string): Promise<boolean> {
  let handle: Awaited<ReturnType<typeof open>>;
  try {
    handle = await open(file, 'wx');
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
  try {
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await syncFolder(dirname(file));
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  }
  return true;
}

/** Overwrites a file in place without needing new disk blocks, durably. `content` must not be longer than it was. */
export async function overwriteInPlace(file: string, content: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.write(content, 0, 'utf8');
    await handle.sync();
  } finally {
    await handle.close();
  }
}
