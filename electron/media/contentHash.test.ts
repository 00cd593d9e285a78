import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ContentHash } from './contentHash.ts';
import { buildIndex, emptyIndex, readHead } from './fragmentIndex.ts';

const MB = 1024 * 1024;

function box(type: string, content: Uint8Array): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + content.length);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, content]);
}

/** One track of 30 ticks a second. */
function head(): Buffer {
  const tkhd = box('tkhd', Buffer.from([...Array(15).fill(0), 1, ...Array(68).fill(0)]));
  const mdhd = box('mdhd', Buffer.from([...Array(15).fill(0), 30, ...Array(8).fill(0)]));
  return Buffer.concat([
    box('ftyp', Buffer.alloc(16)),
    box('moov', box('trak', Buffer.concat([tkhd, box('mdia', mdhd)]))),
  ]);
}

const fragments = Buffer.concat([box('moof', Buffer.alloc(100, 3)), box('mdat', Buffer.alloc(MB, 7))]);

function hashOf(bytes: Uint8Array, step = bytes.length): string {
  const hash = new ContentHash();
  for (let at = 0; at < bytes.length; at += step) hash.update(bytes.subarray(at, at + step));
  return hash.digest();
}
const plain = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function recording(): { readonly unfinished: Buffer; readonly finished: Buffer } {
  const unfinished = Buffer.concat([head(), emptyIndex(), fragments]);
  const read = readHead(unfinished);
  if (read === null || read.indexAt === null) throw new Error('There is no room for the index.');
  const index = buildIndex(read, [
    { length: fragments.length, spans: [{ trackId: 1, start: 0, duration: 30 }] },
  ]);
  if (index === null) throw new Error('There is no index.');
  const finished = Buffer.from(unfinished);
  finished.set(index, read.indexAt);
  return { unfinished, finished };
}

describe('ContentHash', () => {
  it('of a recording is the same before and after its index is written', () => {
    const { unfinished, finished } = recording();
    expect(finished.equals(unfinished)).toBe(false);
    expect(hashOf(finished)).toBe(hashOf(unfinished));
    expect(hashOf(unfinished)).toBe(plain(unfinished));
  });

  it('sees every byte that was recorded', () => {
    const { finished } = recording();
    const before = hashOf(finished);
    for (const at of [20, finished.length - fragments.length, finished.length - 1]) {
      const changed = Buffer.from(finished);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(hashOf(changed), `byte ${at}`).not.toBe(before);
    }
    expect(hashOf(finished.subarray(0, -1))).not.toBe(before);
  });

  it.each([1000, 64 * 1024, 256 * 1024, 256 * 1024 + 1])(
    'comes out the same in pieces of %d bytes',
    (step) => {
      const { finished } = recording();
      expect(hashOf(finished, step)).toBe(hashOf(finished));
    },
  );

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a few bytes', Buffer.from('twin')],
    ['zeros', Buffer.alloc(MB)],
    ['a head without room', Buffer.concat([head(), fragments])],
    ['a box that ends too soon', Buffer.concat([head().subarray(0, 60)])],
    ['boxes that lie', Buffer.concat([box('moov', box('trak', box('tkhd', Buffer.alloc(2))))])],
  ])('of %s is the plain hash', (_name, bytes) => {
    expect(hashOf(bytes)).toBe(plain(bytes));
  });

  it('does not keep what it was given', () => {
    const hash = new ContentHash();
    const bytes = Buffer.from('first');
    hash.update(bytes);
    bytes.fill(0);
    expect(hash.digest()).toBe(plain(Buffer.from('first')));
  });
});
