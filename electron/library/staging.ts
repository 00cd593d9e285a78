import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder } from './atomicFile.ts';
import { systemCode } from './fileErrors.ts';
import { isLeased, type Lease, tryLease } from './lease.ts';

const PREFIX = '.incoming-';

/** A folder in the making, which becomes a record's folder as a whole or not at all. */
export interface Staging {
  readonly folder: string;
  /**
   * Gives the folder its final name.
   * @returns false when a folder of that name exists already: then nothing was moved.
   */
  commit(id: string): Promise<boolean>;
  /** Removes the folder when it was not committed. */
  discard(): Promise<void>;
}

/** Begins a new folder beside its later siblings, under a lease that tells it from a crashed one. */
export async function beginStaging(parent: string): Promise<Staging> {
  const folder = join(parent, `${PREFIX}${randomUUID()}`);
  await mkdir(folder, { recursive: true });
  const lease: Lease | null = await tryLease(folder, 'staging');
  let committed = false;
  return {
    folder,
    async commit(id) {
      await lease?.release();
      for (const entry of await readdir(folder)) {
        if (entry.startsWith('staging.lease.')) await rm(join(folder, entry), { force: true });
      }
      try {
        await rename(folder, join(parent, id));
      } catch (error) {
        if (['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(systemCode(error) ?? '')) return false;
        throw error;
      }
      committed = true;
      await syncFolder(parent);
      return true;
    },
    async discard() {
      await lease?.release();
      if (!committed) await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Removes what crashed processes left half made. */
export async function removeAbandonedStaging(parent: string): Promise<void> {
  for (const entry of await readdir(parent).catch(() => [])) {
    if (!entry.startsWith(PREFIX)) continue;
    const folder = join(parent, entry);
    if (!(await isLeased(folder, 'staging'))) await rm(folder, { recursive: true, force: true });
  }
}
