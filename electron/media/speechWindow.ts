/** Where in a take somebody speaks, judged by the loudness of the voice band alone. Pure. */

/** Quieter than this is not a voice at a microphone, dBFS. */
const QUIETEST_VOICE = -55;
/** A voice stands this far above the room, dB. */
const ABOVE_ROOM = 9;
/** Share of a window that speech fills when somebody talks without haste; the rest are pauses between words. */
const USUAL_FILL = 0.85;

/**
 * Start, in seconds, of the window that is most like sustained speech.
 * `levels` are dBFS of the voice band (about 150 to 4000 Hz), one for each `frameSeconds`.
 * Speech is loud against the room and goes up and down with its syllables; a hum or music does not vary as much, a bang does
 * not last. Windows that begin in a pause are preferred, so that no word is cut. Returns 0 for a take shorter than the window.
 */
export function chooseSpeechWindow(
  levels: readonly number[],
  frameSeconds: number,
  windowSeconds: number,
): number {
  const length = Math.max(1, Math.round(windowSeconds / frameSeconds));
  if (levels.length <= length) return 0;
  const sorted = [...levels].sort((a, b) => a - b);
  const room = sorted[Math.floor(sorted.length * 0.1)] ?? QUIETEST_VOICE;
  const loudest = sorted[Math.floor(sorted.length * 0.95)] ?? 0;
  // Somebody who never pauses has no quiet tenth: then the loud parts are told from the middle.
  const threshold = Math.max(QUIETEST_VOICE, Math.min(room + ABOVE_ROOM, loudest - ABOVE_ROOM));
  const step = Math.max(1, Math.round(0.1 / frameSeconds));

  let best = { start: 0, score: Number.NEGATIVE_INFINITY };
  for (let start = 0; start + length <= levels.length; start += step) {
    const window = levels.slice(start, start + length);
    const score =
      scoreOf(window, threshold) + (startsInPause(levels, start, threshold, frameSeconds) ? 0.15 : 0);
    if (score > best.score) best = { start, score };
  }
  return best.start * frameSeconds;
}

/** About 0 (silence, or a steady tone) to 2 (fluent speech). */
function scoreOf(window: readonly number[], threshold: number): number {
  const spoken = window.filter((level) => level > threshold);
  const fill = spoken.length / window.length;
  if (spoken.length < 2) return 0;
  const mean = spoken.reduce((sum, level) => sum + level, 0) / spoken.length;
  const spread = Math.sqrt(spoken.reduce((sum, level) => sum + (level - mean) ** 2, 0) / spoken.length);
  // Syllables move a voice by 3 dB or more; the louder of two equal stretches is the clearer one.
  return (
    Math.min(fill, USUAL_FILL) / USUAL_FILL +
    Math.min(spread, 4) / 8 +
    Math.min(0.3, (mean - threshold) / 100)
  );
}

function startsInPause(
  levels: readonly number[],
  start: number,
  threshold: number,
  frameSeconds: number,
): boolean {
  const frames = Math.max(1, Math.round(0.08 / frameSeconds));
  return levels.slice(start, start + frames).every((level) => level <= threshold);
}
