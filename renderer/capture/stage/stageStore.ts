import type { StageState } from '../session.ts';

/** Holds what the stage knows. Followers are told after a change, and only when something is different. */
export interface StageStore {
  get(): StageState;
  follow(listener: () => void): () => void;
  /** Takes over what is new. What has the same content stays the same object, so that it can be compared as one. */
  change(part: Partial<StageState>): void;
}

export function createStageStore(first: StageState): StageStore {
  let state = first;
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    follow(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    change(part) {
      const news = Object.entries(part).filter(
        ([key, value]) => !(key in state && sameContent(Reflect.get(state, key), value)),
      );
      if (news.length === 0) return;
      state = { ...state, ...Object.fromEntries(news) };
      for (const listener of [...listeners]) listener();
    },
  };
}

/** Compares plain objects and lists by what is in them, everything else by identity. */
export function sameContent(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (!isPlain(one) || !isPlain(other) || Array.isArray(one) !== Array.isArray(other)) return false;
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every(
      (key) => Object.hasOwn(other, key) && sameContent(Reflect.get(one, key), Reflect.get(other, key)),
    )
  );
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === Array.prototype;
}
