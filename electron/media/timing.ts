import type { FrameTiming } from '../../shared/domain/media.ts';
import { intervalsBetween, timingOf } from '../../shared/quality/frameTimes.ts';

/** Figures of frame timing, and when the first frame begins and the last one ends, in seconds of the file's clock. */
export interface MeasuredFrames {
  readonly timing: FrameTiming;
  /** Over the intervals alone: the last frame's own duration is often wrong. Null for a single frame. */
  readonly framesPerSecond: number | null;
  readonly firstSeconds: number;
  readonly endSeconds: number;
}

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

  const intervals = sorted.flatMap(intervalsBetween);
  const packets = sorted.reduce((sum, times) => sum + times.length, 0);
  const timing = timingOf(intervals, packets);
  const span = intervals.reduce((sum, one) => sum + one, 0);
  return {
    framesPerSecond: span > 0 ? intervals.length / span : null,
    timing,
    firstSeconds: first,
    endSeconds:
      last +
      (lastDurationSeconds !== null && lastDurationSeconds > 0 ? lastDurationSeconds : timing.medianSeconds),
  };
}
