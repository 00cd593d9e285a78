import { useEffect } from 'react';
import { useHashLocation } from 'wouter/use-hash-location';
import { goTo } from './routes.ts';
import { createStore, useStore } from './store.ts';

/** What somebody tried to leave: the page for another one, or all of the window. */
export type Left = 'page' | 'window';

/** A page that must not be left unasked, such as one that records. */
interface HeldPage {
  readonly route: string;
  readonly onLeave: (what: Left) => void;
}

const held = createStore<HeldPage | null>(null);

/** Keeps the window open, and on its present page, until the returned function is called. */
export function holdPage(onLeave: (what: Left) => void): () => void {
  const page = { route: window.location.hash.slice(1) || '/', onLeave };
  const stayOpen = (event: BeforeUnloadEvent) => {
    event.preventDefault();
    onLeave('window');
  };
  held.set(page);
  // Closing the window and quitting the program come through here, and end when they are refused.
  window.addEventListener('beforeunload', stayOpen);
  return () => {
    window.removeEventListener('beforeunload', stayOpen);
    if (held.get() === page) held.set(null);
  };
}

/** Where the window is; stays there while the page is held, whichever way the address was changed. */
export function useStudioLocation(): ReturnType<typeof useHashLocation> {
  const [location, navigate] = useHashLocation();
  const page = useStore(held, (value) => value);
  const leads = page !== null && location !== page.route;
  useEffect(() => {
    if (!leads) return;
    goTo(page.route);
    page.onLeave('page');
  }, [leads, page]);
  return [page?.route ?? location, navigate];
}
