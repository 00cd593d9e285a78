/** What rate the camera really has, from the times that its frames carry. */
const WINDOW_US = 2_000_000;
/** Fewer frames say nothing yet. */
const FEWEST_INTERVALS = 4;

export interface CameraRate {
  /** A frame, with its own time in microseconds. */
  saw(timestampUs: number): void;
  /** Frames may have passed unseen since the last one: its interval to the next does not count. */
  lookedAway(): void;
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
      watched = true;
    },
    lookedAway() {
      watched = false;
    },
    framesPerSecond() {
      if (firstUs === null || lastUs === null || lastUs - firstUs < WINDOW_US) return null;
      const surely = intervals.filter((interval) => interval.watched);
      // A camera so slow that each of its frames is looked at leaves no others.
      const counted = surely.length >= FEWEST_INTERVALS ? surely : intervals;
      const length = counted.reduce((sum, { lengthUs }) => sum + lengthUs, 0);
      return length === 0 ? null : (counted.length * 1_000_000) / length;
    },
  };
}
