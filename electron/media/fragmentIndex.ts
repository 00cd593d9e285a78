/**
 * The index of a recorded file: which fragment lies where, and when it plays. A recording grows fragment by fragment
 * and is whole at every moment, but a player that opens it has to visit each fragment to learn how long it is; for
 * five minutes over the studio's own protocol that takes two seconds. So room is left behind the head, and when the
 * recording has ended the index is written into it: one `sidx` box (ISO/IEC 14496-12, 8.16.3) for each track, right
 * before the first fragment; see docs/decisions/0006-recording.md. Nothing that was recorded is moved or changed.
 */

/** Room for the index, bytes: two tracks of 2,045 fragments, where the longest take has 1,801 or so. */
const INDEX_ROOM_BYTES = 48 * 1024;

const FULL_BOX_BYTES = 32;
const ENTRY_BYTES = 12;
const HEADER_BYTES = 8;
/** A subsegment that starts with a key frame of the simplest kind (SAP type 1). */
const STARTS_WITH_KEY_FRAME = 0x9000_0000;

/** What the head of a recording says. */
export interface RecordingHead {
  readonly tracks: readonly {
    readonly id: number;
    /** Ticks per second of this track's times. */
    readonly timescale: number;
  }[];
  /** Where the room for the index begins, bytes from the start of the file; null when the head has none. */
  readonly indexAt: number | null;
  /** Length of the head, bytes: the first fragment follows it. */
  readonly length: number;
}

/** When a fragment's part of one track plays, in ticks of the track. */
export interface TrackSpan {
  readonly trackId: number;
  readonly start: number;
  readonly duration: number;
}

/** One fragment of the file, `moof` and `mdat` together. */
export interface IndexedFragment {
  readonly length: number;
  readonly spans: readonly TrackSpan[];
}

/** The first bytes of a recording that follow a whole box, with room for the index behind the head when it ends in them. */
export function withRoomForIndex(bytes: Uint8Array): Uint8Array {
  const view = viewOf(bytes);
  for (const { type, end } of boxesIn(view, 0, view.byteLength)) {
    if (type !== 'moov' || end > bytes.length) continue;
    return Buffer.concat([bytes.subarray(0, end), emptyIndex(), bytes.subarray(end)]);
  }
  return bytes;
}

/** An empty room for the index. */
export function emptyIndex(): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(INDEX_ROOM_BYTES);
  writeHeader(new DataView(bytes.buffer), 0, INDEX_ROOM_BYTES, 'free');
  return bytes;
}

/**
 * Reads the head: the first bytes of a recorded file, up to the first fragment or further. Null when these bytes are
 * not the whole head of an MP4 recording.
 */
export function readHead(bytes: Uint8Array): RecordingHead | null {
  const view = viewOf(bytes);
  let tracks: RecordingHead['tracks'] | null = null;
  let indexAt: number | null = null;
  let length = 0;
  for (const box of boxesIn(view, 0, view.byteLength)) {
    if (box.type === 'moof' || box.type === 'mdat' || box.end > view.byteLength) break;
    if (box.type === 'moov') tracks = tracksOf(view, box);
    // An index that was written has its own boxes, which fill the same room from its start to its end.
    else if (tracks !== null && box.type === 'free' && indexAt === null) indexAt = box.start;
    length = box.end;
  }
  if (tracks === null) return null;
  const hasRoom = indexAt !== null && length - indexAt === INDEX_ROOM_BYTES;
  return { tracks, indexAt: hasRoom ? indexAt : null, length };
}

/**
 * Reads the spans of a fragment from its `moof`; what follows it may be missing. Null when it is not a fragment.
 * @throws RangeError when it names more than it holds
 */
export function readSpans(bytes: Uint8Array): TrackSpan[] | null {
  const view = viewOf(bytes);
  const [moof] = boxesIn(view, 0, view.byteLength);
  if (moof?.type !== 'moof' || moof.end > view.byteLength) return null;
  const spans: TrackSpan[] = [];
  for (const traf of boxesIn(view, moof.content, moof.end)) {
    if (traf.type === 'traf') spans.push(spanOf(view, traf));
  }
  return spans;
}

/**
 * The index of these fragments, which follow one another without gaps right after the head: exactly
 * `INDEX_ROOM_BYTES`, to be written at `head.indexAt`. Null when there is no room, nothing to index, or a track without
 * anything in it: then the file stays as it is, which every player can read as well.
 */
export function buildIndex(
  head: RecordingHead,
  fragments: readonly IndexedFragment[],
): Uint8Array<ArrayBuffer> | null {
  const boxBytes = FULL_BOX_BYTES + ENTRY_BYTES * fragments.length;
  const freeBytes = INDEX_ROOM_BYTES - boxBytes * head.tracks.length;
  if (head.indexAt === null || fragments.length === 0 || freeBytes < HEADER_BYTES) return null;
  const bytes = new Uint8Array(INDEX_ROOM_BYTES);
  const view = new DataView(bytes.buffer);
  // What is left comes first: Chromium ignores an index that does not end where the first fragment begins.
  writeHeader(view, 0, freeBytes, 'free');
  for (const [order, track] of head.tracks.entries()) {
    const times = timesOf(track.id, fragments);
    if (times === null) return null;
    const at = freeBytes + order * boxBytes;
    writeHeader(view, at, boxBytes, 'sidx');
    view.setUint32(at + 12, track.id);
    view.setUint32(at + 16, track.timescale);
    view.setUint32(at + 20, times[0] ?? 0);
    // From the end of this box to the first fragment: the boxes of the tracks that follow.
    view.setUint32(at + 24, boxBytes * (head.tracks.length - 1 - order));
    view.setUint16(at + 30, fragments.length);
    for (const [index, { length }] of fragments.entries()) {
      const entry = at + FULL_BOX_BYTES + index * ENTRY_BYTES;
      view.setUint32(entry, length);
      view.setUint32(entry + 4, (times[index + 1] ?? 0) - (times[index] ?? 0));
      view.setUint32(entry + 8, STARTS_WITH_KEY_FRAME);
    }
  }
  return bytes;
}

