import { expect, it } from 'vitest';
import { FRAGMENT_SECONDS, LONGEST_SECONDS } from '../../shared/recording/recording.ts';
import { buildIndex, type IndexedFragment, type RecordingHead } from './fragmentIndex.ts';

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
