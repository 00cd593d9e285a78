import type { Activity } from '../../shared/contract.ts';

/** Work under way. */
export function activity(changes: Partial<Activity> & Pick<Activity, 'id' | 'kind'>): Activity {
  return {
    takeId: null,
    orderId: null,
    label: 'Ana, welcome message',
    progress: null,
    doneBytes: null,
    totalBytes: null,
    bytesPerSecond: null,
    secondsLeft: null,
    cancellable: true,
    waitsFor: null,
    ...changes,
  };
}
