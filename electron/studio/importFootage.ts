import { constants } from 'node:fs';
import { copyFile, open, realpath, stat, statfs } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import { type TakeId, TakeIdSchema } from '../../shared/domain/ids.ts';
import type { MediaInfo } from '../../shared/domain/media.ts';
import type { Shot } from '../../shared/domain/report.ts';
import { NOT_REVIEWED } from '../../shared/domain/review.ts';
import { TAKE_SCHEMA_VERSION, type Take } from '../../shared/domain/take.ts';
import { Cancelled, StudioError, throwIfCancelled } from '../../shared/errors.ts';
import { fileError, systemCode } from '../library/fileErrors.ts';
import { hashFile } from '../library/hashFile.ts';
import { ContentHash } from '../media/contentHash.ts';
import { needsPreview } from '../media/preview.ts';
import { probe } from '../media/probe.ts';
import type { RunningActivity } from '../pipeline/activities.ts';
import type { WorkContext } from '../pipeline/context.ts';
import { atItsTurn } from '../pipeline/laneWork.ts';
import { makePicture } from './makePicture.ts';

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
  /** True when the library had this content already; at most its lost source was put back then. */
  readonly known: boolean;
}

/**
 * Brings one file into the library as a take, one file at a time. The file itself is only read.
 * The take's id follows from its content, so that the same content is one take whoever imports it, and when.
 * A take of it whose record or source got lost is made whole again; see `TakeStore.mend`.
 * @throws StudioError FILE_*, SOURCE_CHANGED, FFMPEG_MISSING, DISK_FULL, LIBRARY_UNREADABLE; Cancelled
 */
export async function importFootage(
  context: WorkContext,
  file: string,
  options: ImportOptions,
): Promise<Imported> {
  const absolute = resolve(file);
  const label = basename(absolute);
  const work = async (activity: RunningActivity): Promise<Imported> => {
    const before = await lookAt(absolute);
    // Refused before a byte is copied.
    const media = await probe(absolute, { tools: await context.tools(), signal: activity.signal });
    try {
      const imported = await bringIn(context, { file: absolute, before, media }, options, activity);
      await pictureOf(context, imported.takeId, media, activity.signal);
      return imported;
    } catch (error) {
      throw fileError(error, context.library.paths.root, 'LIBRARY_UNREADABLE');
    }
  };
  return context.activities.run({ kind: 'import', label }, options.signal, (activity) =>
    atItsTurn(context.lanes.disk, activity.signal, () => work(activity)),
  );
}

/**
 * It may be long before the check, which looks again, and until then a take is told by its picture. Whoever cancels now
 * is too late: the take is there.
 */
async function pictureOf(context: WorkContext, takeId: TakeId, media: MediaInfo, signal: AbortSignal) {
  const { takes } = context.library;
  try {
    const source = takes.sourceFile(await takes.read(takeId));
    await makePicture(context, takeId, source, media, signal);
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error;
  }
}

/** What changes when a file is written to. */
interface Look {
  readonly sizeBytes: number;
  readonly mtimeNs: bigint;
}

async function lookAt(file: string): Promise<Look> {
  const found = await stat(file, { bigint: true }).catch((error: unknown) => {
    throw fileError(error, file, 'FILE_UNREADABLE');
  });
  return { sizeBytes: Number(found.size), mtimeNs: found.mtimeNs };
}

/** A camera or a download may still be writing to it: what was read is then no file that ever was. */
async function requireUnchanged(file: string, before: Look, bytesRead: number): Promise<void> {
  const after = await lookAt(file);
  const same =
    bytesRead === before.sizeBytes &&
    after.sizeBytes === before.sizeBytes &&
    after.mtimeNs === before.mtimeNs;
  if (!same) throw new StudioError('SOURCE_CHANGED', { file: basename(file), during: 'import' });
}

interface Footage {
  readonly file: string;
  /** As it was before it was probed. */
  readonly before: Look;
  readonly media: MediaInfo;
}

