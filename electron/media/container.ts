/** Reads a file's outermost structure by itself: a few dozen bytes a box, never the samples. */
import { type FileHandle, open } from 'node:fs/promises';

export interface ContainerFacts {
  readonly kind: 'mp4' | 'matroska' | 'avi' | 'other';
  /** mp4 only: the index stands before the samples. */
  readonly faststart: boolean;
  /** mp4 only: recorded in fragments, so that a lost end costs only the last of them. */
  readonly fragmented: boolean;
  /** The file is shorter than it says of itself. */
  readonly truncated: boolean;
}

/** More top-level boxes than this are only in fragmented files, whose first ones say enough. */
const MOST_BOXES = 2000;

const OTHER: ContainerFacts = { kind: 'other', faststart: false, fragmented: false, truncated: false };
const MP4_FIRST_BOXES = new Set(['ftyp', 'moov', 'mdat', 'wide', 'free', 'skip', 'pnot', 'styp']);

/** Looks at the outermost boxes of an mp4, the segment's size of a Matroska file, or the first RIFF chunk of an AVI. */
export async function inspectContainer(file: string): Promise<ContainerFacts> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const head = await readAt(handle, 0, 64);
    if (MP4_FIRST_BOXES.has(head.toString('latin1', 4, 8))) return await inspectMp4(handle, size);
    if (head.length >= 12 && head.readUInt32BE(0) === 0x1a45dfa3)
      return await inspectMatroska(handle, head, size);
    if (head.toString('latin1', 0, 4) === 'RIFF' && head.toString('latin1', 8, 12) === 'AVI ')
      return { ...OTHER, kind: 'avi', truncated: head.readUInt32LE(4) + 8 > size };
    return OTHER;
  } finally {
    await handle.close();
  }
}

async function inspectMp4(handle: FileHandle, size: number): Promise<ContainerFacts> {
  let moovAt = -1;
  let mdatAt = -1;
  let fragmented = false;
  let truncated = false;
  let position = 0;
  for (let boxes = 0; position < size && boxes < MOST_BOXES; boxes += 1) {
    const box = await readBox(handle, position, size);
    // A few stray bytes at the end harm nobody; a missing index is noticed below.
    if (box === null) break;
    if (box.type === 'moov' && moovAt < 0) moovAt = position;
    if (box.type === 'mdat' && mdatAt < 0) mdatAt = position;
    if (box.type === 'moof') fragmented = true;
    if (position + box.size > size) truncated = true;
    position += box.size;
  }
  return {
    kind: 'mp4',
    faststart: moovAt >= 0 && (mdatAt < 0 || moovAt < mdatAt),
    fragmented,
    // What a fragmented file has lost is at most its last second: it is kept, not refused.
    truncated: moovAt < 0 || (truncated && !fragmented),
  };
}

async function readBox(
  handle: FileHandle,
  position: number,
  fileSize: number,
): Promise<{ type: string; size: number } | null> {
  const header = await readAt(handle, position, 16);
  if (header.length < 8) return null;
  const type = header.toString('latin1', 4, 8);
  const size = header.readUInt32BE(0);
  // 0 means "to the end of the file", 1 that the true size follows in 64 bits.
  if (size === 0) return { type, size: fileSize - position };
  if (size !== 1) return size < 8 ? null : { type, size };
  if (header.length < 16) return null;
  const large = Number(header.readBigUInt64BE(8));
  return large < 16 ? null : { type, size: large };
}

async function inspectMatroska(handle: FileHandle, head: Buffer, size: number): Promise<ContainerFacts> {
  const facts: ContainerFacts = { ...OTHER, kind: 'matroska' };
  const header = readEbmlSize(head, 4);
  if (header === null || header.value === null) return facts;
  const segmentAt = 4 + header.length + header.value;
  const segmentHead = await readAt(handle, segmentAt, 12);
  if (segmentHead.length < 5 || segmentHead.readUInt32BE(0) !== 0x18538067)
    return { ...facts, truncated: true };
  const segment = readEbmlSize(segmentHead, 4);
  // Without a size the file was recorded live and may end anywhere.
  if (segment === null || segment.value === null) return facts;
  return { ...facts, truncated: segmentAt + 4 + segment.length + segment.value > size };
}

/** An EBML length: the first byte's leading zeros tell how many bytes follow; all ones mean "unknown" (null). */
function readEbmlSize(bytes: Buffer, at: number): { length: number; value: number | null } | null {
  const first = bytes[at];
  if (first === undefined || first === 0) return null;
  const length = Math.clz32(first) - 23;
  if (at + length > bytes.length) return null;
  let value = first & (0xff >> length);
  let unknown = value === 0xff >> length;
  for (let index = 1; index < length; index += 1) {
    const byte = bytes[at + index] ?? 0;
    if (byte !== 0xff) unknown = false;
    value = value * 256 + byte;
  }
  return { length, value: unknown ? null : value };
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await handle.read(buffer, 0, length, position);
  return buffer.subarray(0, bytesRead);
}
