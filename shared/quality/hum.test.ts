import { describe, expect, it } from 'vitest';
import { HumMeter, mainsOf } from './hum.ts';

const RATE = 4000;
const LENGTH = 1600;

/** Park and Miller's generator, so that every run hears the same. */
function noiseMaker(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return (state / 2_147_483_647) * 2 - 1;
  };
}

/** Ten windows of noise with some steady tones, each [hertz, amplitude]. */
function windowsWith(tones: readonly (readonly [number, number])[], noise = 0.001) {
  const random = noiseMaker(7);
  const meter = new HumMeter(RATE, LENGTH);
  return Array.from({ length: 10 }, (_, window) =>
    meter.standOut(
      Float32Array.from({ length: LENGTH }, (_unused, at) => {
        const seconds = (window * LENGTH + at) / RATE;
        return tones.reduce(
          (sum, [hertz, amplitude]) => sum + amplitude * Math.sin(2 * Math.PI * hertz * seconds + hertz),
          noise * random(),
        );
      }),
    ),
  );
}

const harmonics = (mains: number, amplitude: number) =>
  [1, 2, 3, 4, 5].map((number) => [mains * number, amplitude / number] as const);

describe('hum', () => {
  it.each([50, 60] as const)('of %d Hz is told from the other', (mains) => {
    const windows = windowsWith(harmonics(mains, 0.001));
    expect(mainsOf(windows)).toEqual({ strongest: mains, humHz: mains });
    expect(windows[0]?.[mains]).toBeGreaterThan(20);
  });

  it('is heard although the mains are off by a fifth of a hertz', () => {
    expect(mainsOf(windowsWith(harmonics(50.2, 0.001))).humHz).toBe(50);
    expect(mainsOf(windowsWith(harmonics(59.8, 0.001))).humHz).toBe(60);
  });

  it('of a rectifier has the even harmonics alone', () => {
    const windows = windowsWith([
      [100, 0.001],
      [200, 0.0006],
      [300, 0.0003],
    ]);
    expect(mainsOf(windows).humHz).toBe(50);
  });

  it.each([
    ['noise', [], 0.01],
    ['a low tone', [[440, 0.1]], 0.001],
    ['a fan', [[185, 0.01]], 0.003],
    ['a rumble', [[33, 0.05]], 0.001],
    ['digital silence', [], 0],
  ] as const)('is not found in %s', (_what, tones, noise) => {
    expect(mainsOf(windowsWith(tones, noise)).humHz).toBeNull();
  });

  it('of nothing at all is none', () => {
    expect(mainsOf([]).humHz).toBeNull();
  });
});
