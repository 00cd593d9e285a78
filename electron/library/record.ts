import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs';
import { mkdir, readdir, readFile, rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { z } from 'zod';
import { type ErrorCode, StudioError } from '../../shared/errors.ts';
import { writeFileAtomic } from './atomicFile.ts';
import { fileError, systemCode } from './fileErrors.ts';
import { type Lease, withLock } from './lease.ts';

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
  for (;;) {
    const { text, stamp } = await readWhole(place);
    const data = parseJson(text);
    const version =
      typeof data === 'object' && data !== null && 'schemaVersion' in data ? data.schemaVersion : null;
    if (typeof version === 'number' && version > place.schemaVersion) throw new StudioError('LIBRARY_NEWER');
    const parsed = place.schema.safeParse(data);
    if (parsed.success) return parsed.data;
    // Replaced or repaired while we looked: what is there now may be whole.
    if ((await stampOf(place.file)) !== stamp) continue;
    await setAside(place.file);
    throw new StudioError('RECORD_BROKEN', { file: describePlace(place.file) }, { cause: parsed.error });
  }
}

async function readWhole<T extends Revisioned>(
  place: RecordPlace<T>,
): Promise<{ text: string; stamp: string | null }> {
  try {
    const stamp = await stampOf(place.file);
    return { text: await readFile(place.file, 'utf8'), stamp };
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR')
      throw new StudioError(place.missing);
    throw fileError(error, place.file, 'LIBRARY_UNREADABLE');
  }
}

/**
 * Changes whenever a file is written or replaced; null when there is none.
 * With a callback, as a promise for a file that is missing takes three times as long: lists ask thousands.
 */
export function stampOf(file: string): Promise<string | null> {
  return new Promise((resolve, reject) => {
    stat(file, { bigint: true }, (error, found) => {
      if (error === null) resolve(`${found.mtimeNs}/${found.size}/${found.ino}`);
      else if (error.code === 'ENOENT' || error.code === 'ENOTDIR') resolve(null);
      else reject(error);
    });
  });
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

const setAsidePrefix = (file: string) => `${basename(file)}.broken-`;

async function setAside(file: string): Promise<void> {
  const stamp = new Date().toISOString().replaceAll(/[:.]/g, '-');
  // No name is used twice: an earlier broken record must not be overwritten.
  const name = `${setAsidePrefix(file)}${stamp}-${randomUUID().slice(0, 8)}`;
  await rename(file, join(dirname(file), name)).catch((error: unknown) => {
    // Another process set it aside first.
    if (systemCode(error) !== 'ENOENT') throw fileError(error, file, 'LIBRARY_UNREADABLE');
  });
}

/** An earlier broken record of this name that was set aside, as an error that names it; null when there is none. */
export async function findSetAside(file: string): Promise<StudioError | null> {
  const entries = await readdir(dirname(file)).catch(() => []);
  const broken = entries.find((entry) => entry.startsWith(setAsidePrefix(file)));
  if (broken === undefined) return null;
  return new StudioError('RECORD_BROKEN', { file: describePlace(join(dirname(file), broken)) });
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
  return withRecordLock(place, async (lock) => {
    const current = await readRecord(place);
    if (expectedRevision !== undefined && current.revision !== expectedRevision) {
      throw new StudioError('REVISION_CONFLICT');
    }
    const changed = change(current);
    if (changed === null) return current;
    return writeRecord(place, { ...changed, revision: current.revision + 1 }, lock);
  });
}

async function withRecordLock<T extends Revisioned>(
  place: RecordPlace<T>,
  action: (lock: Lease) => Promise<T>,
): Promise<T> {
  try {
    return await withLock(place.lockFolder, place.lockName, action, place.missing);
  } catch (error) {
    // The record's folder went to the bin meanwhile.
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
  return mendRecord(place, {
    make: async () => make(),
    change: async (current) => change(current),
  });
}

/**
 * Changes a record under its lock, or makes it anew where there is none that can be read. Its folder has to exist.
 * A broken one has been set aside before `make` is asked.
 */
export function mendRecord<T extends Revisioned>(
  place: RecordPlace<T>,
  how: { readonly make: () => Promise<T>; readonly change: (current: T) => Promise<T | null> },
): Promise<T> {
  return withRecordLock(place, async (lock) => {
    let current: T;
    try {
      current = await readRecord(place);
    } catch (error) {
      if (error instanceof StudioError && (error.code === place.missing || error.code === 'RECORD_BROKEN')) {
        return writeRecord(place, await how.make(), lock);
      }
      throw error;
    }
    const changed = await how.change(current);
    return changed === null
      ? current
      : writeRecord(place, { ...changed, revision: current.revision + 1 }, lock);
  });
}

/**
 * Writes a record that nobody else can know of yet, or whose lock is held. Validated like one that is read.
 * @throws StudioError LEASE_LOST when the lock was lost meanwhile, e.g. because this computer slept
 */
export async function writeRecord<T extends Revisioned>(
  place: RecordPlace<T>,
  record: T,
  lock?: Lease,
): Promise<T> {
  const valid = place.schema.parse(record);
  const content = `${JSON.stringify(valid, null, 2)}\n`;
  try {
    await writeFileAtomic(place.file, content, async () => {
      if (lock !== undefined && !(await lock.isHeld())) throw new StudioError('LEASE_LOST');
    });
  } catch (error) {
    throw fileError(error, place.file, 'LIBRARY_UNREADABLE');
  }
  return valid;
}
