/** What is due when: so many times a second on average, and never a queue. */
export interface Pace {
  /** Counts from the last time too. */
  setInterval(milliseconds: number): void;
  /** Whether it is time. True means that it is done now. */
  isDue(nowMs: number): boolean;
}

/** Frames come at their own rate, so a due one may be a little late; the next is due that much earlier. */
export function createPace(interval: number): Pace {
  let next = Number.NEGATIVE_INFINITY;
  return {
    setInterval(milliseconds) {
      next += milliseconds - interval;
      interval = milliseconds;
    },
    isDue(now) {
      if (now < next) return false;
      // After a pause, and where it takes longer than the interval, what was missed is not made up for.
      next = next + interval > now ? next + interval : now + interval;
      return true;
    },
  };
}
