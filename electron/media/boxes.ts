/** Boxes of an MP4 file (ISO/IEC 14496-12), as far as recordings of ours need them read and written. */

/** A box in a buffer. Offsets are within the buffer. */
export interface Box {
  readonly type: string;
  readonly offset: number;
  /** Of header and content together, bytes. */
  readonly size: number;
  /** Where the content begins. */
  readonly content: number;
}

/** Longest header of a box, bytes. */
export const LONGEST_HEADER = 16;

/**
 * The header of the box at `offset`, or null where none can stand. The box may be longer than the buffer. A box that
 * goes on "to the end of the file" is none here: nobody could tell whether it is whole.
 */
export function boxAt(buffer: Buffer, offset: number): Box | null {
  if (offset + 8 > buffer.length) return null;
  const type = buffer.toString('latin1', offset + 4, offset + 8);
  const short = buffer.readUInt32BE(offset);
  if (short !== 1) return short < 8 ? null : { type, offset, size: short, content: offset + 8 };
  if (offset + LONGEST_HEADER > buffer.length) return null;
  const size = Number(buffer.readBigUInt64BE(offset + 8));
  if (size < LONGEST_HEADER || !Number.isSafeInteger(size)) return null;
  return { type, offset, size, content: offset + LONGEST_HEADER };
}

/** The boxes that lie whole in `buffer` from `start` to `end`, one after the other. */
export function* boxesIn(buffer: Buffer, start = 0, end = buffer.length): Generator<Box> {
  for (let offset = start; offset < end; ) {
    const box = boxAt(buffer, offset);
    if (box === null || offset + box.size > end) return;
    yield box;
    offset += box.size;
  }
}

function childOf(buffer: Buffer, parent: Box | undefined, type: string): Box | undefined {
  if (parent === undefined) return undefined;
  for (const box of boxesIn(buffer, parent.content, parent.offset + parent.size)) {
    if (box.type === type) return box;
  }
  return undefined;
}

/** A track as the head of the file describes it. */
export interface TrackHead {
  readonly id: number;
  readonly isVideo: boolean;
  /** Units of its times, per second. */
  readonly timescale: number;
  /** In those units; what a fragment says is meant instead. */
  readonly defaultDuration: number;
  readonly defaultSize: number;
}

/** The tracks of a `moov` box. @throws RangeError when it is cut off inside */
export function readTracks(buffer: Buffer, moov: Box): TrackHead[] {
  const defaults = new Map<number, { duration: number; size: number }>();
  const mvex = childOf(buffer, moov, 'mvex');
  if (mvex !== undefined) {
    for (const { type, content } of boxesIn(buffer, mvex.content, mvex.offset + mvex.size)) {
      if (type !== 'trex') continue;
      const [id, duration, size] = [4, 12, 16].map((at) => buffer.readUInt32BE(content + at));
      defaults.set(id ?? 0, { duration: duration ?? 0, size: size ?? 0 });
    }
  }
  const tracks: TrackHead[] = [];
  for (const trak of boxesIn(buffer, moov.content, moov.offset + moov.size)) {
    if (trak.type !== 'trak') continue;
    const mdia = childOf(buffer, trak, 'mdia');
    const tkhd = childOf(buffer, trak, 'tkhd');
    const mdhd = childOf(buffer, mdia, 'mdhd');
    const hdlr = childOf(buffer, mdia, 'hdlr');
    if (tkhd === undefined || mdhd === undefined || hdlr === undefined) continue;
    // Version 1 has two times of eight bytes before them, version 0 of four.
    const afterTimes = (box: Box) => box.content + (buffer.readUInt8(box.content) === 1 ? 20 : 12);
    const id = buffer.readUInt32BE(afterTimes(tkhd));
    tracks.push({
      id,
      isVideo: buffer.toString('latin1', hdlr.content + 8, hdlr.content + 12) === 'vide',
      timescale: buffer.readUInt32BE(afterTimes(mdhd)),
      defaultDuration: defaults.get(id)?.duration ?? 0,
      defaultSize: defaults.get(id)?.size ?? 0,
    });
  }
  return tracks;
}

