/** Index of the frame that is seen at a time; 0 before the first. */
export function frameAt(times: readonly number[], seconds: number): number {
  let low = 0;
  let high = times.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    // Players round times to microseconds; a frame counts from a hair before its time.
    if ((times[middle] ?? 0) <= seconds + 0.0005) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The time of the frame that begins nearest to a moment, seconds. The moment itself when frames are unknown. */
export function nearestFrame(times: readonly number[], seconds: number): number {
  if (times.length === 0) return seconds;
  const index = frameAt(times, seconds);
  const before = times[index] ?? 0;
  const after = times[index + 1] ?? before;
  return seconds - before <= after - seconds ? before : after;
}

/**
 * Where to seek to so that the frame `by` frames further is seen, seconds: into its middle, because a player that is
 * sent to a frame's very beginning may show the one before.
 */
export function stepTo(times: readonly number[], seconds: number, by: number): number {
  const index = Math.min(Math.max(frameAt(times, seconds) + by, 0), times.length - 1);
  const start = times[index] ?? 0;
  const end = times[index + 1] ?? start + (start - (times[index - 1] ?? start));
  return (start + end) / 2;
}

/** Frames of a video of which only the rate is known. */
export function evenFrames(frameRate: number, durationSeconds: number): number[] {
  return Array.from(
    { length: Math.max(1, Math.floor(durationSeconds * frameRate)) },
    (_, index) => index / frameRate,
  );
}
