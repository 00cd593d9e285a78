import { describe, expect, it } from 'vitest';
import { SAMPLE_RATE, type Samples, SoundLine } from './soundLine.ts';

const BLOCK_SECONDS = 0.01;

interface Microphone {
  readonly seconds: number;
  readonly from?: number;
  readonly sampleRate?: number;
  /** How much faster its clock runs, as a share. */
  readonly fast?: number;
  readonly jitterMs?: number;
  readonly channels?: number;
  readonly shift?: (at: number) => number;
  readonly lost?: (at: number) => boolean;
}

/** What a line makes of a tone of 440 Hz, and where on the common clock it was at each moment. */
function record(start: number, microphone: Microphone, channels = 1) {
  const { seconds, from = 0, sampleRate = 48_000, fast = 0, jitterMs = 0, shift = () => 0 } = microphone;
  const line = new SoundLine(start, channels);
  const made: Samples[] = [];
  const length = sampleRate * BLOCK_SECONDS;
  const trueRate = sampleRate * (1 + fast);
  for (let block = 0; block < seconds / BLOCK_SECONDS; block++) {
    const at = from + (block * length) / trueRate;
    if (microphone.lost?.(at)) continue;
    const plane = Float32Array.from({ length }, (_, index) => tone(at + index / trueRate));
    const planes = Array.from({ length: microphone.channels ?? 1 }, () => plane);
    const stamped = at + (Math.sin(block * 1.7) * jitterMs) / 1000;
    made.push(...line.add({ at: stamped, sampleRate, planes }, shift(at)));
  }
  const all = new Float32Array(line.length);
  let written = 0;
  for (const [plane] of made) {
    all.set(plane ?? [], written);
    written += plane?.length ?? 0;
  }
  return { line, made, all };
}

const tone = (at: number): number => Math.sin(2 * Math.PI * 440 * at);

/** By how many milliseconds the sound around a second of the line is late. */
function lateAt(all: Float32Array, second: number, start: number, shift = 0): number {
  let best = { error: Number.POSITIVE_INFINITY, late: 0 };
  // Half a period at most, or the tone cannot tell.
  for (let late = -1; late <= 1; late += 0.02) {
    let error = 0;
    for (let index = 0; index < 2000; index++) {
      const sample = Math.round(second * SAMPLE_RATE) + index;
      error += (tone(start + shift + sample / SAMPLE_RATE - late / 1000) - (all[sample] ?? 0)) ** 2;
    }
    if (error < best.error) best = { error, late };
  }
  expect(best.error / 2000).toBeLessThan(0.01);
  return best.late;
}

describe('the line of sound', () => {
  it('begins with the take, to the sample, and is left as it is', () => {
    const { all } = record(0.5034, { seconds: 2 });
    const early = Array.from(all.slice(0, 1000), (value, index) =>
      Math.abs(value - tone(0.5034 + index / SAMPLE_RATE)),
    );
    // Cut to the nearest sample: the tone moves by this much in half of one.
    expect(Math.max(...early)).toBeLessThan(0.03);
    expect(lateAt(all, 1, 0.5034)).toBeCloseTo(0, 1);
  });

  it('is silent until the microphone begins', () => {
    const { all } = record(1, { from: 1.25, seconds: 1 });
    expect([...all.slice(0, 11_900)].every((value) => value === 0)).toBe(true);
    expect(lateAt(all, 0.5, 1)).toBeCloseTo(0, 1);
  });

  it.each([0.0001, -0.0001, 0.0005])('stays in step with a clock that is off by %d', (fast) => {
    const { all, line } = record(0, { seconds: 20, fast, jitterMs: 3 });
    expect(Math.abs(line.offset)).toBeLessThan(0.005);
    // Its samples end sooner on the common clock when its clock is fast, and the line with them.
    expect(Math.abs(line.length - (20 * SAMPLE_RATE) / (1 + fast))).toBeLessThan(0.005 * SAMPLE_RATE);
    lateAt(all, 10, 0);
  });

  it('is stretched with a camera that is followed', () => {
    const { line } = record(0, { seconds: 20, shift: (at) => at * 0.001 });
    // 20 s of the clock are 19.98 s of the take.
    expect(Math.abs(line.length - 19.98 * SAMPLE_RATE)).toBeLessThan(0.008 * SAMPLE_RATE);
  });

  it('comes at 48 kHz from a microphone of 44.1', () => {
    const { all } = record(0, { seconds: 3, sampleRate: 44_100 });
    expect(Math.abs(all.length - 3 * SAMPLE_RATE)).toBeLessThan(100);
    expect(Math.abs(lateAt(all, 2, 0))).toBeLessThan(0.1);
  });

  it('has silence where the microphone lost sound, and goes on in step', () => {
    const { all, line } = record(0, { seconds: 6, lost: (at) => at >= 2 && at < 2.5 });
    expect(Math.abs(line.offset)).toBeLessThan(0.002);
    expect(Math.abs(all.length - 6 * SAMPLE_RATE)).toBeLessThan(200);
    expect(Math.abs(lateAt(all, 5, 0))).toBeLessThan(0.6);
  });

  it('lets a single wild stamp pass', () => {
    const line = new SoundLine(0, 1);
    const plane = new Float32Array(480).fill(0.5);
    let length = 0;
    for (let block = 0; block < 100; block++) {
      const at = block * BLOCK_SECONDS + (block === 50 ? 0.4 : 0);
      for (const part of line.add({ at, sampleRate: 48_000, planes: [plane] }, 0))
        length += part[0]?.length ?? 0;
    }
    expect(Math.abs(length - 48_000)).toBeLessThan(200);
  });

  it('has the channels of the take, whatever comes', () => {
    const mono = record(0, { seconds: 1, channels: 2 }, 1);
    expect(mono.made[0]).toHaveLength(1);
    const stereo = record(0, { seconds: 1, channels: 1 }, 2);
    expect(stereo.made[0]).toHaveLength(2);
    expect(stereo.made[0]?.[1]).toEqual(stereo.made[0]?.[0]);
  });

  it('is filled up where nothing is delivered any more', () => {
    const line = new SoundLine(0, 2);
    expect(line.fillTo(-5)).toEqual([]);
    const parts = line.fillTo(100_000);
    expect(parts.map((part) => part[0]?.length)).toEqual([48_000, 48_000, 4000]);
    expect(line.length).toBe(100_000);
  });
});
