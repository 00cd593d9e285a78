import { useSyncExternalStore } from 'react';

function follow(listener: () => void) {
  window.addEventListener('online', listener);
  window.addEventListener('offline', listener);
  return () => {
    window.removeEventListener('online', listener);
    window.removeEventListener('offline', listener);
  };
}

/** Whether the computer has a network at all. */
export const useOnline = (): boolean => useSyncExternalStore(follow, () => navigator.onLine);
