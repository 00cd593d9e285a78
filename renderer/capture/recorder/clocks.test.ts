import { describe, expect, it } from 'vitest';
import { alignClocks, ShortestWay, TrackClock } from './clocks.ts';

describe('the shortest way', () => {
  it('is that of the frame which was least late', () => {
    const way = new ShortestWay();
    expect(way.seconds).toBeNull();
    for (const late of [0.03, 0.004, 0.02]) way.add(100, 5 + late);
    expect(way.seconds).toBeCloseTo(-94.996, 6);
  });

  it('is not misled by a wrong stamp', () => {
    const way = new ShortestWay();
    way.add(100.72, 100.01);
    for (let block = 1; block < 150; block++) way.add(100 + block / 100, 100.01 + block / 100);
    expect(way.seconds).toBeCloseTo(0.01, 6);
  });

  it('forgets what was long ago, for clocks drift', () => {
    const way = new ShortestWay();
    for (let second = 0; second < 40; second++) way.add(second, second + (second < 5 ? 0.01 : 0.02));
    expect(way.seconds).toBeCloseTo(0.02, 6);
  });
});

describe('two tracks', () => {
  it('stamped by one clock keep their stamps, whatever their ways', () => {
    // The sound says that it was heard 60 ms before it came, the picture 10 ms: that is known better than any arrival.
    const { picture, sound, shared } = alignClocks(-990 + 0.01, -990 + 0.06);
    expect(shared).toBe(true);
    expect(picture.at(1000) - sound.at(1000)).toBe(0);
  });

  it('stamped by two clocks meet where they arrive', () => {
    const { picture, sound, shared } = alignClocks(0.5, -990);
    expect(shared).toBe(false);
    expect(picture.at(9.5)).toBeCloseTo(10);
    expect(sound.at(1000)).toBeCloseTo(10);
  });

  it('without sound there is one', () => {
    expect(alignClocks(2, null).picture.at(1)).toBe(3);
  });
});

describe('a clock that drifts', () => {
  it('is followed, no faster than clocks drift', () => {
    const clock = new TrackClock(0);
    const way = new ShortestWay();
    for (let second = 0; second <= 600; second++) {
      // 100 millionths too slow.
      way.add(second * (1 - 0.0001), second);
      clock.follow(way, second);
    }
    // Half a minute of arrivals is looked at, in which it drifts by 3 ms.
    expect(clock.at(600 * (1 - 0.0001))).toBeGreaterThan(600 - 0.004);
    expect(clock.at(600 * (1 - 0.0001))).toBeLessThanOrEqual(600.0001);
  });

  it('is not thrown off by a busy minute', () => {
    const clock = new TrackClock(0);
    const way = new ShortestWay();
    for (let second = 0; second <= 60; second++) {
      way.add(second, second + 0.2);
      clock.follow(way, second);
    }
    expect(clock.at(0)).toBeLessThan(0.01);
  });
});

describe('a stamp that lies far from its arrival', () => {
  /** Thirty frames a second, stamped by a clock that began at 0 when the common one showed 100. */
  function film(stampOf: (frame: number) => number, frames: number): number[] {
    const clock = new TrackClock(100);
    return Array.from({ length: frames }, (_, frame) => clock.near(stampOf(frame), 100.02 + frame / 30));
  }
  const furthest = (times: readonly number[]): number =>
    Math.max(...times.map((at, frame) => Math.abs(at - (100 + frame / 30))));

  it.each([3600, -3600])('by %d seconds once is put where it arrived, and the next are believed', (jump) => {
    const times = film((frame) => frame / 30 + (frame === 40 ? jump : 0), 90);
    expect(furthest(times)).toBeLessThan(0.03);
    expect(times[41]).toBeCloseTo(100 + 41 / 30, 6);
  });

  it.each([3600, -3600])('by %d seconds from now on is a camera that counts anew', (jump) => {
    const times = film((frame) => frame / 30 + (frame >= 40 ? jump : 0), 300);
    expect(furthest(times)).toBeLessThan(0.03);
    // Its stamps are followed again: arrivals would jitter.
    const steps = times.slice(70).map((at, index) => at - (times[69 + index] ?? 0));
    for (const step of steps) expect(step).toBeCloseTo(1 / 30, 6);
  });

  it('by less is believed: a busy computer reads late', () => {
    const clock = new TrackClock(100);
    expect(clock.near(5, 105.9)).toBe(105);
  });
});
