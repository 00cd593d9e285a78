import { useEffect } from 'react';
import type { KeyList } from '../../../shared/words/appKeys.ts';
import { createStore, useStore } from '../store.ts';

/** The list of the page that is shown. `none`: there must be none now, as while a take is recorded. */
const ofPage = createStore<KeyList | 'none' | null>(null);
const shown = createStore(false);

/** Says which keys a page has, while it is shown. */
export function usePageKeyList(list: KeyList | 'none'): void {
  useEffect(() => {
    ofPage.set(list);
    if (list === 'none') shown.set(false);
    return () => {
      if (ofPage.get() !== list) return;
      ofPage.set(null);
      shown.set(false);
    };
  }, [list]);
}

/** Shows the page's keys, unless there must be no list now. */
export function showKeys(): void {
  if (ofPage.get() !== 'none') shown.set(true);
}

export const hideKeys = (): void => shown.set(false);

/** The list to be shown: the page's, or null for the one of pages without keys of their own. */
export const usePageKeyListShown = (): { readonly isShown: boolean; readonly list: KeyList | null } => {
  const list = useStore(ofPage, (value) => (value === 'none' ? null : value));
  return { isShown: useStore(shown, (value) => value), list };
};