async function bringIn(
  context: WorkContext,
  { file, before, media }: Footage,
  options: ImportOptions,
  activity: RunningActivity,
): Promise<Imported> {
  const { takes } = context.library;
  const { sizeBytes } = before;
  const staging = await takes.stage();
  try {
    const name = `source${extname(file)
      .toLowerCase()
      .replaceAll(/[^.a-z0-9]/g, '')}`;
    const onBytes = (done: number) => activity.progress(sizeBytes === 0 ? 1 : done / sizeBytes);
    const mayGoOn = () => context.quiet.pass(activity.signal);
    const { sha256, bytesRead } = options.reference
      ? await hashFile(file, activity.signal, onBytes, mayGoOn)
      : await hold(file, join(staging.folder, name), sizeBytes, {
          signal: activity.signal,
          onBytes,
          mayGoOn,
        });
    await requireUnchanged(file, before, bytesRead);
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
      media,
      check: { kind: 'waiting' },
      // What the window plays can be looked at while it is checked.
      preview: { kind: needsPreview(media) ? 'needed' : 'source' },
      recording: null,
      review: NOT_REVIEWED,
    };
    if (await takes.create(staging, take)) {
      await context.log.write(takeId, { what: 'imported', name: basename(file), sizeBytes });
      return { takeId, known: false };
    }
    const present = options.reference ? null : await findHeld(context, take, activity.signal);
    const lacked = await takes.mend(staging, take, present);
    if (lacked !== 'nothing') {
      await context.log.write(takeId, { what: 'imported again', lacked, name: basename(file), sizeBytes });
    }
    return { takeId, known: lacked !== 'record' };
  } finally {
    await staging.discard();
  }
}

/**
 * The name of the source that lies in the take's folder already, when it holds the take's content. Only read through
 * when no record says so: else a folder that is whole would cost as much as one that is not.
 */
async function findHeld(context: WorkContext, take: Take, signal: AbortSignal): Promise<string | null> {
  const { takes } = context.library;
  const isListed = await takes.read(take.id).then(
    () => true,
    () => false,
  );
  if (isListed) return null;
  const file = takes.sourceFile(take);
  const found = await stat(file).catch(() => null);
  if (found?.size !== take.source.sizeBytes) return null;
  const mayGoOn = () => context.quiet.pass(signal);
  const held = await hashFile(file, signal, () => undefined, mayGoOn).catch((error: unknown) => {
    if (error instanceof Cancelled) throw error;
    return null;
  });
  return held?.sha256 === take.source.sha256 ? take.source.file : null;
}

/** The file's name without its ending, fit for people: `ana_welcome-2.MOV` becomes `ana welcome 2`. */
export function nameFrom(file: string): string {
  const bare = basename(file, extname(file))
    .replaceAll(/[\p{Cc}_-]+/gu, ' ')
    .trim();
  return bare.slice(0, 200) || 'Take';
}

/** What was read of a file, to its end. */
interface Content {
  readonly sha256: string;
  readonly bytesRead: number;
}

/** What goes on while a file is read. */
interface Reading {
  readonly signal: AbortSignal;
  readonly onBytes: (done: number) => void;
  /** Waited for before each chunk. */
  readonly mayGoOn: () => Promise<void>;
}

/** Copies the file, sharing its blocks where the file system can, and returns what the copy holds. */
async function hold(from: string, to: string, sizeBytes: number, watch: Reading): Promise<Content> {
  try {
    await copyFile(from, to, constants.COPYFILE_FICLONE_FORCE | constants.COPYFILE_EXCL);
    await syncFile(to);
    return await hashFile(to, watch.signal, watch.onBytes, watch.mayGoOn);
  } catch (error) {
    // The file system cannot clone, or the two lie on different ones.
    if (systemCode(error) === undefined) throw error;
  }
  const space = await statfs(join(to, '..')).catch(() => null);
  if (space !== null && space.bavail * space.bsize < sizeBytes + SPARE_BYTES) {
    const neededMb = Math.ceil((sizeBytes + SPARE_BYTES - space.bavail * space.bsize) / 1_000_000);
    throw new StudioError('DISK_FULL', { neededMb });
  }
  return copyAndHash(from, to, watch);
}

async function copyAndHash(
  from: string,
  to: string,
  { signal, onBytes, mayGoOn }: Reading,
): Promise<Content> {
  const hash = new ContentHash();
  let done = 0;
  const source = await open(from, 'r');
  try {
    const target = await open(to, 'w');
    try {
      const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
      for (;;) {
        throwIfCancelled(signal);
        await mayGoOn();
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
  return { sha256: hash.digest(), bytesRead: done };
}

/** A clone's blocks are the source's, but its own entry is only in memory. The folder is synced with the record. */
async function syncFile(file: string): Promise<void> {
  // Opened for reading, as a clone is as write-protected as what it was made from.
  const handle = await open(file, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
