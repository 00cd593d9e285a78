/** A value with what it was before, and what was undone. */
export interface History<T> {
  readonly past: readonly T[];
  readonly now: T;
  readonly future: readonly T[];
}

/** Older steps are forgotten. */
const MOST_STEPS = 100;

export const beginHistory = <T>(now: T): History<T> => ({ past: [], now, future: [] });

export const changed = <T>({ past, now }: History<T>, next: T): History<T> => ({
  past: [...past, now].slice(-MOST_STEPS),
  now: next,
  future: [],
});

export function undone<T>(history: History<T>): History<T> {
  const before = history.past.at(-1);
  return history.past.length === 0
    ? history
    : {
        past: history.past.slice(0, -1),
        now: before as T,
        future: [history.now, ...history.future],
      };
}

export function redone<T>(history: History<T>): History<T> {
  const [next, ...rest] = history.future;
  return history.future.length === 0
    ? history
    : { past: [...history.past, history.now], now: next as T, future: rest };
}
