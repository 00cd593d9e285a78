/** Loudness and true peak as ITU-R BS.1770-4 has them. */
import { DIGITAL_SILENCE } from './sound.ts';

type Biquad = readonly [b0: number, b1: number, b2: number, a1: number, a2: number];

/** K-weighting for 48 kHz: the head's shelf, then the low cut (tables 1 and 2 of the recommendation). */
const SHELF: Biquad = [
  1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585,
];
const LOW_CUT: Biquad = [1, -2, 1, -1.99004745483398, 0.99007225036621];
/** A sine of 997 Hz at full scale in one channel has -3.01 LUFS. */
const OFFSET = -0.691;

/** Blocks quieter than this do not count, LUFS; nor do those this much below the mean of the others, LU. */
const ABSOLUTE_GATE = -70;
const RELATIVE_GATE = -10;

/** Weighs one channel after another piece of it; remembers where it was. */
export class KWeighting {
  readonly #state = new Float64Array(4);

  /** Sum of the squares of the weighted samples. */
  energy(samples: Float32Array): number {
    const [b0, b1, b2, a1, a2] = SHELF;
    const [c0, c1, c2, d1, d2] = LOW_CUT;
    let [s1 = 0, s2 = 0, t1 = 0, t2 = 0] = this.#state;
    let sum = 0;
    for (let at = 0; at < samples.length; at += 1) {
      const sample = samples[at] ?? 0;
      const shelved = b0 * sample + s1;
      s1 = b1 * sample - a1 * shelved + s2;
      s2 = b2 * sample - a2 * shelved;
      const weighted = c0 * shelved + t1;
      t1 = c1 * shelved - d1 * weighted + t2;
      t2 = c2 * shelved - d2 * weighted;
      sum += weighted * weighted;
    }
    this.#state.set([s1, s2, t1, t2]);
    return sum;
  }
}

/** Loudness of a block from the mean squares of its weighted channels, added up; LUFS, -120 for silence. */
export function loudnessOf(meanSquare: number): number {
  return meanSquare <= 0 ? DIGITAL_SILENCE : Math.max(DIGITAL_SILENCE, OFFSET + 10 * Math.log10(meanSquare));
}

/** The mean of many blocks, gated as the recommendation says; LUFS, null where none is loud enough. */
export function integratedLoudness(blocks: readonly number[]): number | null {
  const audible = blocks.filter((block) => block > ABSOLUTE_GATE);
  if (audible.length === 0) return null;
  const gate = meanOf(audible) + RELATIVE_GATE;
  return meanOf(audible.filter((block) => block > gate));
}

/** Mean of powers, not of decibels. */
function meanOf(levels: readonly number[]): number {
  return 10 * Math.log10(levels.reduce((sum, level) => sum + 10 ** (level / 10), 0) / levels.length);
}
