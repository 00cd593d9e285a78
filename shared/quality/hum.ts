/** Hum of the mains: 50 or 60 Hz and their harmonics, standing out from what lies beside them. */

export const MAINS = [50, 60] as const;
export type Mains = (typeof MAINS)[number];

/** Harmonics that are looked at; the strongest of them count, because no device has them all. */
const HARMONICS = 6;
const COUNTED = 3;
/**
 * Neighbours, hertz from a harmonic: under a Hann window of 400 ms a steady tone leaves nothing there, and none of them
 * is a harmonic itself.
 */
const BESIDE = [-12.5, -7.5, 7.5, 12.5];
/** Keeps ratios of digital silence at 0 dB. */
const FAINTEST = 1e-14;

/** Listens for both in windows of one length. */
export class HumMeter {
  readonly #window: Float64Array;
  readonly #rate: number;

  /** @param rate samples a second, at least 1000; @param length samples of a window: 400 ms of them */
  constructor(rate: number, length: number) {
    this.#rate = rate;
    this.#window = Float64Array.from(
      { length },
      (_, at) => (0.5 - 0.5 * Math.cos((2 * Math.PI * at) / length)) / length,
    );
  }

  /** By how many decibels 50 Hz, and 60 Hz, stand out with their harmonics; about 2 in noise without any hum. */
  standOut(samples: Float32Array): Record<Mains, number> {
    const weighed = this.#window.slice();
    for (let at = 0; at < weighed.length; at += 1) weighed[at] = (weighed[at] ?? 0) * (samples[at] ?? 0);
    return { 50: this.#family(weighed, 50), 60: this.#family(weighed, 60) };
  }

  #family(samples: Float64Array, mains: Mains): number {
    const each = Array.from({ length: HARMONICS }, (_, index) => {
      const hertz = mains * (index + 1);
      const beside =
        BESIDE.reduce((sum, away) => sum + this.#power(samples, hertz + away), 0) / BESIDE.length;
      return 10 * Math.log10((this.#power(samples, hertz) + FAINTEST) / (beside + FAINTEST));
    });
    const strongest = each.sort((one, other) => other - one).slice(0, COUNTED);
    return Math.max(0, strongest.reduce((sum, decibels) => sum + decibels, 0) / COUNTED);
  }

  /** Goertzel's: power at one frequency. */
  #power(samples: Float64Array, hertz: number): number {
    const turn = 2 * Math.cos((2 * Math.PI * hertz) / this.#rate);
    let last = 0;
    let before = 0;
    for (let at = 0; at < samples.length; at += 1) {
      const next = (samples[at] ?? 0) + turn * last - before;
      before = last;
      last = next;
    }
    return last * last + before * before - turn * last * before;
  }
}

/** From here on it is a hum: noise without any reaches 5 in single windows. */
const HUM_FROM = 8;

/**
 * Which mains a take hums with, from its quietest windows: `strongest` is the one that stands out more, `humHz` the
 * same where that is a hum at all.
 */
export function mainsOf(windows: readonly Record<Mains, number>[]): {
  strongest: Mains;
  humHz: Mains | null;
} {
  const middle = (mains: Mains): number => {
    const sorted = windows.map((window) => window[mains]).sort((one, other) => one - other);
    return sorted[Math.floor(sorted.length / 2)] ?? 0;
  };
  const strongest = middle(60) > middle(50) ? 60 : 50;
  return { strongest, humHz: middle(strongest) >= HUM_FROM ? strongest : null };
}
