import { stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { systemCode } from '../library/fileErrors.ts';
import { hashFile } from '../library/hashFile.ts';
import { keepRest } from '../library/keepRest.ts';
import type { HeldRecording } from '../library/recordingStore.ts';
import { completeFragments } from '../media/fragments.ts';
import type { StoredSource } from './storeRecording.ts';

/** Less than a second, give or take a frame, is nothing to keep; seconds. */
const SHORTEST_SECONDS = 0.9;

/** A source to which nothing is added any more. */
export interface CompletedSource {
  readonly sizeBytes: number;
  readonly sha256: string;
  /** Null where only playing it would tell. */
  readonly seconds: number | null;
}

/** Whether and when a whole recording may be read through. */
export interface ReadingThrough {
  readonly signal: AbortSignal;
  /** Waited for before each piece. */
  readonly mayGoOn: () => Promise<void>;
}

/** For who ends a recording: nothing is in its way. */
export const AT_ONCE: ReadingThrough = {
  signal: new AbortController().signal,
  mayGoOn: () => Promise.resolve(),
};

/**
 * Makes what was recorded a file that can be played from end to end, whoever ended it and how.
 * @param stored what its maker stored, where it can still say so: then nothing has to be read through
 * @returns null when there is no whole second in it, or no file. Without a whole fragment the file is as it was; with
 * one, what stood behind that is gone.
 * @throws Cancelled; system errors as they are
 */
export async function completeSource(
  { folder, sourceName }: HeldRecording,
  stored: StoredSource | null,
  reading: ReadingThrough,
): Promise<CompletedSource | null> {
  const file = join(folder, sourceName);
  const found = await stat(file).catch((error: unknown) => {
    // Its maker died before it could make one.
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  });
  if (found === null || found.size === 0) return null;
  let seconds: number | null = null;
  let sizeBytes = found.size;
  // WebM is played as far as it goes, also when its end is missing.
  if (extname(file) === '.mp4') {
    const completed = await completeFragments(
      file,
      (from, to) => keepRest(file, from, to, reading.mayGoOn),
      stored?.fragments ?? null,
      reading.mayGoOn,
    );
    if (completed === null || completed.durationSeconds < SHORTEST_SECONDS) return null;
    seconds = completed.durationSeconds;
    sizeBytes = completed.sizeBytes;
  }
  if (stored?.sizeBytes === sizeBytes) return { sizeBytes, sha256: stored.sha256, seconds };
  const { sha256, bytesRead } = await hashFile(file, reading.signal, () => undefined, reading.mayGoOn);
  return { sizeBytes: bytesRead, sha256, seconds };
}
