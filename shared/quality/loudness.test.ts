import { describe, expect, it } from 'vitest';
import { integratedLoudness, KWeighting, loudnessOf } from './loudness.ts';
import { TruePeak } from './truePeak.ts';

const RATE = 48_000;
const WINDOW = 19_200;
const decibels = (level: number): number => 10 ** (level / 20);

function sine(hertz: number, amplitude: number, seconds: number, phase = 0): Float32Array {
  return Float32Array.from(
    { length: Math.round(seconds * RATE) },
    (_, at) => amplitude * Math.sin((2 * Math.PI * hertz * at) / RATE + phase),
  );
}

/** Loudness of each window of channels that all have the same samples. */
function windowsOf(samples: Float32Array, channels: number): number[] {
  const weighting = new KWeighting();
  const windows: number[] = [];
  for (let start = 0; start + WINDOW <= samples.length; start += WINDOW) {
    const energy = weighting.energy(samples.subarray(start, start + WINDOW));
    windows.push(loudnessOf((channels * energy) / WINDOW));
  }
  return windows;
}

describe('loudness', () => {
  it('of a full-scale sine of 997 Hz in one channel is -3.01 LUFS, as BS.1770 says', () => {
    expect(windowsOf(sine(997, 1, 2), 1)[2]).toBeCloseTo(-3.01, 2);
  });

  // EBU Tech 3341, minimum requirements 1 to 4, five times shorter: stereo sines of 1 kHz.
  it.each([
    [-23, [[4, -23]]],
    [-33, [[4, -33]]],
    [
      -23,
      [
        [2, -36],
        [12, -23],
        [2, -36],
      ],
    ],
    [
      -23,
      [
        [2, -72],
        [2, -36],
        [12, -23],
        [2, -36],
        [2, -72],
      ],
    ],
  ])('is %d LUFS for %j', (expected, parts) => {
    const windows = parts.flatMap(([seconds = 0, level = 0]) =>
      windowsOf(sine(1000, decibels(level), seconds), 2),
    );
    expect(Math.abs((integratedLoudness(windows) ?? 0) - expected)).toBeLessThan(0.1);
  });

  it('weighs high sounds more and low sounds less', () => {
    const at = (hertz: number) => windowsOf(sine(hertz, 0.1, 2), 1)[3] ?? 0;
    expect(at(4000) - at(997)).toBeCloseTo(3.3, 0);
    expect(at(40) - at(997)).toBeLessThan(-4);
  });

  it('cannot be told of silence', () => {
    expect(windowsOf(new Float32Array(WINDOW), 1)).toEqual([-120]);
    expect(integratedLoudness([-120, -80])).toBeNull();
    expect(integratedLoudness([])).toBeNull();
  });
});

describe('true peak', () => {
  // EBU Tech 3341, minimum requirements 15 to 18: sines whose tops lie between the samples; +0.2 and -0.4 dB are allowed.
  it.each([
    [4, 0, -6],
    [4, 45, -6],
    [6, 60, -6],
    [8, 67.5, -6],
  ])('of a sine of a %dth of the sample rate at %d degrees is %d dBTP', (share, degrees, expected) => {
    const samples = sine(RATE / share, 0.5, 0.2, (degrees * Math.PI) / 180).subarray(0, 9600);
    // The first samples have nothing before them: a step is no sine.
    const peak = new TruePeak();
    peak.peak(samples.subarray(0, 4800).map((value, at) => (value * at) / 4800));
    const found = 20 * Math.log10(peak.peak(samples.subarray(4800)));
    expect(found).toBeGreaterThan(expected - 0.4);
    expect(found).toBeLessThan(expected + 0.2);
  });

  it('finds what lies between two pieces as well', () => {
    const samples = sine(12_000, 0.5, 0.1, Math.PI / 4).map((value, at) => value * Math.min(1, at / 2000));
    const whole = new TruePeak().peak(samples);
    const parts = new TruePeak();
    const found = [0, 1, 2, 3].map((part) => parts.peak(samples.subarray(part * 1200, part * 1200 + 1200)));
    expect(Math.max(...found)).toBe(whole);
    expect(whole).toBeGreaterThan(0.48);
  });

  it('is never less than the largest sample', () => {
    expect(new TruePeak().peak(Float32Array.from([0, 0, 1, 0, 0]))).toBe(1);
    expect(new TruePeak().peak(new Float32Array(0))).toBe(0);
  });
});
