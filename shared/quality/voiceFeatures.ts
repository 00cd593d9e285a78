/** What some two seconds of sound are like, in figures that do not depend on how loud they are. */
import { VOICE_BANDS, VOICE_FRAME_SECONDS, type VoiceFrame } from './voiceFrames.ts';

/** A frame repeats itself from here on as a vowel does. */
const VOICED = 0.6;
/** Softer than the loudest frames by so many decibels counts as a pause. */
const PAUSE_BELOW = 18;
/** Rates of change at which bands are followed, hertz: syllables are heard at 2 to 8. */
const RATES = [1, 2, 3, 4, 5.5, 8, 12];
const SYLLABLES: readonly number[] = [3, 4, 5.5, 8];

export function voiceFeatures(frames: readonly VoiceFrame[]): number[] {
  const levels = frames.map(({ level }) => level);
  const sorted = [...levels].sort((one, other) => one - other);
  const loud = quantile(sorted, 0.9);
  const active = frames.filter(({ level }) => level > loud - PAUSE_BELOW);
  return [
    ...levelFeatures(levels, sorted, loud),
    ...pitchFeatures(frames, loud),
    ...bandFeatures(frames, active),
    ...rateFeatures(frames, loud),
  ];
}

function levelFeatures(levels: readonly number[], sorted: readonly number[], loud: number): number[] {
  const changes = levels.slice(1).map((level, index) => level - (levels[index] ?? level));
  return [
    (loud - quantile(sorted, 0.1)) / 20,
    (loud - quantile(sorted, 0.5)) / 10,
    spread(levels.map((level) => Math.max(level, loud - 30))) / 10,
    shareOf(levels, (level) => level < loud - PAUSE_BELOW),
    mean(changes.map(Math.abs)) / 4,
    // Onsets are steeper than decays where something is struck.
    shareOf(changes, (change) => change > 6) * 5,
    shareOf(changes, (change) => change < -6) * 5,
  ];
}

function pitchFeatures(frames: readonly VoiceFrame[], loud: number): number[] {
  const voiced = frames.map(({ voicing, level }) => voicing > VOICED && level > loud - PAUSE_BELOW);
  const steps: number[] = [];
  const pitches: number[] = [];
  let runs = 0;
  frames.forEach((frame, index) => {
    if (voiced[index] !== true) return;
    pitches.push(frame.pitch);
    const before = frames[index - 1];
    if (before === undefined || voiced[index - 1] !== true) runs += 1;
    else steps.push(Math.abs(frame.pitch - before.pitch));
  });
  const active = frames.filter(({ level }) => level > loud - PAUSE_BELOW);
  const strengths = active.map(({ voicing }) => voicing);
  const middle = quantile(
    [...pitches].sort((one, other) => one - other),
    0.5,
  );
  return [
    pitches.length / Math.max(1, active.length),
    mean(strengths),
    spread(strengths) * 3,
    runs / Math.max(0.5, frames.length * VOICE_FRAME_SECONDS) / 5,
    pitches.length === 0 ? 0 : middle / 20,
    mean(pitches.map((pitch) => Math.min(12, Math.abs(pitch - middle)))) / 4,
    // Held notes hardly move at all, voices glide, and what has no pitch jumps.
    shareOf(steps, (step) => step < 0.06),
    shareOf(steps, (step) => step >= 0.06 && step < 1),
    shareOf(steps, (step) => step >= 2) * 2,
  ];
}

function bandFeatures(frames: readonly VoiceFrame[], active: readonly VoiceFrame[]): number[] {
  const fluxes: number[] = [];
  frames.forEach((frame, index) => {
    const before = frames[index - 1];
    if (before === undefined) return;
    let sum = 0;
    for (let band = 0; band < VOICE_BANDS; band += 1)
      sum += Math.abs((frame.bands[band] ?? 0) - (before.bands[band] ?? 0) - frame.level + before.level);
    fluxes.push(sum / VOICE_BANDS);
  });
  // The shape of the spectrum without its level: vowels and consonants change it all the time.
  const shapes = Array.from({ length: VOICE_BANDS }, (_, band) =>
    active.map(({ bands, level }) => (bands[band] ?? 0) - level),
  );
  const tilts = active.map(
    ({ bands }) => (mean(bands.subarray(0, 4)) - mean(bands.subarray(VOICE_BANDS - 4))) / 10,
  );
  const flat = active.map(({ flatness }) => Math.log10(flatness + 1e-4));
  return [
    mean(fluxes) / 4,
    spread(fluxes) / 3,
    mean(shapes.slice(0, 4).map(spread)) / 6,
    mean(shapes.slice(4, 8).map(spread)) / 6,
    mean(shapes.slice(8).map(spread)) / 6,
    mean(tilts),
    spread(tilts),
    mean(flat) + 1.5,
    spread(flat) * 2,
  ];
}

/** How strongly the loudness of low, middle and high bands goes up and down at each rate. */
function rateFeatures(frames: readonly VoiceFrame[], loud: number): number[] {
  const groups = [
    [0, 3],
    [3, 7],
    [7, VOICE_BANDS],
  ] as const;
  const strengths = RATES.map(() => 0);
  const signals = groups.map(([from, to]) => {
    const signal = frames.map(({ bands }) => mean(bands.subarray(from, to)));
    const top = Math.max(...signal, loud - 40);
    const floored = signal.map((value) => Math.max(value, top - 30));
    const middle = mean(floored);
    return floored.map((value, index) => (value - middle) * hann(index, floored.length));
  });
  for (const signal of signals)
    RATES.forEach((rate, index) => {
      strengths[index] = (strengths[index] ?? 0) + strengthAt(signal, rate) / groups.length;
    });
  const all = strengths.reduce((sum, strength) => sum + strength, 1e-6);
  const syllables = RATES.reduce(
    (sum, rate, index) => sum + (SYLLABLES.includes(rate) ? (strengths[index] ?? 0) : 0),
    0,
  );
  return [
    syllables / all,
    Math.log10(1 + all),
    correlation(signals[0] ?? [], signals[2] ?? []),
    correlation(signals[0] ?? [], signals[1] ?? []),
    (strengths.at(-1) ?? 0) / all,
  ];
}

const hann = (index: number, length: number): number =>
  0.5 - 0.5 * Math.cos((2 * Math.PI * (index + 0.5)) / length);

/** Size of one rate of change in a signal of one value a frame. */
function strengthAt(signal: readonly number[], hertz: number): number {
  const step = 2 * Math.PI * hertz * VOICE_FRAME_SECONDS;
  let real = 0;
  let imaginary = 0;
  signal.forEach((value, index) => {
    real += value * Math.cos(step * index);
    imaginary += value * Math.sin(step * index);
  });
  return (Math.hypot(real, imaginary) * 2) / Math.max(1, signal.length);
}

function correlation(one: readonly number[], other: readonly number[]): number {
  let both = 0;
  let ones = 1e-6;
  let others = 1e-6;
  one.forEach((value, index) => {
    both += value * (other[index] ?? 0);
    ones += value * value;
    others += (other[index] ?? 0) ** 2;
  });
  return both / Math.sqrt(ones * others);
}

function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < values.length; index += 1) sum += values[index] ?? 0;
  return values.length === 0 ? 0 : sum / values.length;
}

/** Standard deviation. */
function spread(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
}

function shareOf(values: readonly number[], counts: (value: number) => boolean): number {
  return values.length === 0 ? 0 : values.filter(counts).length / values.length;
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
