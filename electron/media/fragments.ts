/**
 * Recordings are fragmented MP4 (head, then one fragment after the other), so that whatever is on the disk can be played.
 * Here it is found where the last whole fragment ends, and an index is put into the room that was left for it behind
 * the head: without one a player reads through the whole file before it can say how long it is.
 */
import { type FileHandle, open } from 'node:fs/promises';
import { type Box, boxAt, boxesIn, readFragment, readTracks, type TrackHead } from './boxes.ts';

/** More fragments than the longest take has seconds; beyond that one entry of the index stands for several. */
const INDEX_ENTRIES = 720;
const INDEX_HEADER_BYTES = 40;
const ENTRY_BYTES = 12;
/** An empty box has a header at least. */
const EMPTY_BOX_BYTES = 8;
const INDEX_ROOM_BYTES = INDEX_HEADER_BYTES + INDEX_ENTRIES * ENTRY_BYTES + EMPTY_BOX_BYTES;

/** Boxes that may stand in a recording beside its head and its fragments. */
const HARMLESS = new Set(['ftyp', 'styp', 'free', 'skip', 'sidx', 'mfra', 'emsg', 'prft', 'uuid', 'wide']);
/** Those of them that an index may take the place of. */
const ROOM = new Set(['free', 'skip', 'sidx']);
/** A head or the description of a fragment is never longer, bytes: ten thousand samples take 160 kB. */
const LARGEST_DESCRIPTION = 4 * 1024 * 1024;
/** Read at once at each box: holds the description of a usual second. */
const READ_BYTES = 4096;

/** A second of the take: a `moof` with its `mdat`. Offsets from the beginning of the file, times in units of the picture. */
interface Fragment {
  readonly offset: number;
  readonly size: number;
  readonly startTime: number;
  readonly duration: number;
}

/** What was found in a recording's file. */
interface Found {
  readonly video: TrackHead;
  /** Empty boxes, or an earlier index, between head and first fragment. */
  readonly room: { readonly offset: number; readonly size: number };
  readonly fragments: readonly Fragment[];
}

const NO_ROOM = { offset: 0, size: 0 } as const;

/** A file that was completed. */
export interface CompletedFile {
  readonly sizeBytes: number;
  /** Of the picture. */
  readonly durationSeconds: number;
}

/** An empty box that keeps room for the index. */
function emptyBox(size: number): Buffer {
  const box = Buffer.alloc(size);
  box.writeUInt32BE(size, 0);
  box.write('free', 4, 'latin1');
  return box;
}

/** Bytes of a recording that begin with a box; behind the head, where they hold it whole, room for the index. */
export function withRoomForIndex(bytes: Uint8Array): Uint8Array {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const box of boxesIn(buffer)) {
    if (box.type !== 'moov') continue;
    const end = box.offset + box.size;
    return Buffer.concat([buffer.subarray(0, end), emptyBox(INDEX_ROOM_BYTES), buffer.subarray(end)]);
  }
  return bytes;
}

/**
 * Cuts a recording after its last whole fragment, and writes its index. Can be stopped at any moment, and done again:
 * the file stays playable, and no whole fragment is ever lost.
 * @returns null, and leaves the file as it is, when there is no whole fragment in it.
 * @throws system errors as they are
 */
export async function completeFragments(file: string): Promise<CompletedFile | null> {
  const handle = await open(file, 'r+');
  try {
    const { size } = await handle.stat();
    const found = await findFragments(handle, size);
    const last = found?.fragments.at(-1);
    if (found === null || last === undefined) return null;
    const end = last.offset + last.size;
    if (end < size) {
      await handle.truncate(end);
      await handle.datasync();
    }
    await writeIndex(handle, found);
    const units = last.startTime + last.duration - (found.fragments[0]?.startTime ?? 0);
    return { sizeBytes: end, durationSeconds: units / found.video.timescale };
  } finally {
    await handle.close();
  }
}

async function findFragments(handle: FileHandle, size: number): Promise<Found | null> {
  let tracks: TrackHead[] = [];
  const room = { offset: 0, size: 0 };
  let moof: { box: Box; buffer: Buffer; offset: number } | null = null;
  const fragments: (Fragment & { readonly samples: readonly { offset: number; size: number }[] })[] = [];
  for (let offset = 0; offset + 8 <= size; ) {
    const read = await boxOf(handle, offset, size);
    if (read === null || offset + read.box.size > size) break;
    const { box, buffer } = read;
    if (box.type === 'moov') {
      tracks = tolerant(() => readTracks(buffer, box)) ?? [];
      room.offset = offset + box.size;
    } else if (box.type === 'moof') moof = { box, buffer, offset };
    else if (box.type === 'mdat') {
      const described = moof;
      moof = null;
      if (described === null) break;
      const parts = tolerant(() => readFragment(described.buffer, described.box, tracks));
      const video = parts?.find(({ trackId }) => tracks.some(({ id, isVideo }) => id === trackId && isVideo));
      if (
        parts === null ||
        !fits(
          parts.flatMap(({ samples }) => samples),
          offset + box.size - described.offset,
        )
      )
        break;
      // A fragment with sound alone lengthens the one before it.
      const before = video === undefined ? fragments.pop() : undefined;
      if (video === undefined && before === undefined) break;
      fragments.push({
        offset: before?.offset ?? described.offset,
        size: offset + box.size - (before?.offset ?? described.offset),
        startTime: before?.startTime ?? video?.startTime ?? 0,
        duration: before?.duration ?? video?.duration ?? 0,
        samples: before?.samples ?? video?.samples ?? [],
      });
    } else if (ROOM.has(box.type) && offset === room.offset + room.size) room.size += box.size;
    else if (!HARMLESS.has(box.type)) break;
    offset += box.size;
  }
  const video = tracks.find(({ isVideo }) => isVideo);
  if (video === undefined || video.timescale === 0) return null;
  // After a power cut the end of a file may be there in length only.
  while (fragments.length > 0 && !(await isWritten(handle, fragments.at(-1)))) fragments.pop();
  const first = fragments[0];
  if (first === undefined) return null;
  return { video, fragments, room: room.offset + room.size === first.offset ? room : NO_ROOM };
}

