/** When the frames of a take are shown, and how evenly they follow each other. */
import type { FrameTiming } from '../domain/media.ts';
import { LIMITS } from './limits.ts';
import type { FrameTimes, TimeRange } from './observations.ts';

/** Units of `FrameTimes.intervals` in a second. */
const TENTHS = 10_000;
/** A time later than this many intervals after its neighbour means that frames between them are missing. */
const MISSING_FROM = 1.5;

/** When each frame is shown, seconds of the take. Empty where the packets could not be read. */
export function timesOf({ intervals }: FrameTimes): number[] {
  if (intervals.length === 0) return [];
  const times = [0];
  // Summed in whole units, so that nothing drifts over ten minutes.
  let at = 0;
  for (const [distance, count] of intervals) {
    for (let one = 0; one < count; one += 1) {
      at += distance;
      times.push(at / TENTHS);
    }
  }
  return times;
}

/** The distance from each time to the next; one fewer than there are times. */
export function intervalsBetween(times: readonly number[]): number[] {
  return times.slice(1).map((time, index) => time - (times[index] ?? time));
}

/** Where no picture comes for longer than the limit: from the last one before to the first one after. */
export function gapsIn(times: readonly number[]): TimeRange[] {
  return times.slice(1).flatMap((endSeconds, index) => {
    const startSeconds = times[index] ?? endSeconds;
    return endSeconds - startSeconds > LIMITS.frameGap.value ? [{ startSeconds, endSeconds }] : [];
  });
}

/** How even these intervals are, seconds each. `packets` is how many frames they lie between. */
export function timingOf(intervals: readonly number[], packets: number): FrameTiming {
  const median = quantile(intervals, 0.5);
  const missing =
    median > 0
      ? intervals.reduce(
          (sum, one) => sum + (one > median * MISSING_FROM ? Math.round(one / median) - 1 : 0),
          0,
        )
      : 0;
  const deviations = intervals.map((one) => Math.abs(one - median));
  return {
    packets,
    medianSeconds: round(median, 6),
    p95DeviationMs: round(quantile(deviations, 0.95) * 1000, 3),
    longestGapSeconds: round(
      intervals.reduce((longest, one) => Math.max(longest, one), 0),
      6,
    ),
    missingShare: packets + missing === 0 ? 0 : missing / (packets + missing),
  };
}

/** The value below which this share of the values lies; 0 of none. */
export function quantile(values: readonly number[], share: number): number {
  return quantileOfSorted(
    [...values].sort((a, b) => a - b),
    share,
  );
}

/** The same of values that stand in order already, from the lowest. */
export function quantileOfSorted(sorted: ArrayLike<number>, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
