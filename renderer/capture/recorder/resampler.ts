/** Reads sound between its samples, to stretch it by what two clocks differ: thousandths at most, or 44.1 to 48 kHz. */

/** Samples on either side that make one new sample: flat to 18 kHz at 48 kHz. */
const REACH = 12;
/** Places between two samples that are worked out beforehand. */
const PHASES = 512;

/** Windowed sinc: one row of weights for each place between two samples, and one more for the end. */
const WEIGHTS = (() => {
  const weights = new Float32Array((PHASES + 1) * 2 * REACH);
  for (let phase = 0; phase <= PHASES; phase++) {
    for (let tap = 0; tap < 2 * REACH; tap++) {
      const distance = tap - (REACH - 1) - phase / PHASES;
      const sinc = distance === 0 ? 1 : Math.sin(Math.PI * distance) / (Math.PI * distance);
      const window = Math.abs(distance) >= REACH ? 0 : Math.cos((Math.PI * distance) / (2 * REACH)) ** 2;
      weights[phase * 2 * REACH + tap] = sinc * window;
    }
  }
  return weights;
})();

export class Resampler {
  #kept: Float32Array[];
  /** Of the next new sample, in samples of `#kept`. */
  #position = REACH - 1;

  constructor(channels: number) {
    this.#kept = Array.from({ length: channels }, () => new Float32Array(REACH - 1));
  }

  /** Samples between the next new one and the beginning of the next block: negative, for some wait for their followers. */
  get ahead(): number {
    return this.#position - (this.#kept[0]?.length ?? 0);
  }

  /**
   * @param block one array for each channel, all of one length
   * @param step samples of the block for each new one; below 1 stretches
   */
  process(block: readonly Float32Array[], step: number): Float32Array<ArrayBuffer>[] {
    const inputs = this.#kept.map((kept, channel) => joined(kept, block[channel] ?? new Float32Array()));
    const available = (inputs[0]?.length ?? 0) - REACH - this.#position;
    const count = Math.max(0, Math.ceil(available / step));
    // Clocks that agree cost nothing, and change nothing.
    const asItIs = step === 1 && Number.isInteger(this.#position);
    const outputs = inputs.map((input) => {
      if (asItIs) return input.slice(this.#position, this.#position + count);
      const output = new Float32Array(count);
      for (let index = 0; index < count; index++) output[index] = read(input, this.#position + index * step);
      return output;
    });
    const position = this.#position + count * step;
    const used = Math.max(0, Math.floor(position) - (REACH - 1));
    this.#kept = inputs.map((input) => input.slice(used));
    this.#position = position - used;
    return outputs;
  }
}

function read(input: Float32Array, position: number): number {
  const whole = Math.floor(position);
  const place = (position - whole) * PHASES;
  const phase = Math.floor(place);
  const share = place - phase;
  const row = phase * 2 * REACH;
  let sum = 0;
  for (let tap = 0; tap < 2 * REACH; tap++) {
    const here = WEIGHTS[row + tap] ?? 0;
    const next = share === 0 ? here : (WEIGHTS[row + 2 * REACH + tap] ?? 0);
    sum += (input[whole - REACH + 1 + tap] ?? 0) * (here + (next - here) * share);
  }
  return sum;
}

function joined(first: Float32Array, second: Float32Array): Float32Array {
  const all = new Float32Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}
