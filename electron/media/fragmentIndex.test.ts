import { describe, expect, it } from 'vitest';
import { FRAGMENT_SECONDS, LONGEST_SECONDS } from '../../shared/recording/recording.ts';
import { buildIndex, type IndexedFragment, type RecordingHead, readSpans } from './fragmentIndex.ts';

it('the longest take has room for its index', () => {
  const head: RecordingHead = {
    tracks: [
      { id: 1, timescale: 30 },
      { id: 2, timescale: 48_000 },
    ],
    indexAt: 1000,
    length: 40_000,
  };
  const fragments = Array.from(
    { length: LONGEST_SECONDS / FRAGMENT_SECONDS + 1 },
    (_, index): IndexedFragment => ({
      length: 600_000,
      spans: head.tracks.map(({ id, timescale }) => ({
        trackId: id,
        start: index * FRAGMENT_SECONDS * timescale,
        duration: FRAGMENT_SECONDS * timescale,
      })),
    }),
  );
  expect(buildIndex(head, fragments)).not.toBeNull();
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
