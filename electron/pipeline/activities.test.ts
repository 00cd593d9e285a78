import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Activity, ActivitySchema } from '../../shared/contract.ts';
import { takeIdOf } from '../../tests/doubles/records.ts';
import { Activities, type RunningActivity } from './activities.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const reported: Activity[][] = [];
beforeEach(() => {
  reported.length = 0;
});
const activities = () => new Activities((list) => reported.push(list));

/** Begins work that goes on until it is told to end. */
function begin(all: Activities, subject: Parameters<Activities['run']>[0], signal?: AbortSignal) {
  let end: () => void = () => undefined;
  let running: RunningActivity | undefined;
  const done = all.run(subject, signal, (activity) => {
    running = activity;
    return new Promise<void>((resolve, reject) => {
      end = resolve;
      const stop = () => reject(activity.signal.reason);
      if (activity.signal.aborted) stop();
      activity.signal.addEventListener('abort', stop);
    });
  });
  if (running === undefined) throw new Error('The work did not begin.');
  return { done, activity: running, end: () => end() };
}

const upload = { kind: 'upload', label: 'clip', totalBytes: 1_000 } as const;
const shown = (all: Activities): Activity | undefined => all.list()[0];

test('work is shown while it runs, and its end and result are its own', async () => {
  const all = activities();
  const result = all.run({ kind: 'check', label: 'clip' }, undefined, () => {
    expect(ActivitySchema.parse(shown(all))).toMatchObject({ kind: 'check', label: 'clip', progress: null });
    return Promise.resolve('result');
  });
  expect(await result).toBe('result');
  expect(all.list()).toEqual([]);
  await expect(
    all.run({ kind: 'check', label: 'clip' }, undefined, () => Promise.reject(new Error('no'))),
  ).rejects.toThrow('no');
  expect(all.list()).toEqual([]);
});

test('the start is told at once, then at most four times a second, and at last the end', async () => {
  const all = activities();
  const { done, activity, end } = begin(all, upload);
  await Promise.resolve();
  expect(reported).toEqual([[expect.objectContaining({ label: 'clip' })]]);
  reported.length = 0;
  for (let step = 1; step <= 100; step += 1) {
    activity.progress(step / 100);
    vi.advanceTimersByTime(10);
  }
  expect(reported.length).toBeGreaterThanOrEqual(3);
  expect(reported.length).toBeLessThanOrEqual(4);
  end();
  await done;
  vi.advanceTimersByTime(1_000);
  expect(reported.at(-1)).toEqual([]);
  const reports = reported.length;
  vi.advanceTimersByTime(10_000);
  expect(reported.length).toBe(reports);
});

test('what begins together is told together', async () => {
  const all = activities();
  for (let one = 0; one < 100; one += 1) begin(all, upload);
  await Promise.resolve();
  expect(reported.map((list) => list.length)).toEqual([100]);
});

test('progress stays between nothing and all', () => {
  const all = activities();
  const { activity } = begin(all, upload);
  activity.progress(-1);
  expect(shown(all)?.progress).toBe(0);
  activity.progress(2);
  expect(shown(all)?.progress).toBe(1);
});

describe('time left, from progress alone', () => {
  const check = { kind: 'check', label: 'clip' } as const;
  /** So many seconds, in each of which so much is done. */
  const go = (activity: RunningActivity, from: number, seconds: number, perSecond: number) => {
    for (let second = 1; second <= seconds; second += 1) {
      vi.advanceTimersByTime(1_000);
      activity.progress(from + second * perSecond);
    }
  };

  test('is told once enough was done to go by', () => {
    const all = activities();
    const { activity } = begin(all, check);
    activity.progress(0);
    go(activity, 0, 4, 0.1);
    expect(shown(all)).toMatchObject({ progress: 0.4, secondsLeft: null });
    go(activity, 0.4, 1, 0.1);
    expect(shown(all)?.secondsLeft).toBeCloseTo(5);
    expect(ActivitySchema.safeParse(shown(all)).error).toBeUndefined();
    go(activity, 0.5, 5, 0.1);
    expect(shown(all)?.secondsLeft).toBeCloseTo(0);
  });

  test('is not guessed from a beginning that hardly moves', () => {
    const all = activities();
    const { activity } = begin(all, check);
    activity.progress(0);
    go(activity, 0, 20, 0.001);
    expect(shown(all)?.secondsLeft).toBeNull();
  });

  test('does not leap with a step that is quicker than the others', () => {
    const all = activities();
    const { activity } = begin(all, check);
    activity.progress(0);
    go(activity, 0, 40, 0.01);
    const before = shown(all)?.secondsLeft ?? 0;
    go(activity, 0.4, 1, 0.05);
    expect(before).toBeCloseTo(60);
    expect(shown(all)?.secondsLeft).toBeGreaterThan(45);
  });

  test('begins anew after a recording, and where the work begins again', () => {
    const all = activities();
    const { activity } = begin(all, check);
    activity.progress(0);
    go(activity, 0, 10, 0.02);
    expect(shown(all)?.secondsLeft).toBeCloseTo(40);
    all.hold(true);
    vi.advanceTimersByTime(600_000);
    all.hold(false);
    activity.progress(0.2);
    expect(shown(all)?.secondsLeft).toBeNull();
    go(activity, 0.2, 10, 0.02);
    expect(shown(all)?.secondsLeft).toBeCloseTo(30);
    activity.progress(0);
    expect(shown(all)?.secondsLeft).toBeNull();
  });
});

