import { describe, expect, it } from 'vitest';
import { FRAGMENT_SECONDS, LONGEST_SECONDS } from '../../shared/recording/recording.ts';
import { buildIndex, type IndexedFragment, type RecordingHead, readSpans } from './fragmentIndex.ts';

const HEAD: RecordingHead = {
  tracks: [
    { id: 1, timescale: 30 },
    { id: 2, timescale: 48_000 },
  ],
  indexAt: 1000,
  length: 50_000,
};

/** The fragment of this number, with what it holds of each of these tracks: a third of a second. */
const fragmentOf = (number: number, length: number, ids: readonly number[]): IndexedFragment => ({
  length,
  spans: HEAD.tracks
    .filter(({ id }) => ids.includes(id))
    .map(({ id, timescale }) => ({
      trackId: id,
      start: number * FRAGMENT_SECONDS * timescale,
      duration: FRAGMENT_SECONDS * timescale,
    })),
});

it('the longest take has room for its index', () => {
  const fragments = Array.from({ length: LONGEST_SECONDS / FRAGMENT_SECONDS + 1 }, (_, number) =>
    fragmentOf(number, 600_000, [1, 2]),
  );
  expect(buildIndex(HEAD, fragments)).not.toBeNull();
});

describe('where picture or sound stood still', () => {
  /** Fragments of 10 bytes with the tracks that are named. */
  const fragmentsWith = (...tracks: number[][]): IndexedFragment[] =>
    tracks.map((ids, number) => fragmentOf(number, 10, ids));
  /** What each `sidx` says: its track, where the first fragment is from its end, and bytes and thirds of a second. */
  const tablesIn = (index: Uint8Array) => {
    const bytes = Buffer.from(index);
    const tables: { track: number; first: number; parts: [bytes: number, thirds: number][] }[] = [];
    for (let at = bytes.readUInt32BE(0); at < bytes.length; at += bytes.readUInt32BE(at)) {
      const timescale = bytes.readUInt32BE(at + 16);
      const parts = Array.from({ length: bytes.readUInt16BE(at + 30) }, (_, part): [number, number] => {
        const entry = at + 32 + part * 12;
        return [bytes.readUInt32BE(entry), (bytes.readUInt32BE(entry + 4) * 3) / timescale];
      });
      tables.push({ track: bytes.readUInt32BE(at + 12), first: bytes.readUInt32BE(at + 24), parts });
    }
    return tables;
  };

  it('a fragment without a track is in its index, as long as nothing', () => {
    const index = buildIndex(HEAD, fragmentsWith([1, 2], [1], [2], [1, 2]));
    expect(tablesIn(index ?? new Uint8Array())).toEqual([
      {
        track: 1,
        first: 32 + 12 * 4,
        parts: [
          [10, 1],
          [10, 2],
          [10, 0],
          [10, 1],
        ],
      },
      {
        track: 2,
        first: 0,
        parts: [
          [10, 2],
          [10, 0],
          [10, 1],
          [10, 1],
        ],
      },
    ]);
  });

  it('what comes before the first sound and after the last is as long as nothing', () => {
    const tables = tablesIn(buildIndex(HEAD, fragmentsWith([1], [1, 2], [1])) ?? new Uint8Array());
    expect(tables.map(({ parts }) => parts.map(([, thirds]) => thirds))).toEqual([
      [1, 1, 1],
      [0, 1, 0],
    ]);
  });

  it('a track with nothing in it has no index, and then the file has none', () => {
    expect(buildIndex(HEAD, fragmentsWith([1], [1]))).toBeNull();
  });
});

describe('a fragment that says more than it holds', () => {
  const box = (type: string, ...content: Buffer[]) => {
    const bytes = Buffer.concat([Buffer.alloc(4), Buffer.from(type), ...content]);
    bytes.writeUInt32BE(bytes.length);
    return bytes;
  };
  const words = (...values: number[]) => Buffer.concat(values.map((value) => word(value)));
  const word = (value: number) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return bytes;
  };
  const fragment = (flags: number, samples: number, ...fields: number[]) =>
    box('moof', box('traf', box('tfhd', words(0x8, 1, 1000)), box('trun', words(flags, samples, ...fields))));

  it('of samples that all last as long is counted at once', () => {
    expect(readSpans(fragment(0, 30))).toEqual([{ trackId: 1, start: 0, duration: 30_000 }]);
    expect(readSpans(fragment(0x100, 2, 7, 8))).toEqual([{ trackId: 1, start: 0, duration: 15 }]);
  });
  it.each([
    ['as many as can be named', 0, 2 ** 32 - 1],
    ['more than are listed', 0x100, 3],
  ])('%s', (_what, flags, samples) => {
    expect(() => readSpans(fragment(flags, samples, 7, 8))).toThrow(RangeError);
  });
});
