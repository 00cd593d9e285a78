import { createHash } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { copyFile, open, realpath, stat, statfs } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import { type TakeId, TakeIdSchema } from '../../shared/domain/ids.ts';
import type { Shot } from '../../shared/domain/report.ts';
import { TAKE_SCHEMA_VERSION, type Take } from '../../shared/domain/take.ts';
import { StudioError, throwIfCancelled } from '../../shared/errors.ts';
import { fileError, systemCode } from '../library/fileErrors.ts';
import { probe } from '../media/probe.ts';
import type { RunningActivity } from '../pipeline/activities.ts';
import type { WorkContext } from '../pipeline/context.ts';

const CHUNK_BYTES = 4 * 1024 * 1024;
/** Room that is left free for everything else when a source is copied, bytes. */
const SPARE_BYTES = 64 * 1024 * 1024;

export interface ImportOptions {
  readonly shot: Shot;
  /** Only refers to the file where it is, instead of holding its bytes. */
  readonly reference?: boolean;
  readonly signal?: AbortSignal;
}

export interface Imported {
  readonly takeId: TakeId;
  /** True when the library had this content already; nothing was added then. */
  readonly known: boolean;
}

/**
 * Brings one file into the library as a take. The file itself is only read.
 * The take's id follows from its content, so that the same content is one take whoever imports it, and when.
 * @throws StudioError FILE_*, FFMPEG_MISSING, DISK_FULL, LIBRARY_UNREADABLE; Cancelled
 */
export async function importFootage(
  context: WorkContext,
  file: string,
  options: ImportOptions,
): Promise<Imported> {
  const absolute = resolve(file);
  const label = basename(absolute);
  return context.activities.run({ kind: 'import', label }, options.signal, async (activity) => {
    // Refused before a byte is copied.
    await probe(absolute, { tools: await context.tools(), signal: activity.signal });
    const { size } = await stat(absolute).catch((error: unknown) => {
      throw fileError(error, absolute, 'FILE_UNREADABLE');
    });
    try {
      return await bringIn(context, absolute, size, options, activity);
    } catch (error) {
      throw fileError(error, context.library.paths.root, 'LIBRARY_UNREADABLE');
    }
  });
}

async function bringIn(
  context: WorkContext,
  file: string,
  sizeBytes: number,
  options: ImportOptions,
  activity: RunningActivity,
): Promise<Imported> {
  const { takes } = context.library;
  const staging = await takes.stage();
  try {
    const name = `source${extname(file)
      .toLowerCase()
      .replaceAll(/[^.a-z0-9]/g, '')}`;
    const onBytes = (done: number) => activity.progress(sizeBytes === 0 ? 1 : done / sizeBytes);
    const sha256 = options.reference
      ? await hashOf(file, activity.signal, onBytes)
      : await hold(file, join(staging.folder, name), sizeBytes, activity.signal, onBytes);
    const takeId = TakeIdSchema.parse(`tk_${sha256.slice(0, 24)}`);
    activity.about(takeId);
    const take: Take = {
      schemaVersion: TAKE_SCHEMA_VERSION,
      revision: 0,
      id: takeId,
      name: nameFrom(file),
      createdAt: context.now().toISOString(),
      origin: 'imported',
      shot: options.shot,
      source: {
        file: options.reference ? await realpath(file) : name,
        storage: options.reference ? 'referenced' : 'held',
        sizeBytes,
        sha256,
        originalName: basename(file),
      },
      media: null,
      check: { kind: 'waiting' },
      preview: { kind: 'needed' },
    };
    const created = await takes.create(staging, take);
    if (created) await context.log.write(takeId, { what: 'imported', name: basename(file), sizeBytes });
    else await takes.index.refresh(takeId);
    return { takeId, known: !created };
  } finally {
    await staging.discard();
  }
}

/** The file's name without its ending, fit for people: `ana_welcome-2.MOV` becomes `ana welcome 2`. */
export function nameFrom(file: string): string {
  const bare = basename(file, extname(file))
    .replaceAll(/[\p{Cc}_-]+/gu, ' ')
    .trim();
  return bare.slice(0, 200) || 'Take';
}

/**
 * Copies the file, sharing its blocks where the file system can, and returns the SHA-256 of the copy.
 */
async function hold(
  from: string,
  to: string,
  sizeBytes: number,
  signal: AbortSignal,
  onBytes: (done: number) => void,
): Promise<string> {
  try {
    await copyFile(from, to, constants.COPYFILE_FICLONE_FORCE | constants.COPYFILE_EXCL);
    return await hashOf(to, signal, onBytes);
  } catch (error) {
    // The file system cannot clone, or the two lie on different ones.
    if (systemCode(error) === undefined) throw error;
  }
  const space = await statfs(join(to, '..')).catch(() => null);
  if (space !== null && space.bavail * space.bsize < sizeBytes + SPARE_BYTES) {
    const neededMb = Math.ceil((sizeBytes + SPARE_BYTES - space.bavail * space.bsize) / 1_000_000);
    throw new StudioError('DISK_FULL', { neededMb });
  }
  return copyAndHash(from, to, signal, onBytes);
}

async function copyAndHash(
  from: string,
  to: string,
  signal: AbortSignal,
  onBytes: (done: number) => void,
): Promise<string> {
  const hash = createHash('sha256');
  const source = await open(from, 'r');
  try {
    const target = await open(to, 'w');
    try {
      const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
      let done = 0;
      for (;;) {
        throwIfCancelled(signal);
        const { bytesRead } = await source.read(buffer, 0, CHUNK_BYTES, done);
        if (bytesRead === 0) break;
        const chunk = buffer.subarray(0, bytesRead);
        hash.update(chunk);
        await target.writeFile(chunk);
        done += bytesRead;
        onBytes(done);
      }
      await target.sync();
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
  return hash.digest('hex');
}

async function hashOf(file: string, signal: AbortSignal, onBytes: (done: number) => void): Promise<string> {
  const hash = createHash('sha256');
  let done = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: CHUNK_BYTES })) {
    throwIfCancelled(signal);
    hash.update(chunk as Buffer);
    done += (chunk as Buffer).length;
    onBytes(done);
  }
  return hash.digest('hex');
}
