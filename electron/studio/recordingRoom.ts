/** How much can be recorded on the library's disk. */
import { statfs } from 'node:fs/promises';
import type { CallOutput } from '../../shared/contract.ts';
import { StudioError } from '../../shared/errors.ts';
import { neededBytes } from '../../shared/recording/recording.ts';
import { fileError } from '../library/fileErrors.ts';

/** How often the system is asked while recording, milliseconds: on a network disk asking takes time. */
const ASK_MS = 1_000;

/** @throws StudioError LIBRARY_UNREADABLE */
export async function freeBytes(folder: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch (error) {
    throw fileError(error, folder, 'LIBRARY_UNREADABLE');
  }
}

/** @throws StudioError LIBRARY_UNREADABLE */
export async function roomToRecord(folder: string, bitRate: number): Promise<CallOutput<'getRecordingRoom'>> {
  const free = await freeBytes(folder);
  return {
    freeBytes: free,
    neededBytes: neededBytes(bitRate),
  };
}

/** @returns bytes left. @throws StudioError RECORDING_NO_ROOM, LIBRARY_UNREADABLE */
export async function requireRoom(folder: string, bitRate: number): Promise<number> {
  const free = await freeBytes(folder);
  const needed = neededBytes(bitRate);
  if (free >= needed) return free;
  const megabytes = (bytes: number) => Math.round(bytes / 1_000_000);
  throw new StudioError('RECORDING_NO_ROOM', {
    freeMb: megabytes(free),
    neededMb: Math.ceil(needed / 1_000_000),
  });
}

/**
 * Room left on a disk, asked at most once a second. Where the system does not say, it is what it last said: that is no
 * reason to end a take, and the next write shows whether there is any.
 * @param last bytes left, as it was said before.
 */
export function roomOf(folder: string, last: number): () => Promise<number> {
  let askedAt = performance.now();
  let known = last;
  return async () => {
    if (performance.now() - askedAt >= ASK_MS) {
      askedAt = performance.now();
      known = await freeBytes(folder).catch(() => known);
    }
    return known;
  };
}
