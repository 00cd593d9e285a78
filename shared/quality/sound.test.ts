import { describe, expect, it } from 'vitest';
import { DIGITAL_SILENCE, measureSound } from './sound.ts';

const RATE = 48_000;
const WINDOW = 19_200;
const sine = (amplitude: number, hertz = 1000, offset = 0) =>
  Float32Array.from(
    { length: WINDOW },
    (_unused, index) => offset + amplitude * Math.sin((2 * Math.PI * hertz * index) / RATE),
  );

describe('a window of sound', () => {
  it('of a tone is 3 dB under its peak', () => {
    const sample = measureSound([sine(0.1)], 7);
    expect(sample.atSeconds).toBe(7);
    expect(sample.rmsDbfs).toBeCloseTo(-23.01, 2);
    expect(sample.peakDbfs).toBeCloseTo(-20, 2);
    expect(sample.quietDbfs).toBeCloseTo(-23.01, 2);
    expect(sample.clippedShare).toBe(0);
  });

  it('counts the loudest channel', () => {
    expect(measureSound([sine(0.01), sine(0.1)], 0)).toEqual(measureSound([sine(0.1)], 0));
  });

  it('leaves a constant offset out of the level', () => {
    expect(measureSound([sine(0.001, 1000, 0.1)], 0).rmsDbfs).toBeCloseTo(-63.01, 1);
  });

  it('that is empty or zero is digital silence', () => {
    const silence = {
      atSeconds: 0,
      rmsDbfs: DIGITAL_SILENCE,
      peakDbfs: DIGITAL_SILENCE,
      quietDbfs: DIGITAL_SILENCE,
      clippedShare: 0,
    };
    expect(measureSound([], 0)).toEqual(silence);
    expect(measureSound([new Float32Array(0)], 0)).toEqual(silence);
    expect(measureSound([new Float32Array(WINDOW)], 0)).toEqual(silence);
  });

  it('knows clipping and gaps', () => {
    const clipped = sine(1.2).map((value) => Math.max(-1, Math.min(1, value)));
    // A sine 1.2 high lies beyond 0.999 for this share of its time.
    expect(measureSound([clipped], 0).clippedShare).toBeCloseTo(
      1 - (2 / Math.PI) * Math.asin(0.999 / 1.2),
      2,
    );
    const gap = sine(0.5).map((value, index) => (index >= 2400 && index < 4800 ? value / 100 : value));
    const { rmsDbfs, quietDbfs } = measureSound([gap], 0);
    expect(rmsDbfs - quietDbfs).toBeGreaterThan(39);
  });
});
