/**
 * The sound of a take as one unbroken line of samples, in step with the picture. What the microphone delivers is cut
 * to begin with the take, stretched imperceptibly where its clock differs from the picture's, and filled with silence
 * where it delivered nothing.
 */
import { Resampler } from './resampler.ts';

/** Samples a second of every recording: what a master needs. */
export const SAMPLE_RATE = 48_000;

/** A difference is made good in this many seconds. */
const CATCH_UP_SECONDS = 4;
/** Largest stretch, as a share: 3.5 hundredths of a semitone. Above what the pacer may ask for, so that sound catches up. */
const LARGEST_STRETCH = 0.002;
/** Less than this is left alone, seconds: a stamp is no more exact. */
const UNHEARD_SECONDS = 0.001;
/** Blocks over which stamps are averaged, by their length in seconds. */
const AVERAGE_SECONDS = 2;
/** More than this, for as long as `LOST_FOR_SECONDS`, and sound was lost (or came twice): made good at once. */
const LOST_SECONDS = 0.06;
const LOST_FOR_SECONDS = 0.3;

/** What the microphone delivered at once. */
export interface SoundBlock {
  /** Of its first sample, on the common clock, seconds. */
  readonly at: number;
  readonly sampleRate: number;
  /** Samples of each channel, all of one length, -1 to 1. */
  readonly planes: readonly Float32Array[];
}

export type Samples = readonly Float32Array<ArrayBuffer>[];

export class SoundLine {
  readonly #start: number;
  readonly #channels: number;
  readonly #resampler: Resampler;
  #length = 0;
  #difference: number | null = null;
  #lostFor = 0;

  /** @param start time of the line's first sample on the common clock, seconds */
  constructor(start: number, channels: number) {
    this.#start = start;
    this.#channels = channels;
    this.#resampler = new Resampler(channels);
  }

  /** Samples so far, of each channel. */
  get length(): number {
    return this.#length;
  }

  /** By how much the sound lies later than it should, seconds, averaged over two seconds. */
  get offset(): number {
    return -(this.#difference ?? 0);
  }

  /**
   * Takes what the microphone delivered.
   * @param shift of the take's time from the common clock, seconds
   * @returns what it adds to the line, silence and cuts included; often nothing before the take begins
   */
  add(block: SoundBlock, shift: number): Samples[] {
    const parts: Samples[] = [];
    const seconds = (block.planes[0]?.length ?? 0) / block.sampleRate;
    const begun = this.#difference !== null;
    let difference = this.#differenceOf(block, shift);
    let planes = mixed(block.planes, this.#channels);
    const step = block.sampleRate / SAMPLE_RATE;
    if (!begun) {
      // Before the take: not part of it. Across its beginning: cut to the sample. After it: silence till then.
      const early = Math.round(-difference * block.sampleRate);
      if (early >= (planes[0]?.length ?? 0)) return [];
      if (early > 0) planes = planes.map((plane) => plane.subarray(early));
      else this.#silence(Math.round(difference * SAMPLE_RATE), parts);
      difference = 0;
    } else if (Math.abs(difference) <= LOST_SECONDS) {
      this.#lostFor = 0;
    } else {
      this.#lostFor += seconds;
      if (this.#lostFor >= LOST_FOR_SECONDS) {
        this.#lostFor = 0;
        if (difference < 0) {
          const twice = Math.min(planes[0]?.length ?? 0, Math.round(-difference * block.sampleRate));
          planes = planes.map((plane) => plane.subarray(twice));
          this.#lostFor = twice < -difference * block.sampleRate - 1 ? LOST_FOR_SECONDS : 0;
        } else this.#silence(Math.round(difference * SAMPLE_RATE), parts);
        this.#difference = 0;
        difference = 0;
      }
    }
    const share = Math.min(1, seconds / AVERAGE_SECONDS);
    this.#difference = (this.#difference ?? 0) + (difference - (this.#difference ?? 0)) * share;
    const made = this.#resampler.process(planes, step / (1 + this.#stretch()));
    this.#push(made, parts);
    return parts;
  }

  /** Silence up to this length, where the microphone delivers nothing. */
  fillTo(length: number): Samples[] {
    const parts: Samples[] = [];
    if (length <= this.#length) return parts;
    this.#difference ??= 0;
    this.#silence(length - this.#length, parts);
    return parts;
  }

  /** Where the block lies, less where the line goes on, seconds: positive when the line is short. */
  #differenceOf(block: SoundBlock, shift: number): number {
    const next = block.at + this.#resampler.ahead / block.sampleRate;
    const wanted = this.#difference === null ? block.at : next;
    return wanted - (this.#start + shift + this.#length / SAMPLE_RATE);
  }

  #stretch(): number {
    const difference = this.#difference ?? 0;
    if (Math.abs(difference) < UNHEARD_SECONDS) return 0;
    return Math.min(LARGEST_STRETCH, Math.max(-LARGEST_STRETCH, difference / CATCH_UP_SECONDS));
  }

  #silence(length: number, parts: Samples[]): void {
    // A second at a time: a long silence is no reason for a large block.
    for (let left = length; left > 0; left -= SAMPLE_RATE) {
      const size = Math.min(left, SAMPLE_RATE);
      this.#push(
        Array.from({ length: this.#channels }, () => new Float32Array(size)),
        parts,
      );
    }
  }

  #push(samples: Samples, parts: Samples[]): void {
    const length = samples[0]?.length ?? 0;
    if (length === 0) return;
    this.#length += length;
    parts.push(samples);
  }
}

/** The channels that the take has: one is heard on both sides, several are mixed into one. */
function mixed(planes: readonly Float32Array[], channels: number): readonly Float32Array[] {
  if (planes.length === channels) return planes;
  if (channels === 1) {
    const mix = new Float32Array(planes[0]?.length ?? 0);
    for (const plane of planes)
      for (let index = 0; index < mix.length; index++)
        mix[index] = (mix[index] ?? 0) + (plane[index] ?? 0) / planes.length;
    return [mix];
  }
  const [first = new Float32Array(), second = first] = planes;
  return Array.from({ length: channels }, (_, channel) => (channel === 0 ? first : second));
}
