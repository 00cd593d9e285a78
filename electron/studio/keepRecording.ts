/** Makes a recording's folder a take: at once, and without converting what was recorded. */
import { randomUUID } from 'node:crypto';
import { rename, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type TakeId, TakeIdSchema } from '../../shared/domain/ids.ts';
import { NOT_REVIEWED } from '../../shared/domain/review.ts';
import { TAKE_SCHEMA_VERSION, type Take } from '../../shared/domain/take.ts';
import type { TakeRecording } from '../../shared/recording/recording.ts';
import { recordingWords } from '../../shared/words/recordings.ts';
import { restOf } from '../library/keepRest.ts';
import { clearRecordingFiles, type HeldRecording } from '../library/recordingStore.ts';
import type { WorkContext } from '../pipeline/context.ts';
import { completeSource, type ReadingThrough } from './completeSource.ts';
import type { StoredSource } from './storeRecording.ts';

export interface KeptRecording {
  readonly takeId: TakeId;
  /** Null where only playing it would tell. */
  readonly seconds: number | null;
}

/**
 * The folder is moved as a whole: it is a recording, which is found at the next start, or it is a take.
 * @param stored what its maker stored, where it can still say so
 * @returns null when there is no whole second in it; nothing has been moved then.
 * @throws StudioError DISK_FULL, LIBRARY_UNREADABLE, LEASE_LOST; Cancelled; system errors as they are
 */
export async function keepRecording(
  { library, log }: WorkContext,
  held: HeldRecording,
  how: Omit<TakeRecording, 'setup'>,
  stored: StoredSource | null,
  reading: ReadingThrough,
): Promise<KeptRecording | null> {
  const { folder, record, sourceName: file, lease } = held;
  const { takes, paths } = library;
  const source = await completeSource(held, stored, reading);
  if (source === null) return null;
  const take: Take = {
    schemaVersion: TAKE_SCHEMA_VERSION,
    revision: 0,
    id: TakeIdSchema.parse(`tk_${source.sha256.slice(0, 24)}`),
    name: recordingWords.takeName(record.startedAt),
    createdAt: record.startedAt,
    origin: 'recorded',
    shot: record.shot,
    source: {
      file,
      storage: 'held',
      sizeBytes: source.sizeBytes,
      sha256: source.sha256,
      originalName: file,
    },
    media: null,
    check: { kind: 'waiting' },
    preview: { kind: 'source' },
    recording: record.setup === null ? null : { setup: record.setup, ...how },
    review: NOT_REVIEWED,
  };
  const kept = { takeId: take.id, seconds: source.seconds };
  const rest = await stat(restOf(join(folder, file))).catch(() => null);
  if (await takes.adopt(folder, take)) {
    await lease.release();
    await clearRecordingFiles(paths.take(take.id));
    await log.write(take.id, {
      what: 'recorded',
      end: how.end,
      sizeBytes: source.sizeBytes,
      ...(rest === null ? {} : { rest: basename(restOf(file)), restBytes: rest.size }),
    });
    return kept;
  }
  // The library has this content already, e.g. because a folder was put back out of a backup.
  const lacked = await takes.mend({ folder }, take, null);
  if (lacked !== 'nothing') await log.write(take.id, { what: 'recorded again', lacked });
  await lease.release();
  await setAside(folder, paths.recordings);
  return kept;
}

/** Keeps a folder of recordings under a name that nobody takes for a recording any more; returns that name. */
export async function setAside(folder: string, recordings: string): Promise<string> {
  const name = `.set-aside-${new Date().toISOString().replaceAll(/[:.]/g, '-')}-${randomUUID().slice(0, 8)}`;
  await rename(folder, join(recordings, name));
  return name;
}
