import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { hashFile } from '../library/hashFile.ts';
import { type HeldRecording, sourceNameOf } from '../library/recordingStore.ts';
import { completeFragments } from '../media/fragments.ts';
import type { StoredSource } from './storeRecording.ts';

/** Recorders end a fragment every second, give or take a frame; less than that is nothing to keep, seconds. */
const SHORTEST_SECONDS = 0.9;

/** A source to which nothing is added any more. */
export interface CompletedSource {
  readonly sizeBytes: number;
  readonly sha256: string;
  /** Null where only playing it would tell. */
  readonly seconds: number | null;
}

/**
 * Makes what was recorded a file that can be played from end to end, whoever ended it and how.
 * @param stored what its maker stored, where it can still say so: then nothing has to be read through
 * @returns null when there is no whole second in it; the file is then left as it was.
 * @throws system errors as they are
 */
export async function completeSource(
  { folder, record }: HeldRecording,
  stored: StoredSource | null,
): Promise<CompletedSource | null> {
  const file = join(folder, sourceNameOf(record));
  let seconds: number | null = null;
  let sizeBytes: number;
  // WebM is played as far as it goes, also when its end is missing.
  if (record.setup.container === 'mp4') {
    const completed = await completeFragments(file);
    if (completed === null || completed.durationSeconds < SHORTEST_SECONDS) return null;
    seconds = completed.durationSeconds;
    sizeBytes = completed.sizeBytes;
  } else {
    sizeBytes = (await stat(file)).size;
    if (sizeBytes === 0) return null;
  }
  if (stored?.sizeBytes === sizeBytes) return { ...stored, seconds };
  const { sha256, bytesRead } = await hashFile(file, new AbortController().signal);
  return { sizeBytes: bytesRead, sha256, seconds };
}
