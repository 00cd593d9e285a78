/** Recordings while they are made: folders under `recordings/`, each held by a lease until it is a take. */
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { InstantSchema } from '../../shared/domain/ids.ts';
import { ShotSchema } from '../../shared/domain/report.ts';
import { StudioError } from '../../shared/errors.ts';
import { RecordingCountsSchema } from '../../shared/recording/port.ts';
import {
  RecordingEndSchema,
  type RecordingId,
  RecordingIdSchema,
  RecordingSetupSchema,
  type TakeRecording,
} from '../../shared/recording/recording.ts';
import { DEFAULT_SETTINGS } from '../../shared/settings.ts';
import { AppendedFile } from './appendedFile.ts';
import { overwriteInPlace, syncFolder, writeFileAtomic } from './atomicFile.ts';
import { fileError, isFull, systemCode } from './fileErrors.ts';
import { isLeased, LEASE_EXPIRY_MS, type Lease, tryLease } from './lease.ts';
import { type LibraryPaths, STAGE_SAMPLES } from './paths.ts';

const RECORD = 'recording.json';
const LEASES = '.leases';
const LEASE = 'recording';
/** Held as well by who makes a take of a recording that another left: nothing is recorded then. */
const RECOVERY_LEASE = 'recovery';
const SCHEMA_VERSION = 1;
/** As much room as the record takes on the disk from the beginning, so that a full disk has room for its end. */
const RECORD_CHARACTERS = 4096;

/** What has to be known of a recording when nobody who made it lives any more. */
export const RecordingRecordSchema = z.object({
  schemaVersion: z.literal(SCHEMA_VERSION),
  id: RecordingIdSchema,
  startedAt: InstantSchema,
  shot: ShotSchema,
  /** Null when the record that said so could not be read. */
  setup: RecordingSetupSchema.nullable(),
  /** As its maker last counted, where it could still say so. */
  counts: RecordingCountsSchema.nullable(),
  /** Why it ended, where its maker knew and could not keep it; null when it was interrupted. */
  end: RecordingEndSchema.nullable().default(null),
  /** Whether all of what the stage measured was stored; null where nobody lived to say. */
  samplesWhole: z.boolean().nullable().default(null),
});
export type RecordingRecord = z.infer<typeof RecordingRecordSchema>;

/** A recording's folder, held by this process alone. */
export interface HeldRecording {
  readonly folder: string;
  readonly record: RecordingRecord;
  /** The file in the folder that holds what was recorded. */
  readonly sourceName: string;
  readonly lease: Lease;
}

/** A recording that is being made. */
export interface NewRecording extends HeldRecording {
  readonly source: AppendedFile;
  readonly samples: AppendedFile;
}

/** What is known of a recording when it begins. */
export type RecordingBegin = Pick<RecordingRecord, 'id' | 'startedAt' | 'shot'> & {
  readonly setup: NonNullable<RecordingRecord['setup']>;
};

/**
 * Makes the folder of a new recording with everything in it that its bytes need.
 * @throws system errors as they are; nothing is left then
 */
