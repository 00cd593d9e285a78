import { mkdir, readFile, rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { z } from 'zod';
import { type ErrorCode, StudioError } from '../../shared/errors.ts';
import { writeFileAtomic } from './atomicFile.ts';
import { fileError, systemCode } from './fileErrors.ts';
import { withLock } from './lease.ts';

/** What every stored record carries. */
interface Revisioned {
  readonly schemaVersion: number;
  readonly revision: number;
}

/** Where a record is, what it must look like, and which lock guards its writes. */
export interface RecordPlace<T extends Revisioned> {
  readonly file: string;
  readonly schema: z.ZodType<T>;
  /** The newest version this program knows. */
  readonly schemaVersion: number;
  readonly lockFolder: string;
  readonly lockName: string;
  /** Thrown when there is no such record. */
  readonly missing: ErrorCode;
}

/**
 * Reads and validates a record.
 * @throws StudioError `missing` when there is none, LIBRARY_NEWER for a newer schema, RECORD_BROKEN when it
 * cannot be understood: then it has been set aside under a name of its own, and nothing was deleted.
 */
export async function readRecord<T extends Revisioned>(place: RecordPlace<T>): Promise<T> {
  let text: string;
  try {
    text = await readFile(place.file, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR')
      throw new StudioError(place.missing);
    throw fileError(error, place.file, 'LIBRARY_UNREADABLE');
  }
  const data = parseJson(text);
  const version =
    typeof data === 'object' && data !== null && 'schemaVersion' in data ? data.schemaVersion : null;
  if (typeof version === 'number' && version > place.schemaVersion) throw new StudioError('LIBRARY_NEWER');
  const parsed = place.schema.safeParse(data);
  if (parsed.success) return parsed.data;
  await setAside(place.file);
  throw new StudioError('RECORD_BROKEN', { file: describePlace(place.file) }, { cause: parsed.error });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Folder and file, enough for a person to find it: `tk_…/take.json`. */
function describePlace(file: string): string {
  return join(basename(dirname(file)), basename(file));
}

async function setAside(file: string): Promise<void> {
  const stamp = new Date().toISOString().replaceAll(/[:.]/g, '-');
  await rename(file, `${file}.broken-${stamp}`).catch((error: unknown) => {
    // Another process set it aside first.
    if (systemCode(error) !== 'ENOENT') throw error;
  });
}

/**
 * Changes a record. `change` gets the record as it is on disk now and returns what it should be, or null to
 * leave it. No write of anybody else is lost: reading and writing happen under the record's lock.
 * @param expectedRevision refuses with REVISION_CONFLICT when the record has moved on since it was read.
 * @returns the record as it is on disk afterwards.
 */
export async function updateRecord<T extends Revisioned>(
  place: RecordPlace<T>,
  change: (current: T) => T | null,
  expectedRevision?: number,
): Promise<T> {
  return withRecordLock(place, async () => {
    const current = await readRecord(place);
    if (expectedRevision !== undefined && current.revision !== expectedRevision) {
      throw new StudioError('REVISION_CONFLICT');
    }
    const changed = change(current);
    if (changed === null) return current;
    return writeRecord(place, { ...changed, revision: current.revision + 1 });
  });
}

async function withRecordLock<T extends Revisioned>(
  place: RecordPlace<T>,
  action: () => Promise<T>,
): Promise<T> {
  try {
    return await withLock(place.lockFolder, place.lockName, action);
  } catch (error) {
    // The folder in which the lock would lie is gone, and the record with it.
    if (systemCode(error) === 'ENOENT') throw new StudioError(place.missing, {}, { cause: error });
    throw fileError(error, place.file, 'LIBRARY_UNREADABLE');
  }
}

/** Creates a record, or changes the one that is there, under its lock. */
export async function createOrUpdateRecord<T extends Revisioned>(
  place: RecordPlace<T>,
  make: () => T,
  change: (current: T) => T | null,
): Promise<T> {
  await mkdir(dirname(place.file), { recursive: true });
  return withRecordLock(place, async () => {
    let current: T;
    try {
      current = await readRecord(place);
    } catch (error) {
      if (error instanceof StudioError && (error.code === place.missing || error.code === 'RECORD_BROKEN')) {
        return writeRecord(place, make());
      }
      throw error;
    }
    const changed = change(current);
    return changed === null ? current : writeRecord(place, { ...changed, revision: current.revision + 1 });
  });
}

/** Writes a record that nobody else can know of yet, or whose lock is held. Validated like one that is read. */
export async function writeRecord<T extends Revisioned>(place: RecordPlace<T>, record: T): Promise<T> {
  const valid = place.schema.parse(record);
  try {
    await writeFileAtomic(place.file, `${JSON.stringify(valid, null, 2)}\n`);
  } catch (error) {
    throw fileError(error, place.file, 'LIBRARY_UNREADABLE');
  }
  return valid;
}
