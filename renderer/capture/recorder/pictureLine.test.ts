import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeEncoder, FakeFrame, fakeWebCodecs } from '../../../tests/doubles/webCodecs.ts';
import { pictureLadder } from './codecs.ts';
import { openPictureEncoder } from './encoders.ts';
import { PictureLine } from './pictureLine.ts';

const SIZE = { width: 1920, height: 1080 };
const [CODEC] = pictureLadder(SIZE);

beforeEach(fakeWebCodecs);
afterEach(() => vi.unstubAllGlobals());

function setUp() {
  const made: number[] = [];
  if (CODEC === undefined) throw new Error('There is no ladder.');
  const line = new PictureLine(0, SIZE, openPictureEncoder(CODEC), {
    out: (_chunk, index) => made.push(index),
    failed: console.error,
  });
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
    line.fillTo(2);
    await film(30, 1, 1.5);
    expect(line.counts).toEqual({ delivered: 45, dropped: 15, repeated: 30, written: 60 });
  });
});

describe('an encoder', () => {
  it('that leaves out frames and does not say so keeps its places free, and they are counted as lost', async () => {
    const { line, film, encoder } = setUp();
    encoder.atOnce = false;
    for (let second = 0; second < 10; second++) {
      await film(30, second, second + 0.4);
      encoder.leaveOut(3);
      encoder.give(9);
      await film(30, second + 0.4, second + 0.8);
      encoder.give(12);
      await film(30, second + 0.8, second + 1);
      encoder.give(6);
    }
    expect(line.counts).toEqual({ delivered: 300, dropped: 30, repeated: 0, written: 270 });
  });

  it('that owes frames at the end has left them out', async () => {
    const { line, film, encoder } = setUp();
    encoder.atOnce = false;
    await film(30, 0, 0.4);
    encoder.leaveOut(5);
    await line.flush();
    line.close();
    expect(line.counts).toEqual({ delivered: 12, dropped: 5, repeated: 0, written: 7 });
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
    expect(encoder.inside).toHaveLength(12);
    expect(line.counts.dropped).toBe(48);
    encoder.give(12);
    encoder.atOnce = true;
    await film(30, 2, 3);
    // What lies between is told from the places that stay empty.
    expect(line.length).toBeGreaterThan(80);
    expect(line.counts.written).toBe(line.counts.delivered - line.counts.dropped + line.counts.repeated);
  });

  it.each([1, 3, 6, 8])('that keeps %d frames until more come gets them after a stall', async (kept) => {
    const { line, film, encoder } = setUp();
    const give = () => encoder.give(Math.max(0, encoder.inside.length - kept));
    encoder.atOnce = false;
    await film(30, 0, 0.9);
    for (let tenth = 9; tenth < 100; tenth++) {
      give();
      await film(30, tenth / 10, (tenth + 1) / 10);
    }
    expect(line.length).toBe(300);
    expect(line.counts.dropped).toBeLessThan(20);
  });

  it('that is slow is not given what it could not do within half a second', async () => {
    const clock = vi.spyOn(performance, 'now');
    const { film, encoder } = setUp();
    encoder.atOnce = false;
    let most = 0;
    for (let frame = 0; frame < 300; frame++) {
      clock.mockReturnValue((frame * 1000) / 30);
      // Fifteen a second.
      if (frame % 2 === 0) encoder.give(1);
      await film(30, frame / 30, (frame + 1) / 30);
      if (frame > 60) most = Math.max(most, encoder.inside.length);
    }
    clock.mockRestore();
    expect(most).toBe(8);
  });

  it.each([25, 20, 15])('that does %d a second gets hardly anything but what is new', async (rate) => {
    const { line, film, encoder } = setUp();
    encoder.atOnce = false;
    for (let frame = 0; frame < 600; frame++) {
      if (Math.floor((frame * rate) / 30) > Math.floor(((frame - 1) * rate) / 30)) encoder.give(1);
      await film(30, frame / 30, (frame + 1) / 30);
    }
    const { delivered, dropped, repeated } = line.counts;
    expect(delivered - dropped).toBeGreaterThan(0.95 * 20 * rate);
    expect(repeated).toBeLessThan(0.05 * 20 * rate);
  });

  it.each([0.5, 0.8, 1.24])('fills what a camera leaves out that stands still for %d s', async (seconds) => {
    const { line, film, made } = setUp();
    await film(30, 0, 1);
    await film(30, 1 + seconds, 3);
    expect(line.counts.dropped).toBe(0);
    expect(made).toEqual(Array.from({ length: 90 }, (_, index) => index));
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
    // The first numbers are those of the warm-up.
    expect(keys[0]).toBe(4);
    expect(Math.min(...apart)).toBe(10);
  });
});
