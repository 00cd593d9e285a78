/** Recordings while they are made: folders under `recordings/`, each held by a lease until it is a take. */
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { InstantSchema } from '../../shared/domain/ids.ts';
import { ShotSchema } from '../../shared/domain/report.ts';
import { StudioError } from '../../shared/errors.ts';
import { type RecordingCounts, RecordingCountsSchema } from '../../shared/recording/port.ts';
import {
  type RecordingId,
  RecordingIdSchema,
  RecordingSetupSchema,
} from '../../shared/recording/recording.ts';
import { AppendedFile } from './appendedFile.ts';
import { syncFolder, writeFileAtomic } from './atomicFile.ts';
import { isLeased, LEASE_EXPIRY_MS, type Lease, tryLease } from './lease.ts';
import { type LibraryPaths, STAGE_SAMPLES } from './paths.ts';

const RECORD = 'recording.json';
const LEASES = '.leases';
const LEASE = 'recording';

/** What has to be known of a recording when nobody who made it lives any more. */
export const RecordingRecordSchema = z.object({
  schemaVersion: z.literal(1),
  id: RecordingIdSchema,
  startedAt: InstantSchema,
  shot: ShotSchema,
  setup: RecordingSetupSchema,
  /** As its maker last counted, where it could still say so. */
  counts: RecordingCountsSchema.nullable(),
});
export type RecordingRecord = z.infer<typeof RecordingRecordSchema>;

/** A recording's folder, held by this process alone. */
export interface HeldRecording {
  readonly folder: string;
  readonly record: RecordingRecord;
  readonly lease: Lease;
}

/** A recording that is being made. */
export interface NewRecording extends HeldRecording {
  readonly source: AppendedFile;
  readonly samples: AppendedFile;
}

export const sourceNameOf = (record: RecordingRecord): string => `source.${record.setup.container}`;

/**
 * Makes the folder of a new recording with everything in it that its bytes need.
 * @throws system errors as they are; nothing is left then
 */
export async function createRecording(paths: LibraryPaths, record: RecordingRecord): Promise<NewRecording> {
  const folder = paths.recording(record.id);
  await mkdir(folder);
  let lease: Lease | null = null;
  try {
    lease = await tryLease(join(folder, LEASES), LEASE);
    if (lease === null) throw new Error('Somebody else holds a recording that was made a moment ago.');
    const valid = RecordingRecordSchema.parse(record);
    await writeRecordingRecord(folder, valid);
    const source = await AppendedFile.create(join(folder, sourceNameOf(record)));
    const samples = await AppendedFile.create(join(folder, STAGE_SAMPLES));
    // The names of the files and of the folder itself, without which synced bytes would be nowhere.
    await syncFolder(folder);
    await syncFolder(paths.recordings);
    return { folder, record: valid, lease, source, samples };
  } catch (error) {
    await lease?.release();
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Leaves a recording to whoever finds it next, with what only its maker knows. @throws system errors as they are */
export async function leaveRecording(
  { folder, record, lease }: HeldRecording,
  counts: RecordingCounts | null,
): Promise<void> {
  try {
    await writeRecordingRecord(folder, { ...record, counts });
  } finally {
    await lease.release();
  }
}

async function writeRecordingRecord(folder: string, record: RecordingRecord): Promise<void> {
  await writeFileAtomic(join(folder, RECORD), `${JSON.stringify(record, null, 2)}\n`);
}

/** Ids of the folders in which recordings are, or were when somebody died. */
export async function listRecordings(paths: LibraryPaths): Promise<RecordingId[]> {
  const entries = await readdir(paths.recordings).catch(() => []);
  return entries.flatMap((entry) => RecordingIdSchema.safeParse(entry).data ?? []);
}

/**
 * Takes over a recording from a maker who has died.
 * @returns `held` while somebody may be making it; null when there is nothing to take over: it is a take by now, or is
 * only just being made.
 * @throws StudioError RECORD_BROKEN when nobody can say what it is: it stays as it is
 */
export async function holdRecording(
  paths: LibraryPaths,
  id: RecordingId,
): Promise<HeldRecording | 'held' | null> {
  const folder = paths.recording(id);
  const found = await stat(folder).catch(() => null);
  if (found === null) return null;
  // Between making the folder and holding it pass milliseconds, in which it must not be taken from its maker.
  const isYoung = Date.now() - found.mtimeMs < LEASE_EXPIRY_MS;
  if (isYoung && (await stat(join(folder, LEASES)).catch(() => null)) === null) return 'held';
  let lease: Lease | null;
  try {
    lease = await tryLease(join(folder, LEASES), LEASE, 'RECORDING_NOT_FOUND');
  } catch (error) {
    if (error instanceof StudioError && error.code === 'RECORDING_NOT_FOUND') return null;
    throw error;
  }
  if (lease === null) return 'held';
  try {
    const record = await readRecordingRecord(folder);
    if (record !== null) return { folder, record, lease };
    // It was interrupted before its first byte could be written: the record comes first.
    if ((await readdir(folder)).every((name) => name.startsWith('.'))) {
      await rm(folder, { recursive: true, force: true });
    } else throw new StudioError('RECORD_BROKEN', { file: join(id, RECORD) });
  } catch (error) {
    await lease.release();
    throw error;
  }
  return null;
}

/** Null when there is none, or none that can be understood. */
async function readRecordingRecord(folder: string): Promise<RecordingRecord | null> {
  const text = await readFile(join(folder, RECORD), 'utf8').catch(() => '');
  try {
    return RecordingRecordSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** True while a process of this computer records into this library. */
export async function isRecordingHere(paths: LibraryPaths): Promise<boolean> {
  for (const id of await listRecordings(paths)) {
    if (await isLeased(join(paths.recording(id), LEASES), LEASE, 'here')) return true;
  }
  return false;
}

/** Removes what only a recording needs from a folder that has become a take. */
export async function clearRecordingFiles(folder: string): Promise<void> {
  const leases = await readdir(join(folder, LEASES)).catch(() => []);
  const ours = leases.filter((entry) => entry.startsWith(`${LEASE}.lease.`));
  for (const file of [RECORD, ...ours.map((entry) => join(LEASES, entry))]) {
    await rm(join(folder, file), { force: true });
  }
}
