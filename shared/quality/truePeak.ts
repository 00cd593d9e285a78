/** The highest point of the wave between the samples: four times oversampled (ITU-R BS.1770-4, annex 2). */

/** Of the filter of annex 2: four phases of twelve taps; the last two are the first two read backwards. */
const FIRST = Float64Array.of(
  0.001708984375,
  0.010986328125,
  -0.0196533203125,
  0.033203125,
  -0.0594482421875,
  0.1373291015625,
  0.97216796875,
  -0.102294921875,
  0.047607421875,
  -0.026611328125,
  0.014892578125,
  -0.00830078125,
);
const SECOND = Float64Array.of(
  -0.0291748046875,
  0.029296875,
  -0.0517578125,
  0.089111328125,
  -0.16650390625,
  0.465087890625,
  0.77978515625,
  -0.2003173828125,
  0.1015625,
  -0.0582275390625,
  0.0330810546875,
  -0.0189208984375,
);
const TAPS = FIRST.length;
/** No phase gives more than this times the largest of the samples it is made of. */
const LARGEST_GAIN = Math.max(
  ...[FIRST, SECOND].map((phase) => phase.reduce((sum, tap) => sum + Math.abs(tap), 0)),
);

/** Samples that are looked at together, to see whether it is worth it. */
const STEP = 32;

/** Follows one channel through its pieces. */
export class TruePeak {
  #before = new Float32Array(TAPS - 1);

  /** Largest size of the oversampled wave in the next piece; 1 is full scale. */
  peak(samples: Float32Array): number {
    const line = new Float32Array(TAPS - 1 + samples.length);
    line.set(this.#before);
    line.set(samples, TAPS - 1);
    this.#before = line.slice(samples.length);
    let peak = largestOf(samples, 0, samples.length);
    // Where all samples around are far below what was found already, nothing higher can lie between them.
    for (let start = 0; start < samples.length; start += STEP) {
      const end = Math.min(samples.length, start + STEP);
      if (largestOf(line, start, end + TAPS - 1) * LARGEST_GAIN <= peak) continue;
      for (let at = start; at < end; at += 1) {
        const here = between(line, at);
        if (here > peak) peak = here;
      }
    }
    return peak;
  }
}

function largestOf(samples: Float32Array, start: number, end: number): number {
  let largest = 0;
  for (let at = start; at < end; at += 1) {
    const size = Math.abs(samples[at] ?? 0);
    if (size > largest) largest = size;
  }
  return largest;
}

/** The largest of the four phases behind a sample. */
function between(line: Float32Array, at: number): number {
  let first = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  for (let tap = 0; tap < TAPS; tap += 1) {
    // The newest sample meets the first tap.
    const sample = line[at + TAPS - 1 - tap] ?? 0;
    first += (FIRST[tap] ?? 0) * sample;
    second += (SECOND[tap] ?? 0) * sample;
    third += (SECOND[TAPS - 1 - tap] ?? 0) * sample;
    fourth += (FIRST[TAPS - 1 - tap] ?? 0) * sample;
  }
  return Math.max(Math.abs(first), Math.abs(second), Math.abs(third), Math.abs(fourth));
}
