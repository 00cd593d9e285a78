import type { WatchPlan } from '../../shared/domain/order.ts';
import type { StoredError } from '../../shared/domain/take.ts';

/** When to look whether a look is usable, seconds. */
export interface WatchTimes {
  /** After ordering. Training takes minutes; looking sooner cannot succeed. */
  readonly firstCheckSeconds: number;
  /** Pauses after the first look, the last one repeating. */
  readonly pausesSeconds: readonly number[];
  /** After this long a person has to say how it goes on. */
  readonly giveUpSeconds: number;
}

/** 3 min, then 1, 2, 4, 8 and 15 min, for a day. Ours: the trainer publishes no figure. */
export const DEFAULT_WATCH_TIMES: WatchTimes = {
  firstCheckSeconds: 180,
  pausesSeconds: [60, 120, 240, 480, 900],
  giveUpSeconds: 24 * 3600,
};

/**
 * The watch times with the first check at `firstCheckSeconds`; pauses never grow past what keeps the
 * proportion to a shorter first check, so that a practice run is as lively as it is short.
 */
export function watchTimesFrom(firstCheckSeconds: number | null): WatchTimes {
  if (firstCheckSeconds === null) return DEFAULT_WATCH_TIMES;
  const scale = Math.min(1, firstCheckSeconds / DEFAULT_WATCH_TIMES.firstCheckSeconds);
  return {
    ...DEFAULT_WATCH_TIMES,
    firstCheckSeconds,
    pausesSeconds: DEFAULT_WATCH_TIMES.pausesSeconds.map((pause) => Math.max(0.2, pause * scale)),
  };
}

const after = (at: Date, seconds: number) => new Date(at.getTime() + seconds * 1000).toISOString();

/** The plan of a watch that begins now. */
export function beginWatch(times: WatchTimes, now: Date): WatchPlan {
  return {
    startedAt: now.toISOString(),
    checks: 0,
    nextCheckAt: after(now, times.firstCheckSeconds),
    lastError: null,
  };
}

/** The plan after a look that found it not usable yet. */
export function planNextCheck(
  plan: WatchPlan,
  times: WatchTimes,
  now: Date,
  lastError: StoredError | null,
): WatchPlan {
  const pause = times.pausesSeconds[Math.min(plan.checks, times.pausesSeconds.length - 1)] ?? 900;
  return { ...plan, checks: plan.checks + 1, nextCheckAt: after(now, pause), lastError };
}

/** True once the watch has gone on for as long as it may without asking. */
export function hasStalled(plan: WatchPlan, times: WatchTimes, now: Date): boolean {
  return now.getTime() - Date.parse(plan.startedAt) > times.giveUpSeconds * 1000;
}