export async function createRecording(paths: LibraryPaths, begin: RecordingBegin): Promise<NewRecording> {
  const record = RecordingRecordSchema.parse({
    schemaVersion: SCHEMA_VERSION,
    ...begin,
    counts: null,
    end: null,
    samplesWhole: null,
  });
  const sourceName = `source.${begin.setup.container}`;
  const folder = paths.recording(record.id);
  await mkdir(folder);
  let lease: Lease | null = null;
  try {
    lease = await tryLease(join(folder, LEASES), LEASE);
    if (lease === null) throw new Error('Somebody else holds a recording that was made a moment ago.');
    await writeRecordingRecord(folder, record);
    const source = await AppendedFile.create(join(folder, sourceName));
    const samples = await AppendedFile.create(join(folder, STAGE_SAMPLES));
    // The names of the files and of the folder itself, without which synced bytes would be nowhere.
    await syncFolder(folder);
    await syncFolder(paths.recordings);
    return { folder, record, sourceName, lease, source, samples };
  } catch (error) {
    await lease?.release();
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/**
 * Leaves a recording to whoever finds it next, with what only its maker knows.
 * @throws system errors as they are; it is left all the same
 */
export async function leaveRecording(
  { folder, record, lease }: HeldRecording,
  known: Pick<TakeRecording, 'counts' | 'samplesWhole'> & { readonly end: TakeRecording['end'] | null },
): Promise<void> {
  try {
    if (await lease.isHeld()) await writeRecordingRecord(folder, { ...record, ...known });
  } finally {
    await lease.release();
  }
}

async function writeRecordingRecord(folder: string, record: RecordingRecord): Promise<void> {
  const file = join(folder, RECORD);
  const text = `${JSON.stringify(record, null, 2)}\n`.padEnd(RECORD_CHARACTERS);
  try {
    await writeFileAtomic(file, text);
  } catch (error) {
    const room = isFull(error) ? ((await stat(file).catch(() => null))?.size ?? 0) : 0;
    if (Buffer.byteLength(text) > room) throw error;
    await overwriteInPlace(file, text);
  }
}

/** Ids of the folders in which recordings are, or were when somebody died. */
export async function listRecordings(paths: LibraryPaths): Promise<RecordingId[]> {
  const entries = await readdir(paths.recordings).catch(() => []);
  return entries.flatMap((entry) => RecordingIdSchema.safeParse(entry).data ?? []);
}

/**
 * Takes over a recording from a maker who has died. A record that cannot be read is set aside in the folder, and what
 * can be told without it takes its place: the file is what counts.
 * @returns `held` while somebody may be making it; null when there is nothing to take over: it is a take by now, or is
 * only just being made.
 * @throws StudioError LIBRARY_NEWER when a newer program made it: it stays as it is; LIBRARY_UNREADABLE, DISK_FULL
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
    lease = await recoveryLease(join(folder, LEASES));
  } catch (error) {
    if (error instanceof StudioError && error.code === 'RECORDING_NOT_FOUND') return null;
    throw error;
  }
  if (lease === null) return 'held';
  try {
    const names = await readdir(folder);
    // It was interrupted before its first byte could be written: the record comes first.
    if (names.every((name) => name.startsWith('.'))) {
      await rm(folder, { recursive: true, force: true });
      await lease.release();
      return null;
    }
    const record = (await readRecordingRecord(folder)) ?? (await replaceRecord(folder, id, names));
    const container = record.setup?.container ?? (names.includes('source.webm') ? 'webm' : 'mp4');
    return { folder, record, sourceName: `source.${container}`, lease };
  } catch (error) {
    await lease.release();
    throw fileError(error, folder, 'LIBRARY_UNREADABLE');
  }
}

/** Both leases of a recording as one; null while somebody may hold one of them. */
async function recoveryLease(folder: string): Promise<Lease | null> {
  const lease = await tryLease(folder, LEASE, 'RECORDING_NOT_FOUND');
  if (lease === null) return null;
  const recovery = await tryLease(folder, RECOVERY_LEASE, 'RECORDING_NOT_FOUND').catch(
    async (error: unknown) => {
      await lease.release();
      throw error;
    },
  );
  if (recovery === null) {
    await lease.release();
    return null;
  }
  return {
    isHeld: () => lease.isHeld(),
    async release() {
      await lease.release();
      await recovery.release();
    },
  };
}

/**
 * Null when there is none, or none that can be understood.
 * @throws StudioError LIBRARY_NEWER; system errors as they are
 */
async function readRecordingRecord(folder: string): Promise<RecordingRecord | null> {
  let data: unknown;
  try {
    data = JSON.parse(await readFile(join(folder, RECORD), 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError || systemCode(error) === 'ENOENT') return null;
    throw error;
  }
  const version = z.object({ schemaVersion: z.number() }).safeParse(data).data?.schemaVersion;
  if (version !== undefined && version > SCHEMA_VERSION) throw new StudioError('LIBRARY_NEWER');
  return RecordingRecordSchema.safeParse(data).data ?? null;
}

/** What a folder tells without its record, which is set aside in it. @throws system errors as they are */
async function replaceRecord(
  folder: string,
  id: RecordingId,
  names: readonly string[],
): Promise<RecordingRecord> {
  if (names.includes(RECORD)) {
    const at = new Date().toISOString().replaceAll(/[:.]/g, '-');
    await rename(join(folder, RECORD), join(folder, `${RECORD}.broken-${at}`));
  }
  const { birthtimeMs, mtimeMs } = await stat(folder);
  const record: RecordingRecord = {
    schemaVersion: SCHEMA_VERSION,
    id,
    // Not every file system knows when something was made.
    startedAt: new Date(birthtimeMs > 0 ? birthtimeMs : mtimeMs).toISOString(),
    shot: DEFAULT_SETTINGS.shot,
    setup: null,
    counts: null,
    end: null,
    samplesWhole: null,
  };
  await writeRecordingRecord(folder, record);
  return record;
}

/** True while a process of this computer records into this library. */
export async function isRecordingInto(paths: LibraryPaths): Promise<boolean> {
  for (const id of await listRecordings(paths)) {
    const leases = join(paths.recording(id), LEASES);
    if ((await isLeased(leases, LEASE, 'here')) && !(await isLeased(leases, RECOVERY_LEASE, 'here')))
      return true;
  }
  return false;
}

/**
 * Removes what only a recording needs from a folder that has become a take. A file that another program has open, such as
 * a virus scanner, stays: it is in nobody's way.
 */
export async function clearRecordingFiles(folder: string): Promise<void> {
  const leases = await readdir(join(folder, LEASES)).catch(() => []);
  const ours = leases.filter((entry) =>
    [LEASE, RECOVERY_LEASE].some((name) => entry.startsWith(`${name}.lease.`)),
  );
  for (const file of [RECORD, ...ours.map((entry) => join(LEASES, entry))]) {
    await rm(join(folder, file), { force: true }).catch(() => undefined);
  }
}
