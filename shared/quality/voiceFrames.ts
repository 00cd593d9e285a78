/** What 20 ms of sound are like to somebody who listens for a voice. */
import { createSpectrum } from './fft.ts';

/** One frame is as long as this, seconds; each looks back a little further. */
export const VOICE_FRAME_SECONDS = 0.02;
/** Samples a second in which the spectrum is seen, and those in which pitch is. */
export const SPECTRUM_RATE = 16_000;
export const PITCH_RATE = 4000;
const FRAME = SPECTRUM_RATE * VOICE_FRAME_SECONDS;
const PITCH_FRAME = PITCH_RATE * VOICE_FRAME_SECONDS;
/** 32 ms: two periods of the lowest voice. */
const SPECTRUM_SIZE = 512;
/** 45 ms and the longest period. */
const PITCH_SPAN = 180;
/** Voices lie within this, hertz. */
const LOWEST_PITCH = 70;
const HIGHEST_PITCH = 400;
/** Edges of the bands, hertz: about as the ear has them, up to what a telephone still carries. */
const BAND_EDGES = [100, 200, 320, 460, 630, 840, 1100, 1400, 1800, 2300, 2900, 3700];
export const VOICE_BANDS = BAND_EDGES.length - 1;
/** Keeps the logarithm of digital silence in reach: about -100 dBFS in a band. */
const FAINTEST = 1e-10;

export interface VoiceFrame {
  /** Level between 100 and 3700 Hz, dB. */
  readonly level: number;
  /** Levels of the bands, dB. */
  readonly bands: Float32Array;
  /** How much it repeats itself, 0 to 1: a hum, a tone and a vowel do. */
  readonly voicing: number;
  /** How often it does, in semitones above 55 Hz. */
  readonly pitch: number;
  /** How evenly power is spread over the bins, 0 (a tone) to 1 (noise). */
  readonly flatness: number;
}

/** Follows one channel piece by piece. */
export class VoiceFrames {
  readonly #spectrum = createSpectrum(SPECTRUM_SIZE);
  readonly #power = new Float32Array(SPECTRUM_SIZE / 2 + 1);
  #wide = new Float32Array(SPECTRUM_SIZE - FRAME);
  #narrow = new Float32Array(PITCH_SPAN - PITCH_FRAME);

  /** The next whole frames: the same sound at `SPECTRUM_RATE` and at `PITCH_RATE`. */
  add(wide: Float32Array, narrow: Float32Array): VoiceFrame[] {
    const wideLine = joined(this.#wide, wide);
    const narrowLine = joined(this.#narrow, narrow);
    const frames: VoiceFrame[] = [];
    for (let index = 0; (index + 1) * FRAME <= wide.length; index += 1) {
      this.#spectrum.power(wideLine.subarray(index * FRAME, index * FRAME + SPECTRUM_SIZE), this.#power);
      const start = index * PITCH_FRAME;
      frames.push({
        ...shapeOf(this.#power),
        ...pitchOf(narrowLine.subarray(start, start + PITCH_SPAN)),
      });
    }
    this.#wide = wideLine.slice(wide.length);
    this.#narrow = narrowLine.slice(narrow.length);
    return frames;
  }
}

function joined(before: Float32Array, next: Float32Array): Float32Array {
  const line = new Float32Array(before.length + next.length);
  line.set(before);
  line.set(next, before.length);
  return line;
}

const BIN_HERTZ = SPECTRUM_RATE / SPECTRUM_SIZE;
const BAND_BINS = BAND_EDGES.map((hertz) => Math.round(hertz / BIN_HERTZ));
/** Power of a full-scale sine under the Hann window. */
const FULL_SCALE = (SPECTRUM_SIZE / 4) ** 2;

function shapeOf(power: Float32Array): Pick<VoiceFrame, 'level' | 'bands' | 'flatness'> {
  const bands = new Float32Array(VOICE_BANDS);
  let all = 0;
  let logarithms = 0;
  let bins = 0;
  for (let band = 0; band < VOICE_BANDS; band += 1) {
    let sum = 0;
    for (let bin = BAND_BINS[band] ?? 0; bin < (BAND_BINS[band + 1] ?? 0); bin += 1) {
      const value = (power[bin] ?? 0) / FULL_SCALE;
      sum += value;
      logarithms += Math.log(value + FAINTEST / 100);
      bins += 1;
    }
    all += sum;
    bands[band] = 10 * Math.log10(sum + FAINTEST);
  }
  const flatness = Math.exp(logarithms / bins) / (all / bins + FAINTEST / 100);
  return { level: 10 * Math.log10(all + FAINTEST), bands, flatness: Math.min(1, flatness) };
}

/** By how well the sound fits itself when it is shifted by one period. */
function pitchOf(samples: Float32Array): Pick<VoiceFrame, 'voicing' | 'pitch'> {
  const shortest = Math.floor(PITCH_RATE / HIGHEST_PITCH);
  const longest = Math.ceil(PITCH_RATE / LOWEST_PITCH);
  const length = samples.length - longest - 1;
  let mean = 0;
  for (const sample of samples) mean += sample / samples.length;
  const centred = samples.map((sample) => sample - mean);
  const fit = new Float64Array(longest + 2);
  let here = FAINTEST;
  for (let at = 0; at < length; at += 1) here += (centred[at] ?? 0) ** 2;
  let there = here;
  for (let at = 0; at < shortest - 1; at += 1)
    there += (centred[at + length] ?? 0) ** 2 - (centred[at] ?? 0) ** 2;
  for (let lag = shortest - 1; lag <= longest + 1; lag += 1) {
    let sum = 0;
    for (let at = 0; at < length; at += 1) sum += (centred[at] ?? 0) * (centred[at + lag] ?? 0);
    fit[lag] = sum / Math.sqrt(here * Math.max(FAINTEST, there));
    there += (centred[lag + length] ?? 0) ** 2 - (centred[lag] ?? 0) ** 2;
  }
  let best = shortest;
  let bestFit = 0;
  for (let lag = shortest; lag <= longest; lag += 1) {
    const value = fit[lag] ?? 0;
    if (value < (fit[lag - 1] ?? 0) || value < (fit[lag + 1] ?? 0)) continue;
    // Twice the period fits as well as the period itself: the shorter one is meant.
    if (value > bestFit * 1.1 || bestFit === 0) {
      best = lag;
      bestFit = value;
    }
  }
  const [before = 0, middle = 0, after = 0] = fit.subarray(best - 1, best + 2);
  const bend = before - 2 * middle + after;
  const period = best + (bend < 0 ? (0.5 * (before - after)) / bend : 0);
  return {
    voicing: Math.max(0, Math.min(1, bestFit)),
    pitch: 12 * Math.log2(PITCH_RATE / period / 55),
  };
}
