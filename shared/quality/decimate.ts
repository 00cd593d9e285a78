/** Makes sound of fewer samples a second, without what those cannot hold. */

/** Takes one channel piece by piece; remembers where it was. */
export class Decimator {
  readonly #factor: number;
  readonly #taps: Float64Array;
  #line: Float32Array;

  /**
   * @param factor one sample is kept of so many
   * @param taps how long the filter is; a longer one cuts more steeply
   */
  constructor(factor: number, taps: number) {
    this.#factor = factor;
    this.#taps = lowPass(0.42 / factor, taps);
    this.#line = new Float32Array(taps - 1);
  }

  /** The next samples, of which there must be a multiple of the factor. */
  add(samples: Float32Array): Float32Array {
    const taps = this.#taps;
    const line = new Float32Array(this.#line.length + samples.length);
    line.set(this.#line);
    line.set(samples, this.#line.length);
    const kept = new Float32Array(Math.floor(samples.length / this.#factor));
    for (let index = 0; index < kept.length; index += 1) {
      const start = index * this.#factor;
      let sum = 0;
      for (let tap = 0; tap < taps.length; tap += 1) sum += (taps[tap] ?? 0) * (line[start + tap] ?? 0);
      kept[index] = sum;
    }
    this.#line = line.slice(samples.length);
    return kept;
  }
}

/** A sinc under a Hann window; `cutoff` as a share of the sample rate. */
function lowPass(cutoff: number, length: number): Float64Array {
  const middle = (length - 1) / 2;
  const taps = Float64Array.from({ length }, (_, at) => {
    const away = at - middle;
    const sinc = away === 0 ? 2 * cutoff : Math.sin(2 * Math.PI * cutoff * away) / (Math.PI * away);
    return sinc * (0.5 - 0.5 * Math.cos((2 * Math.PI * (at + 1)) / (length + 1)));
  });
  const gain = taps.reduce((sum, tap) => sum + tap, 0);
  return taps.map((tap) => tap / gain);
}
