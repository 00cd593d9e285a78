import { describe, expect, it } from 'vitest';
import { createPace, type Pace } from './pace.ts';

/** Times at which it was due, of frames at 30 a second. */
const dueTimes = (pace: Pace, fromMs: number, toMs: number): number[] => {
  const times: number[] = [];
  for (let index = 0; fromMs + (index * 1000) / 30 < toMs; index += 1) {
    const now = fromMs + (index * 1000) / 30;
    if (pace.isDue(now)) times.push(now);
  }
  return times;
};

describe('pace', () => {
  it('keeps its average although frames come at their own times', () => {
    // Seven times a second does not divide thirty frames.
    expect(dueTimes(createPace(1000 / 7), 0, 10_000)).toHaveLength(70);
  });

  it('does not make up for a pause', () => {
    const pace = createPace(200);
    dueTimes(pace, 0, 1000);
    expect(dueTimes(pace, 9000, 10_000)).toHaveLength(5);
  });

  it('takes every frame when they are slower than itself', () => {
    const pace = createPace(100);
    expect([0, 500, 1000, 1500].map((now) => pace.isDue(now))).toEqual([true, true, true, true]);
  });

  it('counts a new interval from the last time', () => {
    const pace = createPace(1000);
    expect(pace.isDue(0)).toBe(true);
    pace.setInterval(200);
    expect([100, 200, 300].map((now) => pace.isDue(now))).toEqual([false, true, false]);
    pace.setInterval(2000);
    expect([1000, 2100, 2200].map((now) => pace.isDue(now))).toEqual([false, false, true]);
  });
});
