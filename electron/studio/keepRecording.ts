/** Makes a recording's folder a take: at once, and without touching what was recorded. */
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type TakeId, TakeIdSchema } from '../../shared/domain/ids.ts';
import { TAKE_SCHEMA_VERSION, type Take } from '../../shared/domain/take.ts';
import type { TakeRecording } from '../../shared/recording/recording.ts';
import { recordingWords } from '../../shared/words/recordings.ts';
import { clearRecordingFiles, type HeldRecording, sourceNameOf } from '../library/recordingStore.ts';
import type { WorkContext } from '../pipeline/context.ts';
import type { StoredRecording } from './storeRecording.ts';

/** The file's head and what was recorded when it was ended: less than one whole second. */
const HEAD_AND_REST = 2;

/** How a recording ended, and what its source holds. */
export interface EndedRecording extends Pick<TakeRecording, 'end' | 'counts'> {
  readonly sizeBytes: number;
  readonly sha256: string;
}

/**
 * The folder is moved as a whole, so that it is a recording, which is found at the next start, or a take.
 * @throws StudioError DISK_FULL, LIBRARY_UNREADABLE, LEASE_LOST
 */
export async function keepRecording(
  { library, log }: WorkContext,
  { folder, record, lease }: HeldRecording,
  ended: EndedRecording,
): Promise<TakeId> {
  const { takes, paths } = library;
  const name = recordingWords.takeName(record.startedAt);
  const file = sourceNameOf(record);
  const take: Take = {
    schemaVersion: TAKE_SCHEMA_VERSION,
    revision: 0,
    id: TakeIdSchema.parse(`tk_${ended.sha256.slice(0, 24)}`),
    name,
    createdAt: record.startedAt,
    origin: 'recorded',
    shot: record.shot,
    source: {
      file,
      storage: 'held',
      sizeBytes: ended.sizeBytes,
      sha256: ended.sha256,
      originalName: file,
    },
    media: null,
    check: { kind: 'waiting' },
    preview: { kind: 'source' },
    recording: { setup: record.setup, end: ended.end, counts: ended.counts },
  };
  if (await takes.adopt(folder, take)) {
    await lease.release();
    await clearRecordingFiles(paths.take(take.id));
    await log.write(take.id, { what: 'recorded', end: ended.end, sizeBytes: ended.sizeBytes });
    return take.id;
  }
  // A copy of the folder of a take that is in the library, e.g. out of a backup.
  const lacked = await takes.mend({ folder }, take, null);
  if (lacked !== 'nothing') await log.write(take.id, { what: 'recorded again', lacked });
  await lease.release();
  await setAside(folder, record.id, paths.recordings);
  return take.id;
}

/** Keeps a folder of recordings under a name that nobody looks for any more; returns that name. */
export async function setAside(folder: string, id: string, recordings: string): Promise<string> {
  const name = `.set-aside-${id}`;
  await rename(folder, join(recordings, name));
  return name;
}

/** A recording that ended before there was anything to keep. */
export const isNothing = ({ fragments, counts }: Pick<StoredRecording, 'fragments' | 'counts'>): boolean =>
  fragments <= HEAD_AND_REST && (counts?.seconds ?? 0) < 1;

/** Removes the folder of a recording in which there is nothing to keep. */
export async function discardRecording({ folder, lease }: HeldRecording): Promise<void> {
  await lease.release();
  await rm(folder, { recursive: true, force: true });
}
