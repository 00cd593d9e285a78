/** Damage to the bytes of files that were whole: cut, flipped, overwritten, mixed. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Expected, either, error, report } from './expected.ts';
import type { DamageClass, Damaged, Kit } from './kit.ts';
import type { Source } from './sources.ts';

/** What damage somewhere in a file may come to: too short it is anyway, unless a header now says otherwise. */
const anything = either(report(), 'FILE_TRUNCATED', 'FILE_NOT_MEDIA', 'FILE_NO_VIDEO', 'FFMPEG_FAILED');
const shortOrTruncated = either(report('DURATION_TOO_SHORT'), 'FILE_TRUNCATED', 'FILE_NOT_MEDIA');

/** These hold together without their end. */
const OPEN_ENDED: readonly Source['name'][] = ['fragments', 'ts'];

const each = (kit: Kit, index: number): Source => {
  const { all } = kit.sources;
  const source = all[index % all.length];
  if (source === undefined) throw new RangeError('There is no source.');
  return source;
};

async function written(
  { folder }: Kit,
  index: number,
  { name, ending }: Source,
  bytes: Buffer,
  expected: Expected,
): Promise<Damaged> {
  const path = join(folder, `${index} ${name}${ending}`);
  await writeFile(path, bytes);
  return { path, expected };
}

const truncated: DamageClass = {
  name: 'cut off',
  count: 40,
  make(index, kit) {
    const source = each(kit, index);
    const share = 0.03 + 0.93 * kit.random.share();
    const bytes = source.bytes.subarray(0, Math.floor(source.bytes.length * share));
    const expected = OPEN_ENDED.includes(source.name) ? shortOrTruncated : error('FILE_TRUNCATED');
    return written(kit, index, source, bytes, expected);
  },
};

const FIRST_BYTES = [1, 3, 7, 8, 11, 16, 40, 100];
const beginnings: DamageClass = {
  name: 'the first bytes',
  count: 8,
  make(index, kit) {
    const source = each(kit, index);
    const bytes = source.bytes.subarray(0, FIRST_BYTES[index] ?? 16);
    return written(kit, index, source, bytes, error('FILE_TRUNCATED', 'FILE_NOT_MEDIA'));
  },
};

const flipped: DamageClass = {
  name: 'flipped bytes',
  count: 56,
  make(index, kit) {
    const source = each(kit, index);
    const bytes = Buffer.from(source.bytes);
    for (let left = kit.random.pick([1, 5, 40, 400, 4000]); left > 0; left -= 1) {
      const at = kit.random.whole(0, bytes.length - 1);
      bytes[at] = (bytes[at] ?? 0) ^ kit.random.whole(1, 255);
    }
    return written(kit, index, source, bytes, anything);
  },
};

const flippedHead: DamageClass = {
  name: 'flipped bytes in the head',
  count: 32,
  make(index, kit) {
    const source = each(kit, index);
    const bytes = Buffer.from(source.bytes);
    // The index of some stands at their end.
    const isAtEnd = source.name === 'mp4' || source.name === 'mov';
    const from = isAtEnd ? bytes.length - 3_000 : 0;
    for (let left = kit.random.pick([1, 2, 4, 10]); left > 0; left -= 1) {
      const at = from + kit.random.whole(0, 2_500);
      bytes[at] = kit.random.pick([0x00, 0xff, 0x7f, 0x80, kit.random.whole(0, 255)]);
    }
    return written(kit, index, source, bytes, anything);
  },
};

const zeroed: DamageClass = {
  name: 'holes of zeros',
  count: 16,
  make(index, kit) {
    const source = each(kit, index);
    const bytes = Buffer.from(source.bytes);
    const length = Math.floor(bytes.length * kit.random.pick([0.02, 0.2, 0.6]));
    const at = kit.random.whole(0, bytes.length - length);
    bytes.fill(0, at, at + length);
    return written(kit, index, source, bytes, anything);
  },
};

const mixed: DamageClass = {
  name: 'pieces lost, doubled and mixed',
  count: 16,
  make(index, kit) {
    const source = each(kit, index);
    const other = kit.random.pick(kit.sources.all);
    const { bytes } = source;
    const [first = 0, second = 0] = [
      kit.random.whole(0, bytes.length),
      kit.random.whole(0, bytes.length),
    ].sort((a, b) => a - b);
    const parts = kit.random.pick([
      [bytes.subarray(0, first), bytes.subarray(second)],
      [bytes.subarray(0, second), bytes.subarray(first)],
      [bytes.subarray(0, first), other.bytes.subarray(first)],
      [bytes, other.bytes],
      [other.bytes.subarray(0, 50_000), bytes],
    ]);
    return written(kit, index, source, Buffer.concat(parts), anything);
  },
};

const MAGICS = [
  { ending: '.mp4', bytes: Buffer.from('\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41', 'latin1') },
  {
    ending: '.mkv',
    bytes: Buffer.from('1a45dfa3a34286810142f7810142f2810442f381084282886d6174726f736b61', 'hex'),
  },
  { ending: '.avi', bytes: Buffer.from('RIFF\0\0\x10\0AVI LIST', 'latin1') },
  { ending: '.ts', bytes: Buffer.from([0x47, 0x40, 0x00, 0x10]) },
  { ending: '.mxf', bytes: Buffer.from('060e2b34020501010d01020101020400', 'hex') },
  { ending: '.wmv', bytes: Buffer.from('3026b2758e66cf11a6d900aa0062ce6c', 'hex') },
];
const noise: DamageClass = {
  name: 'noise that begins well',
  count: 12,
  async make(index, kit) {
    const { ending, bytes } = MAGICS[index % MAGICS.length] ?? { ending: '', bytes: Buffer.alloc(0) };
    const path = join(kit.folder, `${index}${ending}`);
    const length = kit.random.pick([200, 5_000, 80_000]);
    await writeFile(path, Buffer.concat([bytes, kit.random.bytes(length)]));
    return { path, expected: error('FILE_NOT_MEDIA', 'FILE_TRUNCATED', 'FILE_NO_VIDEO', 'FFMPEG_FAILED') };
  },
};

export const BYTES: readonly DamageClass[] = [
  truncated,
  beginnings,
  flipped,
  flippedHead,
  zeroed,
  mixed,
  noise,
];
