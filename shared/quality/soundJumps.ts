/** Where sound does not go on as it was: at a cut voice and room change from one moment to the next. */
import { VOICE_BANDS, VOICE_FRAME_SECONDS, type VoiceFrame } from './voiceFrames.ts';

/** What is usual is told from so many frames before and after: 1.5 s. */
const AROUND = 75;
/** Those next to the moment belong to it. */
const ITS_OWN = 3;
/** Ordinary speech changes by this much in this share of its moments, or less. */
const USUAL = 0.8;
/** Decibels: silence changes by next to nothing, and anything would be a jump. */
const LEAST_USUAL = 1.5;
/** Bands that are fainter say nothing, dB. */
const FAINTEST = -75;

/** Frames before and after among which a click has to stand out. */
const CLICK_AROUND = 5;
/** A plosive stands out as well: measured on speech, 1 in 30 moments reaches 4, half of the hard cuts do. */
const CLICK_WEIGHT = 0.7;
/** The last bit of 16: what is finer is no click. */
const FAINTEST_CLICK = 1 / 32_768;

/** The running spectrum of a take: 12 small numbers for every 20 ms. */
export class SoundJumps {
  readonly #bands: Uint8Array[] = [];
  readonly #roughness: number[] = [];
  #before: Float32Array = new Float32Array(3);

  /** The next frames, and the samples at full rate that they were made of. */
  add(frames: readonly VoiceFrame[], samples: Float32Array): void {
    for (const { bands } of frames)
      this.#bands.push(Uint8Array.from(bands, (level) => Math.max(0, Math.min(255, level - FAINTEST))));
    const length = samples.length / Math.max(1, frames.length);
    const line = new Float32Array(samples.length + 3);
    line.set(this.#before);
    line.set(samples, 3);
    for (let start = 0; start < samples.length; start += length)
      this.#roughness.push(roughest(line.subarray(start, start + length + 3)));
    this.#before = line.slice(samples.length);
  }

  /**
   * How much sound jumps at a moment, over what is usual in the three seconds around it: about 1 is as ever, 3 is rare.
   * The spectrum changes at once, or the wave has a corner. Null where there is too little sound around to tell.
   */
  at(seconds: number): number | null {
    const frame = Math.round(seconds / VOICE_FRAME_SECONDS);
    if (frame < 1 || frame + 1 >= this.#bands.length) return null;
    const usual: number[] = [];
    for (let other = frame - AROUND; other <= frame + AROUND; other += 1) {
      if (Math.abs(other - frame) <= ITS_OWN) continue;
      const change = this.#change(other);
      if (change !== null) usual.push(change);
    }
    if (usual.length < AROUND / 2) return null;
    usual.sort((one, other) => one - other);
    const typical = Math.max(LEAST_USUAL, usual[Math.floor(usual.length * USUAL)] ?? 0);
    // A frame looks back a little further than it is long.
    const change = Math.max(this.#change(frame) ?? 0, this.#change(frame + 1) ?? 0);
    return Math.max(change / typical, CLICK_WEIGHT * this.#click(frame));
  }

  /** Mean difference of the bands from one frame to the next, dB. */
  #change(frame: number): number | null {
    const before = this.#bands[frame - 1];
    const after = this.#bands[frame];
    if (before === undefined || after === undefined) return null;
    let sum = 0;
    for (let band = 0; band < VOICE_BANDS; band += 1)
      sum += Math.abs((after[band] ?? 0) - (before[band] ?? 0));
    return sum / VOICE_BANDS;
  }

  /** How much rougher the wave is at the beginning of a frame than anywhere around. */
  #click(frame: number): number {
    let here = 0;
    let around = FAINTEST_CLICK;
    for (let other = frame - CLICK_AROUND; other <= frame + CLICK_AROUND; other += 1) {
      const roughness = this.#roughness[other] ?? 0;
      if (Math.abs(other - frame) <= 1) here = Math.max(here, roughness);
      else around = Math.max(around, roughness);
    }
    return here / around;
  }
}

/** Largest third difference: what was recorded in one go is smooth, and where two waves meet there is a corner. */
function roughest(line: Float32Array): number {
  let largest = 0;
  for (let at = 3; at < line.length; at += 1) {
    const difference =
      (line[at] ?? 0) - 3 * (line[at - 1] ?? 0) + 3 * (line[at - 2] ?? 0) - (line[at - 3] ?? 0);
    largest = Math.max(largest, Math.abs(difference));
  }
  return largest;
}