/** The box at a place in the file; with its content when that describes something. */
async function boxOf(
  handle: FileHandle,
  offset: number,
  size: number,
): Promise<{ box: Box; buffer: Buffer } | null> {
  const start = await readAt(handle, offset, Math.min(READ_BYTES, size - offset));
  const box = boxAt(start, 0);
  if (box === null) return null;
  const isDescription = box.type === 'moov' || box.type === 'moof';
  if (!isDescription || box.size <= start.length || offset + box.size > size) return { box, buffer: start };
  if (box.size > LARGEST_DESCRIPTION) return null;
  return { box, buffer: await readAt(handle, offset, box.size) };
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

/** What is read of bytes that may be anything; null when they are not what they should be. */
function tolerant<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

const fits = (samples: readonly { offset: number; size: number }[], room: number): boolean =>
  samples.length > 0 && samples.every(({ offset, size }) => offset > 0 && offset + size <= room);

/** No frame of any codec of ours begins with four zeros: where they stand, nothing was written. */
async function isWritten(
  handle: FileHandle,
  fragment:
    | { readonly offset: number; readonly samples: readonly { offset: number; size: number }[] }
    | undefined,
): Promise<boolean> {
  for (const { offset, size } of fragment?.samples ?? []) {
    const start = await readAt(handle, (fragment?.offset ?? 0) + offset, Math.min(4, size));
    if (start.every((byte) => byte === 0)) return false;
  }
  return true;
}

/**
 * Writes the index (a `sidx` box) into the room before the first fragment. Until its last step, which writes eight bytes,
 * the room is an empty box, whatever lies in it.
 */
async function writeIndex(handle: FileHandle, found: Found): Promise<void> {
  const { room } = found;
  const index = indexOf(found);
  if (index === null) return;
  await writeAt(handle, emptyBox(room.size).subarray(0, EMPTY_BOX_BYTES), room.offset);
  await handle.datasync();
  await writeAt(handle, index.subarray(EMPTY_BOX_BYTES), room.offset + EMPTY_BOX_BYTES);
  await handle.datasync();
  await writeAt(handle, index.subarray(0, EMPTY_BOX_BYTES), room.offset);
  await handle.datasync();
}

async function writeAt(handle: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}

/** The index and an empty box that together fill the room; null when there is too little. */
function indexOf({ video, room, fragments }: Found): Buffer | null {
  const entries = Math.min(
    INDEX_ENTRIES,
    Math.floor((room.size - INDEX_HEADER_BYTES - EMPTY_BOX_BYTES) / ENTRY_BYTES),
  );
  if (entries < 1) return null;
  const each = Math.ceil(fragments.length / entries);
  const count = Math.ceil(fragments.length / each);
  const size = INDEX_HEADER_BYTES + count * ENTRY_BYTES;
  const box = Buffer.alloc(size);
  box.writeUInt32BE(size, 0);
  box.write('sidx', 4, 'latin1');
  box.writeUInt8(1, 8);
  box.writeUInt32BE(video.id, 12);
  box.writeUInt32BE(video.timescale, 16);
  box.writeBigUInt64BE(BigInt(fragments[0]?.startTime ?? 0), 20);
  // From the end of this box to the first fragment: over the empty box.
  box.writeBigUInt64BE(BigInt(room.size - size), 28);
  box.writeUInt16BE(count, 38);
  for (let entry = 0; entry < count; entry += 1) {
    const group = fragments.slice(entry * each, (entry + 1) * each);
    const [first, last] = [group[0], group.at(-1)];
    if (first === undefined || last === undefined) break;
    const at = INDEX_HEADER_BYTES + entry * ENTRY_BYTES;
    box.writeUInt32BE(last.offset + last.size - first.offset, at);
    box.writeUInt32BE(last.startTime + last.duration - first.startTime, at + 4);
    // Begins with a key frame, of the usual kind.
    box.writeUInt32BE(0x90_00_00_00, at + 8);
  }
  return Buffer.concat([box, emptyBox(room.size - size)]);
}
