import { expect, test } from 'vitest';
import { beginWatch, DEFAULT_WATCH_TIMES, hasStalled, planNextCheck, watchTimesFrom } from './watchTimes.ts';

const start = new Date('2026-01-02T03:00:00.000Z');
const after = (seconds: number) => new Date(start.getTime() + seconds * 1000);
const error = { code: 'TRAINER_NO_CREDITS', message: 'There are not enough credits.' };

/** Pauses between looks that each find it not usable, seconds. */
function pauses(times: typeof DEFAULT_WATCH_TIMES, looks: number): number[] {
  let plan = beginWatch(times, start);
  let now = start;
  return Array.from({ length: looks }, () => {
    const next = new Date(plan.nextCheckAt);
    const pause = (next.getTime() - now.getTime()) / 1000;
    now = next;
    plan = planNextCheck(plan, times, now, null);
    return pause;
  });
}

test('looks grow apart, and the last pause repeats', () => {
  expect(pauses(DEFAULT_WATCH_TIMES, 8)).toEqual([180, 60, 120, 240, 480, 900, 900, 900]);
});

test('a shorter first look makes all pauses shorter, a longer one none longer', () => {
  expect(pauses(watchTimesFrom(18), 7)).toEqual([18, 6, 12, 24, 48, 90, 90]);
  expect(pauses(watchTimesFrom(600), 3)).toEqual([600, 60, 120]);
  expect(watchTimesFrom(null)).toEqual(DEFAULT_WATCH_TIMES);
  // Never so short that it looks without a pause.
  expect(Math.min(...pauses(watchTimesFrom(0), 6).slice(1))).toBeGreaterThan(0);
});

test('a look that failed is kept with its reason until the next one', () => {
  const plan = planNextCheck(beginWatch(DEFAULT_WATCH_TIMES, start), DEFAULT_WATCH_TIMES, after(180), error);
  expect(plan).toEqual({
    startedAt: start.toISOString(),
    checks: 1,
    nextCheckAt: after(240).toISOString(),
    lastError: error,
  });
  expect(planNextCheck(plan, DEFAULT_WATCH_TIMES, after(240), null).lastError).toBeNull();
});

test('after a computer slept, the next pause counts from now', () => {
  const plan = beginWatch(DEFAULT_WATCH_TIMES, start);
  expect(planNextCheck(plan, DEFAULT_WATCH_TIMES, after(8 * 3600), null).nextCheckAt).toBe(
    after(8 * 3600 + 60).toISOString(),
  );
});

test('a watch stalls after a day, not sooner', () => {
  const plan = beginWatch(DEFAULT_WATCH_TIMES, start);
  expect(hasStalled(plan, DEFAULT_WATCH_TIMES, after(24 * 3600))).toBe(false);
  expect(hasStalled(plan, DEFAULT_WATCH_TIMES, after(24 * 3600 + 1))).toBe(true);
});

test('a practice watch stalls no sooner than a real one', () => {
  expect(watchTimesFrom(2).giveUpSeconds).toBe(DEFAULT_WATCH_TIMES.giveUpSeconds);
});
