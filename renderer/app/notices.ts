import type { Notice } from '../../shared/contract.ts';
import { CallCancelled, errorOf } from './bridge.ts';
import { createStore, useStore } from './store.ts';

/** More would hide the page; the oldest leaves first. */
const MOST_AT_ONCE = 3;

const store = createStore<readonly Notice[]>([]);

export const useNotices = (): readonly Notice[] => useStore(store, (all) => all);

export function addNotice(notice: Notice): void {
  store.set([...store.get().filter((other) => other.id !== notice.id), notice].slice(-MOST_AT_ONCE));
}

export function dismissNotice(id: string): void {
  store.set(store.get().filter((notice) => notice.id !== id));
}

/** Says that something a person asked for did not work. Cancelling is not worth a word. */
export function noticeError(error: unknown): void {
  if (error instanceof CallCancelled) return;
  const { code, message } = errorOf(error);
  addNotice({ id: `error-${code}`, tone: 'fail', message, takeId: null });
}
