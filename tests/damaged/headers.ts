/** Headers that lie about what is in the file. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { boxesOf, lie } from './boxes.ts';
import { type Expected, either, report } from './expected.ts';
import type { DamageClass } from './kit.ts';
import type { Source, Sources } from './sources.ts';

const anything = either(report(), 'FILE_TRUNCATED', 'FILE_NOT_MEDIA', 'FILE_NO_VIDEO', 'FFMPEG_FAILED');
const tooLong = either(report('DURATION_TOO_LONG'), 'FILE_TRUNCATED', 'FFMPEG_FAILED');
const tooShort = either(report('DURATION_TOO_SHORT'), 'FILE_TRUNCATED', 'FFMPEG_FAILED');

interface Lie {
  readonly of: Source['name'];
  readonly tell: (bytes: Buffer) => Buffer;
  readonly expected: Expected;
}

const MOST = 0xffffffff;

/** Every 32 bits of a table from here on. */
const fill = (from: number, value: number) => (content: Buffer) => {
  for (let at = from; at + 4 <= content.length; at += 4) content.writeUInt32BE(value, at);
};
const set = (at: number, value: number) => (content: Buffer) => {
  content.writeUInt32BE(value, at);
};
const size = (width: number, height: number) => (content: Buffer) => {
  if (content.toString('latin1', 12, 16) !== 'avc1') return;
  content.writeUInt16BE(width, 40);
  content.writeUInt16BE(height, 42);
};
const inMp4 = (type: string, change: (content: Buffer) => void, expected = anything): Lie => ({
  of: 'faststart',
  tell: (bytes) => lie(bytes, type, change),
  expected,
});
/** Says another size of a box than it has. */
const boxSize = (type: string, value: number): Lie => ({
  of: 'faststart',
  tell: (bytes) => {
    const changed = Buffer.from(bytes);
    const box = boxesOf(changed).find((one) => one.type === type);
    if (box === undefined) throw new Error(`There is no box ${type}.`);
    changed.writeUInt32BE(value, box.content - 8);
    return changed;
  },
  expected: anything,
});
/** Changes what follows the first place where these bytes stand. */
const after = (
  of: Source['name'],
  mark: Buffer,
  change: (rest: Buffer) => void,
  expected = anything,
): Lie => ({
  of,
  tell: (bytes) => {
    const changed = Buffer.from(bytes);
    const at = changed.indexOf(mark);
    if (at < 0) throw new Error(`${of} has no ${mark.toString('hex')}.`);
    change(changed.subarray(at + mark.length));
    return changed;
  },
  expected,
});
const inMkv = (id: string, change: (rest: Buffer) => void, expected = anything): Lie =>
  after('mkv', Buffer.from(id, 'hex'), change, expected);
const inAvi = (id: string, change: (rest: Buffer) => void): Lie =>
  after('avi', Buffer.from(id, 'latin1'), change);
const little = (at: number, value: number) => (rest: Buffer) => {
  rest.writeUInt32LE(value, at);
};
const double = (value: number) => (rest: Buffer) => {
  rest.writeDoubleBE(value, 0);
};