/**
 * When each fragment begins in one track, and last when the track ends; ticks. Where a computer stands still, picture
 * and sound do not always come within the same third of a second: a fragment that has nothing of the track is as long as
 * nothing, and begins where the track goes on. It has to be in the index all the same: ffmpeg 4.1 looks for ever for a
 * fragment that is in that of another track only. Null for a track with nothing in it.
 */
function timesOf(trackId: number, fragments: readonly IndexedFragment[]): number[] | null {
  const spans = fragments.map((fragment) => fragment.spans.find((span) => span.trackId === trackId));
  const last = spans.findLast((span) => span !== undefined);
  if (last === undefined) return null;
  const times = [last.start + last.duration];
  for (const span of spans.toReversed()) times.unshift(span?.start ?? times[0] ?? 0);
  return times;
}

interface Box {
  readonly type: string;
  readonly start: number;
  readonly content: number;
  /** May lie beyond the bytes at hand. */
  readonly end: number;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function* boxesIn(view: DataView, from: number, to: number): Generator<Box> {
  let start = from;
  while (start + HEADER_BYTES <= to) {
    const short = view.getUint32(start);
    const long = short === 1 && start + 16 <= to;
    const length = long ? Number(view.getBigUint64(start + HEADER_BYTES)) : short;
    // Zero means "to the end of the file", which a recording never has.
    if (length < HEADER_BYTES) return;
    const type = String.fromCharCode(...[4, 5, 6, 7].map((offset) => view.getUint8(start + offset)));
    yield { type, start, content: start + (long ? 16 : HEADER_BYTES), end: start + length };
    start += length;
  }
}

function tracksOf(view: DataView, moov: Box): RecordingHead['tracks'] {
  const tracks: { id: number; timescale: number }[] = [];
  for (const trak of boxesIn(view, moov.content, moov.end)) {
    if (trak.type !== 'trak') continue;
    let id = 0;
    let timescale = 0;
    for (const box of boxesIn(view, trak.content, trak.end)) {
      if (box.type === 'tkhd')
        id = view.getUint32(box.content + (view.getUint8(box.content) === 1 ? 20 : 12));
      if (box.type !== 'mdia') continue;
      for (const inner of boxesIn(view, box.content, box.end)) {
        if (inner.type === 'mdhd')
          timescale = view.getUint32(inner.content + (view.getUint8(inner.content) === 1 ? 20 : 12));
      }
    }
    tracks.push({ id, timescale });
  }
  return tracks;
}

// Bits of `tfhd` and `trun` (ISO/IEC 14496-12, 8.8.7 and 8.8.8) that say which fields are there.
const TFHD_BASE_OFFSET = 0x1;
const TFHD_DESCRIPTION = 0x2;
const TFHD_DURATION = 0x8;
const TRUN_DATA_OFFSET = 0x1;
const TRUN_FIRST_FLAGS = 0x4;
const TRUN_DURATION = 0x100;
const TRUN_FIELDS = [TRUN_DURATION, 0x200, 0x400, 0x800];
/** A fragment never has more: two seconds of sound are counted one by one at 48 kHz. */
const MOST_SAMPLES = 100_000;

function spanOf(view: DataView, traf: Box): TrackSpan {
  let trackId = 0;
  let start = 0;
  let duration = 0;
  let sampleDuration = 0;
  for (const { type, content, end } of boxesIn(view, traf.content, traf.end)) {
    const flags = view.getUint32(content) & 0xff_ffff;
    if (type === 'tfhd') {
      trackId = view.getUint32(content + 4);
      const at = content + 8 + (flags & TFHD_BASE_OFFSET ? 8 : 0) + (flags & TFHD_DESCRIPTION ? 4 : 0);
      if (flags & TFHD_DURATION) sampleDuration = view.getUint32(at);
    } else if (type === 'tfdt') {
      start =
        view.getUint8(content) === 1 ? Number(view.getBigUint64(content + 4)) : view.getUint32(content + 4);
    } else if (type === 'trun') {
      const samples = view.getUint32(content + 4);
      const step = TRUN_FIELDS.reduce((sum, field) => sum + (flags & field ? 4 : 0), 0);
      const first = content + 8 + (flags & TRUN_DATA_OFFSET ? 4 : 0) + (flags & TRUN_FIRST_FLAGS ? 4 : 0);
      if (samples > MOST_SAMPLES || first + samples * step > end) throw new RangeError('More than there is.');
      if ((flags & TRUN_DURATION) === 0) duration += samples * sampleDuration;
      else for (let sample = 0; sample < samples; sample++) duration += view.getUint32(first + sample * step);
    }
  }
  return { trackId, start, duration };
}

function writeHeader(view: DataView, at: number, length: number, type: 'free' | 'sidx'): void {
  view.setUint32(at, length);
  for (let index = 0; index < 4; index++) view.setUint8(at + 4 + index, type.charCodeAt(index));
}
