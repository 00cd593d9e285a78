/**
 * Shows that this computer records, to processes that use another library: a lease in the folder of the app's own files,
 * which all of a person's processes share.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isLeased, type Lease, tryLease } from './lease.ts';
import type { LibraryPaths } from './paths.ts';
import { isRecordingInto } from './recordingStore.ts';

const LEASES = '.leases';
const LEASE = 'recording';

/**
 * Shows it until the lease is released.
 * @returns null where nothing can be written into the folder: a take is worth more than the quiet around it.
 */
export async function markRecording(userDataDir: string): Promise<Lease | null> {
  try {
    await mkdir(userDataDir, { recursive: true });
    return await tryLease(join(userDataDir, LEASES), LEASE);
  } catch {
    return null;
  }
}

/** True while a process of this computer records into this library, or, as the same person, into any. */
export async function isRecordingHere(paths: LibraryPaths, userDataDir: string): Promise<boolean> {
  if (await isRecordingInto(paths)) return true;
  return isLeased(join(userDataDir, LEASES), LEASE, 'here').catch(() => false);
}
