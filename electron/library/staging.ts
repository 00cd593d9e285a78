import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { StudioError } from '../../shared/errors.ts';
import { syncFolder } from './atomicFile.ts';
import { fileError, systemCode } from './fileErrors.ts';
import { isLeased, LEASE_EXPIRY_MS, tryLease } from './lease.ts';

const PREFIX = '.incoming-';
/** Folders on their way out; whoever finds one may finish the work. */
const ABANDONED = '.abandoned-';
const LEASE = 'staging';

/** A folder in the making, which becomes a record's folder as a whole or not at all. */
export interface Staging {
  readonly folder: string;
  /**
   * Gives the folder its final name.
   * @returns false when a folder of that name exists already: then nothing was moved.
   * @throws StudioError LEASE_LOST when it was taken for abandoned and removed meanwhile.
   */
  commit(id: string): Promise<boolean>;
  /** Removes the folder when it was not committed. */
  discard(): Promise<void>;
}

/**
 * Begins a new folder beside its later siblings, under a lease that tells it from a crashed one.
 * @throws StudioError DISK_FULL, LIBRARY_UNREADABLE
 */
export async function beginStaging(parent: string): Promise<Staging> {
  const folder = join(parent, `${PREFIX}${randomUUID()}`);
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw fileError(error, parent, 'LIBRARY_UNREADABLE');
  });
  const lease = await tryLease(folder, LEASE).catch(async (error: unknown) => {
    await rm(folder, { recursive: true, force: true });
    throw error;
  });
  let committed = false;
  return {
    folder,
    async commit(id) {
      const target = join(parent, id);
      // Still under its lease: without, somebody who opens the library now would take it for abandoned.
      if (!(await moveFolder(folder, target))) return false;
      committed = true;
      await lease?.release();
      for (const entry of await readdir(target)) {
        if (entry.startsWith(`${LEASE}.lease.`)) await rm(join(target, entry), { force: true });
      }
      await syncFolder(parent);
      return true;
    },
    async discard() {
      await lease?.release();
      if (!committed) await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What Windows says while another program has a file of a folder open. */
const BUSY = new Set(['EPERM', 'EBUSY', 'EACCES']);
/** A virus scanner lets go of a file of a gigabyte within seconds. */
const BUSY_TRIES = 25;
const BUSY_PAUSE_MS = 200;

/**
 * Gives a folder its final place. On Windows it waits some seconds for a virus scanner that has a file of it open.
 * @returns false when a folder of that name exists already: then nothing was moved.
 * @throws StudioError LEASE_LOST when it was taken for abandoned and moved away meanwhile.
 */
export async function moveFolder(
  folder: string,
  target: string,
  system: { readonly platform: NodeJS.Platform; readonly rename: typeof rename } = {
    platform: process.platform,
    rename,
  },
): Promise<boolean> {
  for (let tries = 1; ; tries += 1) {
    try {
      await system.rename(folder, target);
      return true;
    } catch (error) {
      const code = systemCode(error) ?? '';
      if (code === 'ENOENT') throw new StudioError('LEASE_LOST', {}, { cause: error });
      // Windows says EPERM also for other reasons than that the name is taken.
      if (['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(code) && (await exists(target))) return false;
      if (system.platform !== 'win32' || !BUSY.has(code) || tries === BUSY_TRIES) throw error;
      await wait(BUSY_PAUSE_MS);
    }
  }
}

/** Removes what crashed processes left half made. */
export async function removeAbandonedStaging(parent: string): Promise<void> {
  for (const entry of await readdir(parent)) {
    const folder = join(parent, entry);
    if (entry.startsWith(ABANDONED)) await removeIfPossible(folder);
    if (!entry.startsWith(PREFIX) || !(await isAbandoned(folder))) continue;
    // Renamed first, in one step: should its maker live after all, it can no longer give half of it a name.
    const doomed = join(parent, `${ABANDONED}${randomUUID()}`);
    const renamed = await rename(folder, doomed).then(
      () => true,
      () => false,
    );
    if (renamed) await removeIfPossible(doomed);
  }
}

/** Somebody else may be removing it as well, or have a file of it open: the next opening tries again. */
async function removeIfPossible(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true }).catch(() => undefined);
}

async function isAbandoned(folder: string): Promise<boolean> {
  // In this order: a lease that appears while we look must not be taken for one that was given up.
  const entries = await readdir(folder).catch(() => []);
  if (entries.some((entry) => entry.startsWith(`${LEASE}.lease.`))) return !(await isLeased(folder, LEASE));
  // Made a moment ago: its lease comes next.
  const made = await stat(folder).catch(() => null);
  return made !== null && Date.now() - made.mtimeMs > LEASE_EXPIRY_MS;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
