import { mkdir } from 'node:fs/promises';
import { StudioError } from '../../shared/errors.ts';
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
  /** Takes in what other processes change from now on, then calls the listener, until the answer is called. */
  watch(listener: () => void): () => void;
  /** Takes in what other processes changed since the last look, now. */
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
    for (const folder of [paths.takes, paths.orders, paths.twins, paths.recordings, paths.index]) {
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

  /** Why the library cannot be looked at any more, e.g. because its disk was unplugged. */
  let trouble: StudioError | null = null;
  const takeIn = async (changes: readonly Change[]): Promise<boolean> => {
    const before = trouble;
    try {
      if (changes.some((change) => change.kind === '*')) {
        // One after the other: of a library that is gone the same folder is named every time.
        for (const store of Object.values(stores)) await store.index.refreshAll();
      } else {
        for (const change of changes) {
          if (change.kind !== '*') await stores[change.kind].index.refresh(change.id);
        }
      }
      trouble = null;
    } catch (error) {
      if (!(error instanceof StudioError)) throw error;
      trouble = error;
    }
    const isNews = changes.length > 0 && (trouble === null || before === null);
    if (isNews) for (const listener of listeners) listener();
    return trouble === null;
  };
  const listeners = new Set<() => void>();
  let stopWatching: (() => void) | null = null;
  const unwatch = (listener: () => void) => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    stopWatching?.();
    stopWatching = null;
  };
  return {
    paths,
    takes,
    orders,
    twins,
    problems: () => [
      ...(trouble === null ? [] : [trouble]),
      ...[takes, orders, twins].flatMap((store) => store.index.problems()),
    ],
    watch(listener) {
      // A function of its own for every call, so that each can be ended on its own.
      const tell = () => listener();
      listeners.add(tell);
      stopWatching ??= journal.watch(takeIn);
      return () => unwatch(tell);
    },
    async catchUp() {
      await takeIn(await journal.read());
    },
    async close() {
      for (const listener of [...listeners]) unwatch(listener);
      await Promise.all([takes.index.save(), orders.index.save(), twins.index.save()]);
    },
  };
}
