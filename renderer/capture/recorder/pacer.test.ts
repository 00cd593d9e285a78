import { describe, expect, it } from 'vitest';
import { FRAMES_PER_SECOND, Pacer, steadyStart } from './pacer.ts';

/** Always the same numbers from 0 to 1. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

/** Deliveries of a camera, in seconds: its rate, and by how much a frame may be early or late, milliseconds. */
function camera(rate: number, seconds: number, jitterMs = 0): number[] {
  const random = numbers(7);
  return Array.from(
    { length: Math.round(rate * seconds) },
    (_, frame) => frame / rate + ((random() * 2 - 1) * jitterMs) / 1000,
  );
}

function pace(times: readonly number[]) {
  const pacer = new Pacer(0);
  const counts = { dropped: 0, repeated: 0 };
  let furthest = 0;
  for (const at of times) {
    const { repeats, write } = pacer.place(at);
    if (!write) counts.dropped += 1;
    counts.repeated += repeats;
    pacer.advance(repeats);
    if (!write) continue;
    furthest = Math.max(furthest, Math.abs(at - pacer.shift - pacer.written / FRAMES_PER_SECOND));
    pacer.advance(1);
  }
  return { ...counts, written: pacer.written, shift: pacer.shift, furthestMs: furthest * 1000 };
}

describe('a camera of thirty frames a second', () => {
  it.each([0, 5, 10, 14])('loses and repeats none that is up to %d ms early or late', (jitterMs) => {
    expect(pace(camera(30, 60, jitterMs))).toMatchObject({ dropped: 0, repeated: 0, written: 1800 });
  });

  it.each([29.97, 30.03, 30.003, 29.99])('that really runs at %d is followed, for ten minutes', (rate) => {
    const paced = pace(camera(rate, 600, 8));
    expect(paced).toMatchObject({ dropped: 0, repeated: 0, written: Math.round(rate * 600) });
    // The take is as long as its frames: so much the sound has to be stretched.
    expect(paced.shift).toBeCloseTo(600 - (rate * 600) / 30, 1);
  });
});

describe('a camera of another rate', () => {
  it.each([
    { rate: 25, dropped: 0, repeated: 50 },
    { rate: 15, dropped: 0, repeated: 150 },
    { rate: 24, dropped: 0, repeated: 60 },
    { rate: 60, dropped: 300, repeated: 0 },
    { rate: 50, dropped: 200, repeated: 0 },
  ])('of $rate still makes thirty a second', ({ rate, dropped, repeated }) => {
    const paced = pace(camera(rate, 10, 2));
    expect(paced.written).toBeGreaterThan(297);
    expect(paced.written).toBeLessThan(303);
    expect(Math.abs(paced.dropped - dropped)).toBeLessThan(4);
    expect(Math.abs(paced.repeated - repeated)).toBeLessThan(4);
    // No picture is further from its time than a frame.
    expect(paced.furthestMs).toBeLessThan(34);
    expect(paced.shift).toBe(0);
  });

  it('of 60 is thinned evenly: every second frame', () => {
    const pacer = new Pacer(0);
    const kept = camera(60, 2, 3).map((at) => {
      const { write } = pacer.place(at);
      if (write) pacer.advance(1);
      return write;
    });
    const settled = kept.slice(4);
    expect(settled.every((write, index) => write !== settled[index + 1])).toBe(true);
  });
});

describe('gaps', () => {
  it('are filled with the picture before, and what follows lies where it belongs', () => {
    const pacer = new Pacer(10);
    expect(pacer.place(10)).toEqual({ repeats: 0, write: true });
    pacer.advance(1);
    expect(pacer.place(10.5)).toEqual({ repeats: 14, write: true });
    pacer.advance(15);
    expect(pacer.place(10 + 16 / 30)).toEqual({ repeats: 0, write: true });
  });

  it('are counted while no frame comes', () => {
    const pacer = new Pacer(0);
    pacer.place(0);
    pacer.advance(1);
    expect(pacer.missingAt(0.03)).toBe(0);
    expect(pacer.missingAt(1)).toBe(29);
    expect(pacer.missingAt(-5)).toBe(0);
  });
});

describe('the beginning', () => {
  it('is where the latest frame would be without its own jitter', () => {
    const times = camera(30, 2).map((at, index, all) => (index === all.length - 1 ? at + 0.012 : at));
    expect(steadyStart(times)).toBeCloseTo(59 / 30, 6);
  });

  it('is the only frame there is', () => {
    expect(steadyStart([4.2])).toBe(4.2);
  });
});
