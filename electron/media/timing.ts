import type { FrameTiming } from '../../shared/domain/media.ts';

/** Figures of frame timing, and when the first frame begins and the last one ends, in seconds of the file's clock. */
export interface MeasuredFrames {
  readonly timing: FrameTiming;
  /** Over the intervals alone: the last frame's own duration is often wrong. Null for a single frame. */
  readonly framesPerSecond: number | null;
  readonly firstSeconds: number;
  readonly endSeconds: number;
}

/** A time later than this many intervals after its neighbour means that frames between them are missing. */
const MISSING_FROM = 1.5;

/**
 * How evenly frames follow each other. `stretches` are presentation times in seconds, in any order within one
 * stretch; the distance from one stretch to the next is not a gap, because what lies between was not read.
 * Null without any frame.
 */
export function measureFrames(
  stretches: readonly (readonly number[])[],
  lastDurationSeconds: number | null,
): MeasuredFrames | null {
  const sorted = stretches
    .filter((times) => times.length > 0)
    .map((times) => [...times].sort((a, b) => a - b));
  const first = sorted[0]?.[0];
  const last = sorted.at(-1)?.at(-1);
  if (first === undefined || last === undefined) return null;

  const intervals = sorted.flatMap((times) =>
    times.slice(1).map((time, index) => time - (times[index] ?? time)),
  );
  const packets = sorted.reduce((sum, times) => sum + times.length, 0);
  const median = quantile(intervals, 0.5);
  const missing =
    median > 0
      ? intervals.reduce(
          (sum, one) => sum + (one > median * MISSING_FROM ? Math.round(one / median) - 1 : 0),
          0,
        )
      : 0;
  const span = intervals.reduce((sum, one) => sum + one, 0);
  return {
    framesPerSecond: span > 0 ? intervals.length / span : null,
    timing: {
      packets,
      medianSeconds: round(median, 6),
      p95DeviationMs: round(
        quantile(
          intervals.map((one) => Math.abs(one - median)),
          0.95,
        ) * 1000,
        3,
      ),
      longestGapSeconds: round(
        intervals.reduce((longest, one) => Math.max(longest, one), 0),
        6,
      ),
      missingShare: missing / (packets + missing),
    },
    firstSeconds: first,
    endSeconds:
      last + (lastDurationSeconds !== null && lastDurationSeconds > 0 ? lastDurationSeconds : median),
  };
}

/** The value below which this share of the values lies; 0 of none. */
function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
