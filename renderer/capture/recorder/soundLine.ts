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
/**
 * More than this, for as long as `LOST_FOR_SECONDS`, and sound was lost (or came twice): made good at once, as stretching
 * would take ten seconds.
 */
const LOST_SECONDS = 0.02;
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
  /** For how long blocks have lain too far off, seconds, and how far all of them did at least. */
  #lost: { seconds: number; least: number } | null = null;

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
    let difference = this.#differenceOf(block, shift);
    const off = this.#difference === null ? difference : this.#lostBy(difference, seconds);
    const planes = cut(mixed(block.planes, this.#channels), Math.round(-off * block.sampleRate));
    // All of it is from before the take, or came twice.
    if (planes === null) return parts;
    if (off > 0) this.#silence(Math.round(off * SAMPLE_RATE), parts);
    if (off !== 0) {
      this.#lost = null;
      this.#difference = 0;
      difference = 0;
    }
    const share = Math.min(1, seconds / AVERAGE_SECONDS);
    this.#difference = (this.#difference ?? 0) + (difference - (this.#difference ?? 0)) * share;
    const step = block.sampleRate / SAMPLE_RATE / (1 + this.#stretch());
    this.#push(this.#resampler.process(planes, step), parts);
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

  /** How much has to be made good at once, seconds: 0 as long as stretching will do. */
  #lostBy(difference: number, seconds: number): number {
    if (Math.abs(difference) <= LOST_SECONDS) {
      this.#lost = null;
      return 0;
    }
    const { seconds: before, least } = this.#lost ?? { seconds: 0, least: difference };
    const sameWay = Math.sign(least) === Math.sign(difference);
    this.#lost = {
      seconds: sameWay ? before + seconds : seconds,
      least: sameWay && Math.abs(least) < Math.abs(difference) ? least : difference,
    };
    return this.#lost.seconds >= LOST_FOR_SECONDS ? this.#lost.least : 0;
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

/** Without so many samples at the beginning; null when nothing is left. */
function cut(planes: readonly Float32Array[], samples: number): readonly Float32Array[] | null {
  if (samples <= 0) return planes;
  return samples < (planes[0]?.length ?? 0) ? planes.map((plane) => plane.subarray(samples)) : null;
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
