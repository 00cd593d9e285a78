/** What rate the camera really has, from the times that its frames carry. */
const WINDOW_US = 2_000_000;
/** Fewer say nothing yet. */
const FEWEST_INTERVALS = 4;
/**
 * A machine that is busy loses a frame here and there, which is not the camera's doing: intervals that are so much
 * longer than the middle one do not count, as long as no more than this share of them is.
 */
const LONG = 1.5;
const RARE_SHARE = 0.15;

export interface CameraRate {
  /** A frame, with its own time in microseconds. */
  saw(timestampUs: number): void;
  /** Frames may have passed unseen since the last one: its interval to the next does not count. */
  lookedAway(): void;
  /** Whether the rate cannot be told unless frames are seen one after the other. */
  wantsToWatch(): boolean;
  /** Frames a second over the last two seconds; null until enough were seen. */
  framesPerSecond(): number | null;
}

interface Interval {
  readonly endUs: number;
  readonly lengthUs: number;
  /** Whether every frame in between would have been seen. */
  readonly watched: boolean;
}

export function createCameraRate(): CameraRate {
  let intervals: Interval[] = [];
  let firstUs: number | null = null;
  let lastUs: number | null = null;
  let watched = true;
  let seenInARow = true;
  const surely = () => intervals.filter((interval) => interval.watched);
  return {
    saw(timestampUs) {
      if (lastUs !== null && timestampUs <= lastUs) {
        // A camera that was opened anew counts from nought.
        intervals = [];
        firstUs = timestampUs;
      } else if (lastUs !== null) {
        intervals.push({ endUs: timestampUs, lengthUs: timestampUs - lastUs, watched });
        intervals = intervals.filter(({ endUs }) => endUs > timestampUs - WINDOW_US);
      }
      firstUs ??= timestampUs;
      lastUs = timestampUs;
      seenInARow = watched;
      watched = true;
    },
    lookedAway() {
      watched = false;
    },
    wantsToWatch: () => !seenInARow && surely().length < FEWEST_INTERVALS,
    framesPerSecond() {
      if (firstUs === null || lastUs === null || lastUs - firstUs < WINDOW_US) return null;
      // A camera of two frames a second has no others.
      const told = surely().length > 0 ? surely() : intervals;
      const lengths = told.map(({ lengthUs }) => lengthUs).sort((one, other) => one - other);
      const longest = (lengths[Math.floor(lengths.length / 2)] ?? 0) * LONG;
      const usual = lengths.filter((one) => one <= longest);
      const counted = usual.length >= lengths.length * (1 - RARE_SHARE) ? usual : lengths;
      const length = counted.reduce((sum, one) => sum + one, 0);
      return length === 0 ? null : (counted.length * 1_000_000) / length;
    },
  };
}