describe('bytes', () => {
  test('rate and time left come from what was sent lately', () => {
    const all = activities();
    const { activity } = begin(all, upload);
    activity.bytes(0);
    expect(shown(all)).toMatchObject({ doneBytes: 0, progress: 0, bytesPerSecond: null, secondsLeft: null });
    for (let second = 1; second <= 4; second += 1) {
      vi.advanceTimersByTime(1_000);
      activity.bytes(second * 100);
    }
    expect(shown(all)).toMatchObject({ doneBytes: 400, progress: 0.4, bytesPerSecond: 100, secondsLeft: 6 });
    // Faster now: what was slow long ago no longer counts.
    for (let second = 1; second <= 6; second += 1) {
      vi.advanceTimersByTime(1_000);
      activity.bytes(400 + second * 50);
    }
    expect(shown(all)?.bytesPerSecond).toBe(50);
  });

  test('what an earlier try sent is done, but is not counted as speed', () => {
    const all = activities();
    const { activity } = begin(all, upload);
    activity.bytes(800);
    vi.advanceTimersByTime(1_000);
    activity.bytes(900);
    expect(shown(all)).toMatchObject({ progress: 0.9, bytesPerSecond: 100, secondsLeft: 1 });
  });

  test('everything that is shown keeps to the contract', () => {
    const all = activities();
    const { activity } = begin(all, upload);
    // A part that is sent again takes bytes back.
    for (const done of [800, 100, 300, 1_000, 1_200]) {
      activity.bytes(done);
      vi.advanceTimersByTime(700);
      activity.bytes(done);
      expect(ActivitySchema.safeParse(shown(all)).error).toBeUndefined();
    }
  });
});

describe('stopping', () => {
  test('work that somebody cancels ends as cancelled', async () => {
    const all = activities();
    const [first, second] = [begin(all, upload), begin(all, upload)];
    all.cancel(shown(all)?.id ?? '');
    await expect(first.done).rejects.toMatchObject({ name: 'Cancelled' });
    expect(all.list()).toHaveLength(1);
    all.cancel('no such activity');
    second.end();
    await second.done;
  });

  test('work that must not be stopped half way is not, until the program closes', async () => {
    const all = activities();
    const { done, activity } = begin(all, { ...upload, cancellable: false });
    all.cancel(shown(all)?.id ?? '');
    expect(activity.signal.aborted).toBe(false);
    all.cancelAll();
    await expect(done).rejects.toMatchObject({ name: 'Cancelled' });
  });

  test('work stops with what it is part of, also when that has stopped already', async () => {
    const all = activities();
    const whole = new AbortController();
    const first = begin(all, upload, whole.signal);
    whole.abort();
    await expect(first.done).rejects.toMatchObject({ name: 'Cancelled' });
    await expect(begin(all, upload, whole.signal).done).rejects.toMatchObject({ name: 'Cancelled' });
  });
});

test('what it turns out to concern is told', () => {
  const all = activities();
  const { activity } = begin(all, { kind: 'import', label: 'clip.mov' });
  expect(shown(all)?.takeId).toBeNull();
  activity.about(takeIdOf('take'));
  expect(shown(all)?.takeId).toBe(takeIdOf('take'));
});
