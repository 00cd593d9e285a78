/**
 * Completes a recording's file, which grew fragment by fragment: whatever stands behind the last whole fragment is cut
 * off, and the index goes into the room that the head has for it (see `fragmentIndex.ts`).
 */
import { type FileHandle, open } from 'node:fs/promises';
import {
  buildIndex,
  emptyIndex,
  type IndexedFragment,
  type RecordingHead,
  readHead,
  readSpans,
  type TrackSpan,
} from './fragmentIndex.ts';

/** A head with its room for the index is never longer, bytes. */
const LARGEST_HEAD = 256 * 1024;
/** What describes a second: at most ten thousand samples. */
const LARGEST_MOOF = 1024 * 1024;
/** Read at once at each fragment: holds what describes a usual second. */
const READ_BYTES = 4096;
const HEADER_BYTES = 8;
const LONG_HEADER_BYTES = 16;
/** Boxes that other recorders may write between fragments, or behind the last one. */
const HARMLESS = new Set(['emsg', 'free', 'mfra', 'prft', 'sidx', 'skip', 'styp']);
/** Smallest unit in which disks write; encoded picture and sound never have so many zeros in a row. */
const SECTOR_BYTES = 512;
/** Read at once when something is looked for. */
const PIECE_BYTES = 1024 * 1024;
const MOOF = Buffer.from('moof');
/** Where a box's type stands in it. */
const TYPE_OFFSET = 4;

/** A fragment and where it lies. */
export interface FoundFragment extends IndexedFragment {
  readonly offset: number;
}

/**
 * Follows a recording while it is stored, so that whoever ends it need not look for its fragments in the file: for five
 * minutes that takes a fifth of a second, in which somebody waits.
 */
export class StoredFragments {
  #found: FoundFragment[] | null = [];
  #offset = 0;