/** What one `moof` says of one track. */
export interface TrackFragment {
  readonly trackId: number;
  /** Time of its first sample, in the track's units. */
  readonly startTime: number;
  /** Of all its samples, in the track's units. */
  readonly duration: number;
  /** Where its samples lie, in bytes from the beginning of the `moof`. */
  readonly samples: readonly { readonly offset: number; readonly size: number }[];
}

const TFHD = { baseOffset: 0x1, description: 0x2, duration: 0x8, size: 0x10 } as const;
const TRUN = {
  dataOffset: 0x1,
  firstFlags: 0x4,
  duration: 0x100,
  size: 0x200,
  flags: 0x400,
  shift: 0x800,
} as const;

const flagsOf = (buffer: Buffer, box: Box) => buffer.readUInt32BE(box.content) & 0xff_ff_ff;

/**
 * The tracks of a `moof` box whose samples are found from its own beginning, as recorders write them.
 * @throws RangeError when it is cut off inside
 */
export function readFragment(buffer: Buffer, moof: Box, tracks: readonly TrackHead[]): TrackFragment[] {
  const found: TrackFragment[] = [];
  for (const traf of boxesIn(buffer, moof.content, moof.offset + moof.size)) {
    const tfhd = traf.type === 'traf' ? childOf(buffer, traf, 'tfhd') : undefined;
    const tfdt = childOf(buffer, traf, 'tfdt');
    if (tfhd === undefined || tfdt === undefined) continue;
    const trackId = buffer.readUInt32BE(tfhd.content + 4);
    const head = tracks.find((track) => track.id === trackId);
    if (head === undefined) continue;
    const flags = flagsOf(buffer, tfhd);
    let at = tfhd.content + 8 + (flags & TFHD.baseOffset ? 8 : 0) + (flags & TFHD.description ? 4 : 0);
    const take = () => {
      at += 4;
      return buffer.readUInt32BE(at - 4);
    };
    const usual = {
      duration: flags & TFHD.duration ? take() : head.defaultDuration,
      size: flags & TFHD.size ? take() : head.defaultSize,
    };
    const isLong = buffer.readUInt8(tfdt.content) === 1;
    const startTime = isLong
      ? Number(buffer.readBigUInt64BE(tfdt.content + 4))
      : buffer.readUInt32BE(tfdt.content + 4);
    const samples: { offset: number; size: number }[] = [];
    let duration = 0;
    for (const trun of boxesIn(buffer, traf.content, traf.offset + traf.size)) {
      if (trun.type === 'trun') duration += readRun(buffer, trun, usual, samples);
    }
    found.push({ trackId, startTime, duration, samples });
  }
  return found;
}

/** Adds the samples of a `trun` box, and returns how long they last. */
function readRun(
  buffer: Buffer,
  trun: Box,
  usual: { readonly duration: number; readonly size: number },
  samples: { offset: number; size: number }[],
): number {
  const flags = flagsOf(buffer, trun);
  const count = buffer.readUInt32BE(trun.content + 4);
  let at = trun.content + 8;
  let offset = 0;
  if (flags & TRUN.dataOffset) {
    offset = buffer.readInt32BE(at);
    at += 4;
  } else {
    const last = samples.at(-1);
    offset = last === undefined ? 0 : last.offset + last.size;
  }
  if (flags & TRUN.firstFlags) at += 4;
  let duration = 0;
  for (let index = 0; index < count; index += 1) {
    let size = usual.size;
    let lasts = usual.duration;
    if (flags & TRUN.duration) {
      lasts = buffer.readUInt32BE(at);
      at += 4;
    }
    if (flags & TRUN.size) {
      size = buffer.readUInt32BE(at);
      at += 4;
    }
    at += (flags & TRUN.flags ? 4 : 0) + (flags & TRUN.shift ? 4 : 0);
    samples.push({ offset, size });
    offset += size;
    duration += lasts;
  }
  return duration;
}