const LIES: readonly [Lie, ...Lie[]] = [
  inMp4('stsz', fill(12, 0x00ffffff)),
  inMp4('stsz', set(8, MOST)),
  inMp4('stsz', fill(12, 0)),
  inMp4('stco', fill(8, 0x7fffffff)),
  inMp4('stco', fill(8, 0)),
  inMp4('stco', set(4, MOST)),
  inMp4('stsc', fill(8, MOST)),
  inMp4('stts', set(8, MOST)),
  inMp4('stts', set(12, 0)),
  inMp4('stss', fill(8, 0x7fffffff)),
  inMp4('mdhd', set(12, 0)),
  inMp4('mvhd', set(12, 0)),
  inMp4('tkhd', fill(76, 0)),
  inMp4('tkhd', fill(76, MOST)),
  inMp4('stsd', size(0, 0)),
  inMp4('stsd', size(65_535, 65_535)),
  inMp4('stsd', (content) => content.write('xxxx', 12, 'latin1')),
  inMp4('stsd', (content) => content.fill(0xff, 94)),
  inMp4('stsd', set(4, 50_000)),
  inMp4('hdlr', (content) => content.write('text', 8, 'latin1')),
  inMp4('elst', fill(8, 0x7fffffff)),
  inMp4('ftyp', (content) => content.fill(0)),
  boxSize('moov', 0xfffffff0),
  boxSize('moov', 9),
  boxSize('mdat', 0),
  boxSize('trak', 0x0fffffff),
  inMkv('448988', double(Number.NaN)),
  inMkv('448988', double(-1e300)),
  inMkv('2ad7b183', (rest) => rest.fill(0, 0, 3)),
  inMkv('18538067', (rest) => rest.fill(0xff, 1, 8)),
  inMkv('565f4d504547342f49534f2f415643', (rest) => rest.fill(0x58, 0, 4)),
  inAvi('avih', little(4, 0)),
  inAvi('avih', little(4 + 16, MOST)),
  inAvi('strh', little(4 + 20, 0)),
  inAvi('strh', little(4 + 24, MOST)),
  inAvi('strf', little(4 + 4, 0x7fffffff)),
];

const headers: DamageClass = {
  name: 'headers that lie',
  count: LIES.length,
  async make(index, { sources, folder }) {
    const { of, tell, expected } = LIES[index] ?? LIES[0];
    const { bytes, ending } = sources.of[of];
    const path = join(folder, `${index} ${of}${ending}`);
    await writeFile(path, tell(bytes));
    return { path, expected };
  },
};

type Making = (sources: Sources, path: string) => Promise<void>;
interface LongOne {
  readonly ending: string;
  readonly make: Making;
  readonly expected: Expected;
}
const lying = (ending: string, one: Lie): LongOne => ({
  ending,
  make: async ({ of }, path) => writeFile(path, one.tell(of[one.of].bytes)),
  expected: one.expected,
});
const made = (ending: string, expected: Expected, ...how: readonly string[]): LongOne => ({
  ending,
  make: ({ make, small }, path) => make('-i', small, ...how, path),
  expected,
});
const GAP = ['-vf', "setpts='if(gte(N,50),PTS+100000/TB,PTS)'", '-vsync', '0', '-an', '-preset', 'ultrafast'];

const LONG: readonly [LongOne, ...LongOne[]] = [
  // Sixty frames of eighteen minutes each: the edit list still says two seconds, and ffprobe may believe it.
  lying('.mp4', inMp4('stts', set(12, 0x00ffffff), anything)),
  lying('.mp4', inMp4('mdhd', set(12, 1), anything)),
  lying('.mp4', inMp4('mdhd', set(12, MOST), tooShort)),
  lying('.mp4', inMp4('mdhd', set(16, MOST), tooShort)),
  lying('.mp4', inMp4('mvhd', set(16, MOST), tooShort)),
  lying('.mkv', inMkv('448988', double(1e12), tooShort)),
  lying(
    '.mkv',
    inMkv('2ad7b183', (rest) => rest.fill(0xff, 0, 3), anything),
  ),
  made('.mkv', tooLong, ...GAP),
  made('.mp4', tooLong, ...GAP),
  made('.mkv', tooShort, '-c', 'copy', '-output_ts_offset', '1000000'),
  made('.ts', tooShort, '-c', 'copy', '-output_ts_offset', '80000'),
  made(
    '.mkv',
    tooShort,
    '-f',
    'lavfi',
    '-i',
    'anullsrc=r=8000:cl=mono:d=7200',
    '-map',
    '0:v',
    '-map',
    '1:a',
    '-c:v',
    'copy',
    '-c:a',
    'flac',
  ),
];

const durations: DamageClass = {
  name: 'absurd durations',
  count: LONG.length,
  async make(index, { sources, folder }) {
    const { ending, make, expected } = LONG[index] ?? LONG[0];
    const path = join(folder, `${index}${ending}`);
    await make(sources, path);
    return { path, expected };
  },
};

export const HEADERS: readonly DamageClass[] = [headers, durations];
