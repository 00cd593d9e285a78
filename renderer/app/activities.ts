import { useMemo } from 'react';
import type { Activity } from '../../shared/contract.ts';
import { createStore, useStore } from './store.ts';

const store = createStore<readonly Activity[]>([]);

/** Whatever is told of it, that nothing is forgotten here. */
const same = (a: Activity, b: Activity) =>
  (Object.keys(b) as (keyof Activity)[]).every((key) => a[key] === b[key]);

/** Takes over a new list; an activity that did not move stays the same object, so nothing is drawn for it. */
export function setActivities(next: readonly Activity[]): void {
  const before = new Map(store.get().map((activity) => [activity.id, activity]));
  store.set(
    next.map((activity) => {
      const known = before.get(activity.id);
      return known && same(known, activity) ? known : activity;
    }),
  );
}

/** What is made to be played in the window: everything else says more of a take. */
const isForPlaying = ({ kind }: Activity): boolean => kind === 'preview' || kind === 'mends';

/** What costs so much of the processor that one is done after the other (the engine's media lane). */
const IN_TURN: ReadonlySet<Activity['kind']> = new Set<Activity['kind']>(['check', 'preview', 'prepare']);

/** What a take is worked on with; the work of an order comes before making a preview. */
export const useTakeActivity = (takeId: string): Activity | null =>
  useStore(
    store,
    (all) =>
      all.find((activity) => activity.takeId === takeId && !isForPlaying(activity)) ??
      all.find((activity) => activity.takeId === takeId) ??
      null,
  );

export const useActivityOf = (takeId: string, kind: Activity['kind']): Activity | null =>
  useStore(
    store,
    (all) => all.find((activity) => activity.takeId === takeId && activity.kind === kind) ?? null,
  );

/** The takes that this program checks, or will as soon as they are imported and those before them are done. */
export function useTakesBeingChecked(): ReadonlySet<string> {
  const ids = useStore(store, (all) =>
    all
      .flatMap(({ takeId, kind }) =>
        takeId !== null && (kind === 'check' || kind === 'import') ? [takeId] : [],
      )
      .sort()
      .join(' '),
  );
  return useMemo(() => new Set(ids.split(' ')), [ids]);
}

/** Whether this program checks the take, or is about to because it imports it. */
export const useIsBeingChecked = (takeId: string): boolean =>
  useStore(store, (all) =>
    all.some(({ takeId: of, kind }) => of === takeId && (kind === 'check' || kind === 'import')),
  );

/** Whether other work was there before a take's check, so that it waits its turn. */
export const useWaitsItsTurn = (takeId: string): boolean =>
  useStore(store, (all) => {
    const own = all.findIndex(({ takeId: of, kind }) => of === takeId && kind === 'check');
    return all.slice(0, Math.max(0, own)).some(({ takeId: of, kind }) => of !== takeId && IN_TURN.has(kind));
  });

export const useOrderActivity = (orderId: string): Activity | null =>
  useStore(store, (all) => all.find((activity) => activity.orderId === orderId) ?? null);

/** Everything that is running. */
export const useActivities = (): readonly Activity[] => useStore(store, (all) => all);

export const useActivityCount = (): number => useStore(store, (all) => all.length);
