/** How long a room rings, told from how speech dies away in its pauses. */

/** A frame is 20 ms. */
const FRAME_MS = 20;
/** Decay is measured between these depths below the last loud frame, dB: the beginning is the voice's own. */
const FROM = 4;
const TO = 24;
/** What is told is the time for this much, dB. */
const TOLD = 20;
/** The room's own noise must lie this far below where measuring ends. */
const ABOVE_NOISE = 4;
/** Speech ends within this, or it fades by itself; frames. */
const LONGEST = 50;
/** Loud enough to begin from, dB below the loudest tenth. */
const LOUD = 12;
/** Endings that are needed, and the share of them, from the fastest, that shows the room. */
const FEWEST = 6;
const FASTEST = 0.25;

/**
 * Milliseconds in which sound falls by 20 dB after speech stops; null where too few words end in quiet enough a pause.
 * @param levels of every 20 ms, dB
 * @param speaks whether somebody speaks around a frame
 */
export function echoOf(levels: ArrayLike<number>, speaks: (frame: number) => boolean): number | null {
  const sorted = Float32Array.from(levels).sort();
  const loudest = sorted[Math.floor(sorted.length * 0.9)] ?? 0;
  const noise = sorted[Math.floor(sorted.length * 0.05)] ?? 0;
  const decays: number[] = [];
  for (let frame = 1; frame < levels.length - 1; frame += 1) {
    const level = levels[frame] ?? 0;
    if (level < loudest - LOUD || level - TO < noise + ABOVE_NOISE || !speaks(frame)) continue;
    const decay = decayFrom(levels, frame);
    if (decay === null) continue;
    decays.push(decay.milliseconds);
    frame = decay.end;
  }
  if (decays.length < FEWEST) return null;
  decays.sort((one, other) => one - other);
  return Math.round(decays[Math.floor(decays.length * FASTEST)] ?? 0);
}

/** The slope of a fall that begins here and does not rise again; null where there is none. */
function decayFrom(levels: ArrayLike<number>, start: number): { milliseconds: number; end: number } | null {
  const top = levels[start] ?? 0;
  let lowest = top;
  let from = -1;
  for (let frame = start + 1; frame < levels.length && frame <= start + LONGEST; frame += 1) {
    const level = levels[frame] ?? 0;
    // Reverberation wavers a little; a new syllable rises.
    if (level > lowest + 3 || (from < 0 && level > top)) return null;
    lowest = Math.min(lowest, level);
    if (from < 0 && level <= top - FROM) from = frame - 1;
    if (level <= top - TO) return { milliseconds: timeToFall(levels, from, frame), end: frame };
  }
  return null;
}

/** Between two frames, straight from level to level. */
function timeToFall(levels: ArrayLike<number>, first: number, last: number): number {
  const fall = (levels[first] ?? 0) - (levels[last] ?? 0);
  return ((last - first) * FRAME_MS * TOLD) / Math.max(1, fall);
}
