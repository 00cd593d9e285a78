/** The frames around places that may be cuts: read together they are those that each would have alone. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { MediaTools } from '../../electron/media/locate.ts';
import { type Place, placesByEntry, readFramesAround } from '../../electron/media/measure/pictureCutFaces.ts';
import { probeWithFrames } from '../../electron/media/probe.ts';
import { composeNumberedTake } from '../footage/numberedTake.ts';
import { BUILDS, newestTools } from '../footage/tools.ts';

const { signal } = new AbortController();
const NEAR = { x: 0.3, y: 0.2, width: 0.2, height: 0.35 };
/** Out of order, at both ends, side by side, and anywhere in the picture or near a face. */
const PLACES: readonly Place[] = [
  { frame: 200, near: NEAR },
  { frame: 3, near: null },
  { frame: 96, near: { ...NEAR, x: 0.35 } },
  { frame: 98, near: null },
  { frame: 357, near: NEAR },
];

/** What a check knows of a file before it looks at places. */
async function open(source: string, tools: MediaTools) {
  const {
    media: { video },
    times,
  } = await probeWithFrames(source, { tools });
  if (video === null) throw new Error('no picture');
  const shown = [...times.all].sort((one, other) => one - other);
  return { video, shown, entries: times.entries };
}

describe.each(BUILDS)('with %s', (_name, toolsOf, _judge, isThere) => {
  test.skipIf(!isThere).each([
    { keyEvery: 1000, reordered: false },
    { keyEvery: 1000, reordered: true },
    { keyEvery: 60, reordered: true, open: true },
  ])('read together they are the same: %j', async (kind) => {
    const source = await composeNumberedTake({ seconds: 12, ...kind }, (await newestTools()).ffmpeg);
    const tools = await toolsOf();
    const { video, shown, entries } = await open(source, tools);
    const read = (places: readonly Place[]) =>
      readFramesAround(source, video, { places, times: shown }, { tools, signal });

    const groups = placesByEntry(PLACES, shown, entries);
    expect(groups.length).toBe(kind.keyEvery > 360 ? 1 : 4);
    for (const group of groups) {
      const together = await read(group);
      for (const [index, place] of group.entries()) {
        const [alone] = await read([place]);
        expect(alone?.frames).toHaveLength(place.frame === 357 ? 7 : 8);
        expect(together[index]?.at).toBe(alone?.at);
        expect(together[index]?.frames.map(({ bytes }) => Buffer.from(bytes).toString('base64'))).toEqual(
          alone?.frames.map(({ bytes }) => Buffer.from(bytes).toString('base64')),
        );
      }
    }
  });

  test.skipIf(!isThere)('where the file is damaged, what can be had is looked at', async () => {
    const kind = { seconds: 12, keyEvery: 60, reordered: true };
    const whole = await composeNumberedTake(kind, (await newestTools()).ffmpeg);
    const tools = await toolsOf();
    const { video, shown } = await open(whole, tools);
    const folder = await mkdtemp(join(tmpdir(), 'twin-studio-test-'));
    try {
      const source = join(folder, 'damaged.mp4');
      const bytes = await readFile(whole);
      await writeFile(source, bytes.fill(0, Math.floor(bytes.length * 0.4), Math.floor(bytes.length * 0.6)));
      for (const place of [
        { frame: 20, near: null },
        { frame: 180, near: NEAR },
      ]) {
        const [around] = await readFramesAround(
          source,
          video,
          { places: [place], times: shown },
          { tools, signal },
        );
        expect(around?.at).toBe(4);
        if (place.frame === 20) expect(around?.frames).toHaveLength(8);
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
