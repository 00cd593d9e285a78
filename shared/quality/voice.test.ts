import { describe, expect, it } from 'vitest';
// biome-ignore lint/correctness/useImportExtensions: the rule takes the declarations (.d.mts) for the module
import { makeVoice } from '../../tests/footage/voice.mjs';
import { SoundListener } from './soundTrack.ts';

const RATE = 48_000;
const SECONDS = 8;

/** Park and Miller's generator, so that every run hears the same. */
function randomiser(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** One sample after the other, from the seconds since the beginning. */
function sound(valueAt: (seconds: number) => number): Float32Array {
  return Float32Array.from({ length: SECONDS * RATE }, (_, at) => valueAt(at / RATE));
}

/** Notes of a scale, three a second, each struck and dying away, with some harmonics. */
function melody(vibrato: number, harmonics: number): Float32Array {
  const random = randomiser(5);
  const notes = Array.from(
    { length: SECONDS * 3 + 1 },
    () => [0, 2, 4, 5, 7, 9, 11, 12][Math.floor(random() * 8)] ?? 0,
  );
  const phases = { at: 0 };
  return sound((seconds) => {
    const note = notes[Math.floor(seconds * 3)] ?? 0;
    const bend = vibrato * Math.sin(2 * Math.PI * 5.5 * seconds);
    phases.at += (2 * Math.PI * 220 * 2 ** ((note + bend) / 12)) / RATE;
    const struck = Math.exp(-2 * ((seconds * 3) % 1)) * 0.2;
    let value = 0;
    for (let number = 1; number <= harmonics; number += 1) value += Math.sin(number * phases.at) / number;
    return struck * value;
  });
}

function chords(): Float32Array {
  const roots = [130.8, 174.6, 196, 146.8];
  return sound((seconds) => {
    const root = roots[Math.floor(seconds) % 4] ?? 130;
    return [1, 1.26, 1.5, 2].reduce(
      (sum, ratio) => sum + 0.08 * Math.sin(2 * Math.PI * root * ratio * seconds),
      0,
    );
  });
}

function noise(smoothing: number): Float32Array {
  const random = randomiser(3);
  let value = 0;
  return sound(() => {
    value = value * smoothing + (1 - smoothing) * (random() * 2 - 1);
    return 0.3 * value;
  });
}

function clicks(): Float32Array {
  const random = randomiser(9);
  return sound((seconds) => {
    const since = (seconds * 4.3) % 1;
    return 0.8 * Math.exp(-since * 60) * (random() * 2 - 1);
  });
}

/** Nine voices at once, none of them nearer than the others. */
function crowd(): Float32Array {
  const voice = makeVoice(SECONDS + 20);
  return sound((seconds) => {
    let sum = 0;
    for (let person = 0; person < 9; person += 1)
      sum += voice[Math.round((seconds + person * 2.17) * RATE * (0.9 + person * 0.02)) % voice.length] ?? 0;
    return sum / 6;
  });
}

/** Share of the windows in which somebody speaks. */
function speechShare(samples: Float32Array): number {
  const listener = new SoundListener(1);
  listener.add(samples);
  const { windows } = listener.end().track;
  return windows.filter(({ speech }) => speech >= 0.5).length / windows.length;
}

describe('a voice is speech', () => {
  const voice = makeVoice(SECONDS);
  const hiss = noise(0);

  it.each([
    ['at a usual level', 1, 0],
    ['far from the microphone', 0.03, 0],
    ['in a noisy room', 1, 0.1],
  ])('%s', (_how, gain, noisy) => {
    const heard = voice.map((value, at) => gain * value + noisy * (hiss[at] ?? 0));
    expect(speechShare(heard)).toBeGreaterThan(0.85);
  });

  it('but not where nobody speaks', () => {
    const half = voice.map((value, at) => (at < voice.length / 2 ? value : 0.0005 * (hiss[at] ?? 0)));
    const listener = new SoundListener(1);
    listener.add(half);
    const { windows } = listener.end().track;
    expect(windows.slice(1, 9).every(({ speech }) => speech >= 0.5)).toBe(true);
    expect(windows.slice(13).every(({ speech }) => speech < 0.5)).toBe(true);
  });
});

describe('what is no speech', () => {
  it.each([
    ['a tone', () => sound((seconds) => 0.3 * Math.sin(2 * Math.PI * 440 * seconds))],
    ['a tone in the range of voices', () => sound((seconds) => 0.3 * Math.sin(2 * Math.PI * 130 * seconds))],
    [
      'a tone that comes and goes like syllables',
      () =>
        sound(
          (seconds) => 0.3 * Math.sin(2 * Math.PI * 220 * seconds) * Math.sin(2 * Math.PI * 2 * seconds) ** 2,
        ),
    ],
    [
      'a siren',
      () =>
        sound((seconds) => 0.3 * Math.sin(900 * seconds * 2 + 300 * Math.sin(2 * Math.PI * 0.5 * seconds))),
    ],
    ['chords', chords],
    ['a melody', () => melody(0, 8)],
    ['a melody of a flute with vibrato', () => melody(0.3, 2)],
    ['a melody of strings with vibrato', () => melody(0.3, 12)],
    ['white noise', () => noise(0)],
    ['brown noise', () => noise(0.995)],
    ['wind', () => noise(0.98).map((value, at) => value * (1.2 + Math.sin((2 * Math.PI * 0.4 * at) / RATE)))],
    [
      'hum',
      () =>
        sound((seconds) =>
          [1, 2, 3, 5].reduce(
            (sum, number) => sum + (0.1 / number) * Math.sin(2 * Math.PI * 50 * number * seconds),
            0,
          ),
        ),
    ],
    ['typing', clicks],
    ['a crowd', crowd],
    ['silence', () => sound(() => 0)],
  ])('%s', (_what, make) => {
    expect(speechShare(make())).toBeLessThan(0.1);
  });
});
