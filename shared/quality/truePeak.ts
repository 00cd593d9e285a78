/** The highest point of the wave between the samples: four times oversampled (ITU-R BS.1770-4, annex 2). */

/** Of the filter of annex 2: four phases of twelve taps; the last two are the first two read backwards. */
const FIRST = [
  0.001708984375, 0.010986328125, -0.0196533203125, 0.033203125, -0.0594482421875, 0.1373291015625,
  0.97216796875, -0.102294921875, 0.047607421875, -0.026611328125, 0.014892578125, -0.00830078125,
];
const SECOND = [
  -0.0291748046875, 0.029296875, -0.0517578125, 0.089111328125, -0.16650390625, 0.465087890625, 0.77978515625,
  -0.2003173828125, 0.1015625, -0.0582275390625, 0.0330810546875, -0.0189208984375,
];
const TAPS = FIRST.length;
const PHASES = [FIRST, SECOND, [...SECOND].reverse(), [...FIRST].reverse()].map((phase) =>
  Float64Array.from(phase),
);
/** No phase gives more than this times the largest of the samples it is made of. */
const LARGEST_GAIN = Math.max(...PHASES.map((phase) => phase.reduce((sum, tap) => sum + Math.abs(tap), 0)));

/** Follows one channel through its pieces. */
export class TruePeak {
  #before = new Float32Array(TAPS - 1);

  /** Largest size of the oversampled wave in the next piece; 1 is full scale. */
  peak(samples: Float32Array): number {
    const line = new Float32Array(TAPS - 1 + samples.length);
    line.set(this.#before);
    line.set(samples, TAPS - 1);
    this.#before = line.slice(samples.length);
    let peak = 0;
    for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
    // Where all samples around are far below what was found already, nothing higher can lie between them.
    const STEP = 32;
    for (let start = 0; start < samples.length; start += STEP) {
      const end = Math.min(samples.length, start + STEP);
      let around = 0;
      for (let at = start; at < end + TAPS - 1; at += 1) around = Math.max(around, Math.abs(line[at] ?? 0));
      if (around * LARGEST_GAIN <= peak) continue;
      for (let at = start; at < end; at += 1) peak = Math.max(peak, between(line, at));
    }
    return peak;
  }
}

function between(line: Float32Array, at: number): number {
  let largest = 0;
  for (const phase of PHASES) {
    let sum = 0;
    // The newest sample meets the first tap.
    for (let tap = 0; tap < TAPS; tap += 1) sum += (phase[tap] ?? 0) * (line[at + TAPS - 1 - tap] ?? 0);
    largest = Math.max(largest, Math.abs(sum));
  }
  return largest;
}
