/** How long a room rings, told from how fast speech falls silent at its fastest: no faster than the room lets it. */

import { quantileOfSorted } from './frameTimes.ts';

/** A frame is 20 ms. */
const FRAME_MS = 20;
/** A fall is measured over this, frames: longer than what a voice itself needs to stop, shorter than most pauses. */
const SPAN = 5;
/** Which of the falls counts: faster ones are where a loud consonant stood, slower ones where the voice went on. */
const FASTEST = 0.95;
/** Falls begin with a voice: not further below the loudest tenth than this, dB. */
const LOUD = 20;
/** So much of a voice is needed, frames: three seconds. */
const FEWEST = 150;
/**
 * A steady noise hides how a room rings when the voice stands out by less than this, dB. Steady is what the quietest tenth
 * tells: its levels lie within this, dB, while those of a room that rings go on falling.
 */
const STANDS_OUT = 15;
const STEADY = 2.5;
/** What is told is the time for this much, dB. */
const TOLD = 20;

/**
 * Milliseconds in which sound falls by 20 dB where speech stops; null where too little is said to tell, or a noise hides it.
 *
 * Two speakers in rooms of 0.6, 0.9 and 1.2 s (to fall by 60 dB) gave 222 and 234, 271 and 284, 297 and 337; without a room
 * 84 and 123, and with a noise 4 dB below the voice up to 177. Looking for whole words that die away found none in rooms
 * that ring: the next word is there before the last one is gone.
 * @param levels of every 20 ms, dB
 * @param speaks whether somebody speaks around a frame
 */
export function echoOf(levels: ArrayLike<number>, speaks: (frame: number) => boolean): number | null {
  const sorted = Float32Array.from(levels).sort();
  const loudest = quantileOfSorted(sorted, 0.9);
  const isHidden =
    loudest - quantileOfSorted(sorted, 0.05) < STANDS_OUT &&
    quantileOfSorted(sorted, 0.1) - quantileOfSorted(sorted, 0.01) < STEADY;
  if (isHidden) return null;
  const falls: number[] = [];
  for (let frame = 0; frame + SPAN < levels.length; frame += 1) {
    const level = levels[frame] ?? 0;
    if (level >= loudest - LOUD && speaks(frame)) falls.push(level - (levels[frame + SPAN] ?? 0));
  }
  if (falls.length < FEWEST) return null;
  const fastest = quantileOfSorted(Float32Array.from(falls).sort(), FASTEST);
  return Math.round((SPAN * FRAME_MS * TOLD) / Math.max(1, fastest));
}
