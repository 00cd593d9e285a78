import { mkdir } from 'node:fs/promises';
import type { StudioError } from '../../shared/errors.ts';
import { type Change, ChangeJournal } from './changes.ts';
import { fileError } from './fileErrors.ts';
import { OrderStore } from './orderStore.ts';
import { type LibraryPaths, libraryPaths } from './paths.ts';
import { removeAbandonedStaging } from './staging.ts';
import { TakeStore } from './takeStore.ts';
import { TwinStore } from './twinStore.ts';

/** Takes, orders and twins of one library folder, shared with other processes. */
export interface Library {
  readonly paths: LibraryPaths;
  readonly takes: TakeStore;
  readonly orders: OrderStore;
  readonly twins: TwinStore;
  /** Records that could not be read and were set aside. */
  problems(): StudioError[];
  /** Takes in what other processes changed, then calls the listener. */
  watch(listener: () => void): () => void;
  /** Takes in what other processes changed since the last look. */
  catchUp(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a library, making its folders where they are missing.
 * @throws StudioError LIBRARY_UNREADABLE, DISK_FULL
 */
export async function openLibrary(root: string): Promise<Library> {
  const paths = libraryPaths(root);
  try {
    for (const folder of [paths.takes, paths.orders, paths.twins, paths.index]) {
      await mkdir(folder, { recursive: true });
    }
    await removeAbandonedStaging(paths.takes);
    await removeAbandonedStaging(paths.orders);
  } catch (error) {
    throw fileError(error, root, 'LIBRARY_UNREADABLE');
  }
  // Opened before the indexes read: what changes in between is then seen twice rather than not at all.
  const journal = await ChangeJournal.open(paths.index);
  const [takes, orders, twins] = await Promise.all([
    TakeStore.open(paths, journal),
    OrderStore.open(paths, journal),
    TwinStore.open(paths, journal),
  ]);
  const stores = { take: takes, order: orders, twin: twins } as const;

  const takeIn = async (changes: readonly Change[]) => {
    if (changes.some((change) => change.kind === '*')) {
      await Promise.all(Object.values(stores).map((store) => store.index.refreshAll()));
      return;
    }
    for (const change of changes) {
      if (change.kind !== '*') await stores[change.kind].index.refresh(change.id);
    }
  };
  const stops: (() => void)[] = [];
  return {
    paths,
    takes,
    orders,
    twins,
    problems: () => [takes, orders, twins].flatMap((store) => store.index.problems()),
    watch(listener) {
      const stop = journal.watch((changes) => {
        void takeIn(changes).then(listener);
      });
      stops.push(stop);
      return stop;
    },
    async catchUp() {
      await takeIn(await journal.read());
    },
    async close() {
      for (const stop of stops) stop();
      await Promise.all([takes.index.save(), orders.index.save(), twins.index.save()]);
    },
  };
}
