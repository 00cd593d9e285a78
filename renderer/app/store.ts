import { useSyncExternalStore } from 'react';

/** A value outside React that components can follow, each only the part it needs. */
export interface Store<T> {
  get(): T;
  set(value: T): void;
  follow(listener: () => void): () => void;
}

export function createStore<T>(first: T): Store<T> {
  let value = first;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of listeners) listener();
    },
    follow(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Follows a part of a store. `part` must return the same object while nothing of it changed. */
export function useStore<T, P>(store: Pick<Store<T>, 'get' | 'follow'>, part: (value: T) => P): P {
  return useSyncExternalStore(store.follow, () => part(store.get()));
}