  /** Takes the next bytes of the file: boxes of its head, or whole fragments. */
  add(bytes: Uint8Array): void {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; this.#found !== null && at < buffer.length; ) {
      const fragment = fragmentIn(buffer.subarray(at), this.#offset + at, buffer.length - at);
      const length = fragment?.length ?? headBoxLength(buffer.subarray(at));
      if (fragment !== null) this.#found.push(fragment);
      else if (length === null || this.#found.length > 0) this.#found = null;
      at += length ?? buffer.length;
    }
    this.#offset += buffer.length;
  }

  /** All of them, in order; null where the bytes were not as expected, and the file has to tell. */
  get found(): readonly FoundFragment[] | null {
    return this.#found;
  }
}

/** Length of a box before the first fragment that lies whole in these bytes; null where there is none. */
function headBoxLength(bytes: Buffer): number | null {
  const box = headerOf(bytes);
  return box === null || box.type === 'moof' || box.type === 'mdat' || box.length > bytes.length
    ? null
    : box.length;
}

/**
 * The fragment that begins with these bytes; null where there is none.
 * @param bytes its `moof` and the header of its `mdat` at least
 * @param available from its beginning to the end of what there is: it has to lie whole in that
 */
function fragmentIn(bytes: Buffer, offset: number, available: number): FoundFragment | null {
  const moof = headerOf(bytes);
  if (moof?.type !== 'moof' || moof.length > Math.min(LARGEST_MOOF, available)) return null;
  const mdat = headerOf(bytes.subarray(moof.length));
  if (mdat?.type !== 'mdat' || moof.length + mdat.length > available) return null;
  const spans: readonly TrackSpan[] | null = tolerant(readSpans, bytes);
  if (spans === null || spans.length === 0) return null;
  return { offset, length: moof.length + mdat.length, spans };
}

/** A file that was completed. */
export interface CompletedFile {
  readonly sizeBytes: number;
  readonly durationSeconds: number;
}

/**
 * Can be stopped at any moment, and done again: the file stays playable, and no whole fragment is ever lost. Where a
 * fragment cannot be read, whole ones may stand behind it: a disk may write in another order than it was told.
 * @param keepRest called before whole fragments are cut off, with where what is cut off begins and ends
 * @param stored where its maker stored the fragments; null, or where that is not all of the file, they are looked for
 * @param mayGoOn waited for before each piece of what is looked through for whole fragments
 * @returns null, and leaves the file as it is, when no whole fragment stands at its beginning.
 * @throws system errors as they are, and what `keepRest` and `mayGoOn` throw
 */
export async function completeFragments(
  file: string,
  keepRest: (from: number, to: number) => Promise<void>,
  stored: readonly FoundFragment[] | null = null,
  mayGoOn: () => Promise<void> = () => Promise.resolve(),
): Promise<CompletedFile | null> {
  const handle = await open(file, 'r+');
  try {
    const { size } = await handle.stat();
    const head = tolerant(readHead, await readAt(handle, 0, Math.min(LARGEST_HEAD, size)));
    if (head === null) return null;
    const fragments = isAllOf(stored, head.length, size)
      ? [...stored]
      : await findFragments(handle, head.length, size);
    // After a power cut the end of a file may be there in length only.
    while (await isUnwritten(handle, fragments.at(-1))) fragments.pop();
    const last = fragments.at(-1);
    if (last === undefined) return null;
    const end = last.offset + last.length;
    if (end < size) {
      if (await holdsFragment(handle, end, size, mayGoOn)) await keepRest(end, size);
      await handle.truncate(end);
      await handle.sync();
    }
    await writeIndex(handle, head, fragments);
    return { sizeBytes: end, durationSeconds: durationOf(head, fragments) };
  } finally {
    await handle.close();
  }
}

/** Whether these follow one another from the head to the end of the file. */
function isAllOf(
  stored: readonly FoundFragment[] | null,
  headLength: number,
  size: number,
): stored is readonly FoundFragment[] {
  if (stored === null || stored.length === 0) return false;
  let end = headLength;
  for (const { offset, length } of stored) {
    if (offset !== end) return false;
    end += length;
  }
  return end === size;
}

/** The whole fragments from `offset` on, and with each what stands between it and the next one. */
async function findFragments(handle: FileHandle, offset: number, size: number): Promise<FoundFragment[]> {
  const fragments: FoundFragment[] = [];
  for (let at = offset; ; ) {
    const fragment = await fragmentAt(handle, at, size);
    if (fragment !== null) {
      const before = fragments.pop();
      if (before !== undefined) fragments.push({ ...before, length: at - before.offset });
      fragments.push(fragment);
      at += fragment.length;
    } else {
      const box = headerOf(await readAt(handle, at, Math.min(LONG_HEADER_BYTES, size - at)));
      if (box === null || !HARMLESS.has(box.type) || at + box.length > size) return fragments;
      at += box.length;
    }
  }
}

/** The `moof` and the `mdat` at a place; null unless both are there and whole. */
async function fragmentAt(handle: FileHandle, offset: number, size: number): Promise<FoundFragment | null> {
  let bytes = await readAt(handle, offset, Math.min(READ_BYTES, size - offset));
  const moof = headerOf(bytes);
  if (moof?.type !== 'moof' || moof.length > Math.min(LARGEST_MOOF, size - offset)) return null;
  const needed = Math.min(moof.length + LONG_HEADER_BYTES, size - offset);
  if (bytes.length < needed) bytes = await readAt(handle, offset, needed);
  return fragmentIn(bytes, offset, size - offset);
}

/** Type and length of the box that begins here. One that goes on "to the end of the file" is none: is it whole? */
function headerOf(bytes: Buffer): { readonly type: string; readonly length: number } | null {
  if (bytes.length < HEADER_BYTES) return null;
  const type = bytes.toString('latin1', 4, HEADER_BYTES);
  const short = bytes.readUInt32BE(0);
  if (short !== 1) return short < HEADER_BYTES ? null : { type, length: short };
  if (bytes.length < LONG_HEADER_BYTES) return null;
  const length = Number(bytes.readBigUInt64BE(HEADER_BYTES));
  return length < LONG_HEADER_BYTES ? null : { type, length };
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  if (length <= 0) return Buffer.alloc(0);
  const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

/** What is read of bytes that may be anything: null when they end where more should be. */
function tolerant<T>(read: (bytes: Uint8Array) => T | null, bytes: Uint8Array): T | null {
  try {
    return read(bytes);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** True when a whole fragment, written from its first byte to its last, stands somewhere from `offset` on. */
async function holdsFragment(
  handle: FileHandle,
  offset: number,
  size: number,
  mayGoOn: () => Promise<void>,
): Promise<boolean> {
  // Pieces overlap, so that a name that lies across two of them is found.
  for (let start = offset; start < size; start += PIECE_BYTES - MOOF.length) {
    await mayGoOn();
    const piece = await readAt(handle, start, Math.min(PIECE_BYTES, size - start));
    for (let at = piece.indexOf(MOOF); at !== -1; at = piece.indexOf(MOOF, at + 1)) {
      const begin = start + at - TYPE_OFFSET;
      const fragment = begin < offset ? null : await fragmentAt(handle, begin, size);
      if (fragment !== null && !(await isUnwritten(handle, fragment))) return true;
    }
  }
  return false;
}

async function isUnwritten(handle: FileHandle, fragment: FoundFragment | undefined): Promise<boolean> {
  if (fragment === undefined) return false;
  const bytes = await readAt(handle, fragment.offset, fragment.length);
  const zeros = Buffer.alloc(SECTOR_BYTES);
  // Sectors are counted from the beginning of the file.
  const first = (SECTOR_BYTES - (fragment.offset % SECTOR_BYTES)) % SECTOR_BYTES;
  for (let at = first; at + SECTOR_BYTES <= bytes.length; at += SECTOR_BYTES) {
    if (bytes.compare(zeros, 0, SECTOR_BYTES, at, at + SECTOR_BYTES) === 0) return true;
  }
  return false;
}

/** Of the track that lasts longest. */
function durationOf(head: RecordingHead, fragments: readonly FoundFragment[]): number {
  const durations = head.tracks.map(({ id, timescale }) => {
    const spans = fragments.flatMap((fragment) => fragment.spans.filter(({ trackId }) => trackId === id));
    const last = spans.at(-1);
    return last === undefined || timescale === 0
      ? 0
      : (last.start + last.duration - (spans[0]?.start ?? 0)) / timescale;
  });
  return Math.max(0, ...durations);
}

/**
 * Writes the index. Until the last step, which writes the eight bytes of a header, the room is one empty box, whatever
 * lies in it: so the file can be read whenever this is interrupted.
 */
async function writeIndex(
  handle: FileHandle,
  head: RecordingHead,
  fragments: readonly FoundFragment[],
): Promise<void> {
  const index = buildIndex(head, fragments);
  if (index === null || head.indexAt === null) return;
  const steps = [
    [emptyIndex().subarray(0, HEADER_BYTES), head.indexAt],
    [index.subarray(HEADER_BYTES), head.indexAt + HEADER_BYTES],
    [index.subarray(0, HEADER_BYTES), head.indexAt],
  ] as const;
  for (const [bytes, position] of steps) {
    await writeAt(handle, bytes, position);
    await handle.datasync();
  }
}

async function writeAt(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}
