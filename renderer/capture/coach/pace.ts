/** Which frames are due: so many a second on average, and never a queue. */
export interface Pace {
  setInterval(milliseconds: number): void;
  /** Whether a frame that is seen now is to be looked at. */
  isDue(nowMs: number): boolean;
}

/** Frames come at their own rate, so a due one may be a little late; the next is due that much earlier. */
export function createPace(interval: number): Pace {
  let next = Number.NEGATIVE_INFINITY;
  return {
    setInterval(milliseconds) {
      if (milliseconds < interval) next = Number.NEGATIVE_INFINITY;
      interval = milliseconds;
    },
    isDue(now) {
      if (now < next) return false;
      // After a pause, and where looking takes longer than the interval, what was missed is not made up for.
      next = next + interval > now ? next + interval : now + interval;
      return true;
    },
  };
}
