import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeEncoder, FakeFrame, fakeWebCodecs } from '../../../tests/doubles/webCodecs.ts';
import { pictureLadder } from './codecs.ts';
import { openPictureEncoder } from './encoders.ts';

const [CODEC] = pictureLadder({ width: 1920, height: 1080 });
const picture = () => new FakeFrame(null) as unknown as VideoFrame;

beforeEach(fakeWebCodecs);
afterEach(() => vi.unstubAllGlobals());

function setUp() {
  if (CODEC === undefined) throw new Error('There is no ladder.');
  const encoder = openPictureEncoder(CODEC);
  const fake = FakeEncoder.latest;
  if (fake === null) throw new Error('No encoder was opened.');
  const packets: { index: number; type: string; described: boolean }[] = [];
  const failures: unknown[] = [];
  const begin = () =>
    encoder.begin({
      out: ({ type }, index, metadata) =>
        packets.push({ index, type, described: metadata?.decoderConfig !== undefined }),
      failed: (error) => failures.push(error),
    });
  return { encoder, fake, packets, failures, begin };
}

describe('an encoder that was warmed up', () => {
  it('gives nothing of it out, and begins with a described key frame all the same', async () => {
    const { encoder, fake, packets, begin } = setUp();
    // As browsers do: only the first picture is described.
    fake.describesOnce = true;
    await encoder.warmUp(picture());
    expect(encoder.works).toBe(true);
    begin();
    for (let index = 0; index < 12; index++) encoder.encode(picture(), index);
    expect(packets.map(({ index }) => index)).toEqual(Array.from({ length: 12 }, (_, index) => index));
    expect(packets.filter(({ type }) => type === 'key').map(({ index }) => index)).toEqual([0, 10]);
    expect(packets.filter(({ described }) => described).map(({ index }) => index)).toEqual([0]);
  });

  it('never sees time go back', async () => {
    const { encoder, fake, begin } = setUp();
    fake.atOnce = false;
    const flushed = vi.spyOn(fake, 'flush').mockResolvedValue();
    await encoder.warmUp(picture());
    begin();
    encoder.encode(picture(), 0);
    const times = fake.inside.map(({ timestamp }) => timestamp);
    expect(flushed).toHaveBeenCalled();
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(new Set(times).size).toBe(times.length);
  });

  it('does not work when nothing comes out', async () => {
    const { encoder, fake } = setUp();
    fake.atOnce = false;
    vi.spyOn(fake, 'flush').mockImplementation(async () => fake.leaveOut(100));
    await encoder.warmUp(picture());
    expect(encoder.works).toBe(false);
  });

  it('works although it is never empty', async () => {
    const { encoder, fake } = setUp();
    vi.spyOn(fake, 'flush').mockReturnValue(new Promise(() => {}));
    await encoder.warmUp(picture());
    expect(encoder.works).toBe(true);
  });

  it('that failed since says so to whoever begins with it', async () => {
    const { encoder, fake, failures, begin } = setUp();
    await encoder.warmUp(picture());
    fake.fail(new Error('It was taken away.'));
    expect(encoder.works).toBe(false);
    begin();
    expect(failures).toEqual([]);
    await Promise.resolve();
    expect(failures).toEqual([new Error('It was taken away.')]);
  });
});
