import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeEncoder, FakeFrame, fakeWebCodecs } from '../../../tests/doubles/webCodecs.ts';
import { pictureLadder } from './codecs.ts';
import { PictureLine } from './pictureLine.ts';

const SIZE = { width: 1920, height: 1080 };
const [CODEC] = pictureLadder(SIZE);

beforeEach(fakeWebCodecs);
afterEach(() => vi.unstubAllGlobals());

function setUp() {
  const made: number[] = [];
  if (CODEC === undefined) throw new Error('There is no ladder.');
  const line = new PictureLine(0, SIZE, CODEC, (_chunk, index) => made.push(index), console.error);
  const encoder = FakeEncoder.latest;
  if (encoder === null) throw new Error('No encoder was opened.');
  /** Frames of a camera of so many a second. */
  const film = async (rate: number, from: number, to: number) => {
    for (let frame = Math.round(from * rate); frame < Math.round(to * rate); frame++)
      await line.add(pictureOf(), frame / rate, true);
  };
  return { line, encoder, made, film };
}
// The line only looks at what the double has.
const pictureOf = () => new FakeFrame(null) as unknown as VideoFrame;

describe('what is counted', () => {
  it('is every frame of a camera of thirty', async () => {
    const { line, film, made } = setUp();
    await film(30, 0, 2);
    expect(line.counts).toEqual({ delivered: 60, dropped: 0, repeated: 0, written: 60 });
    expect(made).toEqual(Array.from({ length: 60 }, (_, index) => index));
  });

  it.each([60, 50])('is nothing lost of a camera of %d: it is thinned', async (rate) => {
    const { line, film } = setUp();
    await film(rate, 0, 4);
    expect(line.counts.dropped).toBe(0);
    expect(line.counts.delivered).toBe(line.counts.written);
    expect(Math.abs(line.counts.written - 120)).toBeLessThan(3);
  });

  it('is what came too late for its place, which was filled', async () => {
    const { line, film } = setUp();
    await film(30, 0, 1);
    for (const at of [1.4, 1.8, 2]) line.fillTo(at);
    await film(30, 1, 1.5);
    expect(line.counts).toEqual({ delivered: 45, dropped: 15, repeated: 30, written: 60 });
  });
});

describe('an encoder', () => {
  it('that leaves out frames and does not say so keeps its places free, and they are counted as lost', async () => {
    const { line, film, encoder } = setUp();
    encoder.atOnce = false;
    for (let second = 0; second < 10; second++) {
      await film(30, second, second + 0.5);
      encoder.leaveOut(3);
      encoder.give(12);
      await film(30, second + 0.5, second + 1);
      encoder.give(15);
    }
    expect(line.counts).toEqual({ delivered: 300, dropped: 30, repeated: 0, written: 270 });
  });

  it('that owes frames at the end has left them out', async () => {
    const { line, film, encoder } = setUp();
    encoder.atOnce = false;
    await film(30, 0, 0.5);
    encoder.leaveOut(5);
    await line.flush();
    line.close();
    expect(line.counts).toEqual({ delivered: 15, dropped: 5, repeated: 0, written: 10 });
  });

  it('that does not give back what is in it has left it out', async () => {
    const { line, film, encoder } = setUp();
    encoder.atOnce = false;
    await film(30, 0, 0.5);
    encoder.give(5);
    line.close();
    expect(line.counts).toEqual({ delivered: 15, dropped: 10, repeated: 0, written: 5 });
  });

  it('that has no time gets no more than it can hold, and the rest is lost', async () => {
    const { line, film, encoder } = setUp();
    encoder.atOnce = false;
    await film(30, 0, 2);
    expect(encoder.inside).toHaveLength(15);
    expect(line.counts.dropped).toBe(45);
    encoder.give(15);
    encoder.atOnce = true;
    await film(30, 2, 3);
    // What lies between is told from the places that stay empty.
    expect(line.length).toBeGreaterThan(80);
    expect(line.counts.written).toBe(line.counts.delivered - line.counts.dropped + line.counts.repeated);
  });

  it('that is half a second behind gets nothing new, however few pictures that are', async () => {
    const { line, film, encoder } = setUp();
    encoder.atOnce = false;
    await film(15, 0, 2);
    const [first = 0] = encoder.inside.map(({ timestamp }) => timestamp);
    const last = encoder.inside.at(-1)?.timestamp ?? 0;
    expect((last - first) / 1e6).toBeCloseTo(0.5, 1);
    expect(line.counts.dropped).toBeGreaterThan(20);
  });

  it('gets as many repeats of a camera that stood still as it can hold', async () => {
    const { line, film, made } = setUp();
    await film(30, 0, 1);
    await film(30, 1.9, 2);
    expect(line.counts).toEqual({ delivered: 33, dropped: 0, repeated: 14, written: 47 });
    expect(made.slice(29, 31)).toEqual([29, 43]);
    expect(line.length).toBe(60);
  });

  it('makes a key frame every third of a second, also where places stayed empty', async () => {
    const { film, encoder } = setUp();
    const keys: number[] = [];
    const { encode } = encoder;
    encoder.encode = function (this: FakeEncoder, frame, options) {
      if (options?.keyFrame) keys.push(Math.round((frame.timestamp * 30) / 1e6));
      encode.call(this, frame, options);
    };
    await film(30, 0, 1.2);
    encoder.atOnce = false;
    await film(30, 1.2, 3);
    encoder.give(100);
    encoder.atOnce = true;
    await film(30, 3, 4);
    const apart = keys.slice(1).map((key, index) => key - (keys[index] ?? 0));
    expect(keys[0]).toBe(0);
    expect(Math.min(...apart)).toBe(10);
  });
});
