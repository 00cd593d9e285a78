/** Turns the samples of a take, as they come, into what is kept of its sound. */
import { KWeighting, loudnessOf } from './loudness.ts';
import type { SoundTrack, SoundWindow } from './observations.ts';
import { SOUND_WINDOW_SECONDS } from './sampling.ts';
import { measureSound, toDecibel } from './sound.ts';
import { TruePeak } from './truePeak.ts';

/** Samples a second that are listened to. */
export const HEARD_SAMPLE_RATE = 48_000;
const WINDOW_SAMPLES = Math.round(HEARD_SAMPLE_RATE * SOUND_WINDOW_SECONDS);
/** Of what is drawn: 20 ms. */
const PEAK_SAMPLES = HEARD_SAMPLE_RATE / 50;

/** Listens to a take from its first sample to its last. Its memory grows by the few figures of each window alone. */
export class SoundListener {
  readonly #channels: readonly { window: Float32Array; weighting: KWeighting; truePeak: TruePeak }[];
  readonly #windows: SoundWindow[] = [];
  readonly #peaks: number[] = [];
  #filled = 0;

  /** @param channels how many there are */
  constructor(channels: number) {
    this.#channels = Array.from({ length: channels }, () => ({
      window: new Float32Array(WINDOW_SAMPLES),
      weighting: new KWeighting(),
      truePeak: new TruePeak(),
    }));
  }

  /** The next samples, channels interleaved, -1 to 1. */
  add(samples: Float32Array): void {
    const count = this.#channels.length;
    for (let at = 0; at < samples.length; at += count) {
      for (let channel = 0; channel < count; channel += 1)
        (this.#channels[channel]?.window ?? [])[this.#filled] = samples[at + channel] ?? 0;
      this.#filled += 1;
      if (this.#filled === WINDOW_SAMPLES) this.#closeWindow();
    }
  }

  /** There are no more. */
  end(): SoundTrack {
    if (this.#filled >= WINDOW_SAMPLES / 2 || (this.#windows.length === 0 && this.#filled > 0))
      this.#closeWindow();
    return { windows: this.#windows, peaks: this.#peaks, humHz: null, echoMs: null };
  }

  #closeWindow(): void {
    const planes = this.#channels.map(({ window }) => window.subarray(0, this.#filled));
    const sample = measureSound(planes, this.#windows.length * SOUND_WINDOW_SECONDS);
    let energy = 0;
    let truePeak = 0;
    for (const [index, { weighting, truePeak: oversampled }] of this.#channels.entries()) {
      const plane = planes[index] ?? new Float32Array(0);
      energy += weighting.energy(plane);
      truePeak = Math.max(truePeak, oversampled.peak(plane));
    }
    for (let start = 0; start < this.#filled; start += PEAK_SAMPLES) {
      let peak = 0;
      for (const plane of planes)
        for (const value of plane.subarray(start, start + PEAK_SAMPLES))
          peak = Math.max(peak, Math.abs(value));
      this.#peaks.push(Math.min(255, Math.round(peak * 255)));
    }
    this.#windows.push({
      ...sample,
      speech: sample.rmsDbfs - sample.quietDbfs >= 3 && sample.rmsDbfs > -62 ? 1 : 0,
      loudnessLufs: loudnessOf(energy / Math.max(1, this.#filled)),
      truePeakDbtp: toDecibel(truePeak),
      humDb: 0,
    });
    this.#filled = 0;
  }
}
