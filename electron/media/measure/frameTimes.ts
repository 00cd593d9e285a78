/** Times of frames as they are kept: compact, and counted from the first picture. */
import type { FrameTimes } from '../../../shared/quality/observations.ts';

/** Units of `FrameTimes.intervals` in a second. */
const TENTHS = 10_000;

/**
 * @param all when frames are shown, seconds of any clock and in any order
 * @param keys those from which decoding can begin
 */
export function frameTimesOf(all: readonly number[], keys: readonly number[]): FrameTimes {
  const sorted = [...all].sort((one, other) => one - other);
  const first = sorted[0] ?? 0;
  const intervals: [number, number][] = [];
  let before = 0;
  for (const time of sorted.slice(1)) {
    // The whole is rounded, not the distance, so that nothing drifts.
    const at = Math.round((time - first) * TENTHS);
    const last = intervals.at(-1);
    if (last?.[0] === at - before) last[1] += 1;
    else intervals.push([at - before, 1]);
    before = at;
  }
  const keyFrames = [...keys]
    .sort((one, other) => one - other)
    .map((time) => Math.max(0, Math.round((time - first) * TENTHS) / TENTHS));
  return { intervals, keyFrames };
}
