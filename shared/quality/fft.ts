/** Discrete Fourier transform of real samples, for lengths that are powers of two. */

interface Spectrum {
  /** Samples it takes. */
  readonly size: number;
  /**
   * Power of each frequency from 0 to half the sample rate (`size / 2 + 1` values): a sine of amplitude 1 at the middle
   * of one has 0.25 × the square of the window's sum there. `samples` is multiplied by the window first.
   */
  power(samples: Float32Array, into: Float32Array): void;
}

/** A transform with a Hann window. One after another may be asked for, never two at once: it works in its own memory. */
export function createSpectrum(size: number): Spectrum {
  const half = size / 2;
  // Two real halves travel as one complex signal of half the length.
  const steps = Math.log2(half);
  if (!Number.isInteger(steps) || half < 2) throw new RangeError(`not a power of two: ${size}`);
  const window = Float64Array.from(
    { length: size },
    (_, at) => 0.5 - 0.5 * Math.cos((2 * Math.PI * at) / size),
  );
  const cosines = Float64Array.from({ length: size }, (_, at) => Math.cos((2 * Math.PI * at) / size));
  const sines = Float64Array.from({ length: size }, (_, at) => -Math.sin((2 * Math.PI * at) / size));
  const swapped = Uint32Array.from({ length: half }, (_, at) => reversed(at, steps));
  const real = new Float64Array(half);
  const imaginary = new Float64Array(half);

  const transform = (): void => {
    for (let span = 1; span < half; span *= 2) {
      const stride = size / (span * 2);
      for (let start = 0; start < half; start += span * 2) {
        for (let at = 0; at < span; at += 1) {
          const low = start + at;
          const high = low + span;
          const turnReal = cosines[at * stride] ?? 0;
          const turnImaginary = sines[at * stride] ?? 0;
          const highReal = real[high] ?? 0;
          const highImaginary = imaginary[high] ?? 0;
          const addReal = highReal * turnReal - highImaginary * turnImaginary;
          const addImaginary = highReal * turnImaginary + highImaginary * turnReal;
          real[high] = (real[low] ?? 0) - addReal;
          imaginary[high] = (imaginary[low] ?? 0) - addImaginary;
          real[low] = (real[low] ?? 0) + addReal;
          imaginary[low] = (imaginary[low] ?? 0) + addImaginary;
        }
      }
    }
  };

  return {
    size,
    power(samples, into) {
      for (let at = 0; at < half; at += 1) {
        const place = swapped[at] ?? 0;
        real[place] = (samples[2 * at] ?? 0) * (window[2 * at] ?? 0);
        imaginary[place] = (samples[2 * at + 1] ?? 0) * (window[2 * at + 1] ?? 0);
      }
      transform();
      for (let at = 0; at <= half; at += 1) {
        const one = at % half;
        const other = (half - at) % half;
        const evenReal = ((real[one] ?? 0) + (real[other] ?? 0)) / 2;
        const evenImaginary = ((imaginary[one] ?? 0) - (imaginary[other] ?? 0)) / 2;
        const oddReal = ((imaginary[one] ?? 0) + (imaginary[other] ?? 0)) / 2;
        const oddImaginary = ((real[other] ?? 0) - (real[one] ?? 0)) / 2;
        const turnReal = at === half ? -1 : (cosines[at] ?? 0);
        const turnImaginary = at === half ? 0 : (sines[at] ?? 0);
        const sumReal = evenReal + oddReal * turnReal - oddImaginary * turnImaginary;
        const sumImaginary = evenImaginary + oddReal * turnImaginary + oddImaginary * turnReal;
        into[at] = sumReal * sumReal + sumImaginary * sumImaginary;
      }
    },
  };
}

function reversed(value: number, bits: number): number {
  let turned = 0;
  for (let bit = 0; bit < bits; bit += 1) turned |= ((value >> bit) & 1) << (bits - 1 - bit);
  return turned;
}
