import type PQueue from 'p-queue';
import { Cancelled, throwIfCancelled } from '../../shared/errors.ts';
import { type Lease, tryLease } from '../library/lease.ts';
import { pause } from './pause.ts';

/** How often to ask again for a lease that somebody else holds, milliseconds. */
const ASK_AGAIN_MS = 400;

/**
 * Runs `work` when it is its turn in the lane and the lease can be had. While somebody else holds the lease the
 * lane is left to others: their work may take an hour, and this machine has better things to do meanwhile.
 * @param leaseFolder of a take: when that has gone to the bin, it is TAKE_NOT_FOUND.
 * @param isDone asked while somebody else holds the lease, and once more under it before `work` begins: when they
 * have done it, nothing is left to do. Null when it is not done.
 * @throws Cancelled at once when cancelled before `work` began; after that `work` itself has to heed the signal.
 * Otherwise what `tryLease`, `work` and `isDone` throw.
 */
export async function inLane<T extends NonNullable<unknown>>(
  lane: PQueue,
  leaseFolder: string,
  leaseName: string,
  signal: AbortSignal,
  work: (lease: Lease) => Promise<T>,
  isDone: () => Promise<T | null>,
): Promise<T> {
  for (;;) {
    const result = await atItsTurn(lane, signal, async () => {
      const lease = await tryLease(leaseFolder, leaseName, 'TAKE_NOT_FOUND');
      if (lease === null) return null;
      try {
        return (await isDone()) ?? (await work(lease));
      } finally {
        await lease.release();
      }
    });
    if (result !== null) return result;
    const done = await isDone();
    if (done !== null) return done;
    await pause(ASK_AGAIN_MS, signal);
  }
}

/** Runs `work` when it is its turn in the lane. @throws Cancelled at once when cancelled before it began */
export async function atItsTurn<T>(lane: PQueue, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  throwIfCancelled(signal);
  // A signal of its own for the time in the queue: the queue would let go of running work that is cancelled
  // before that has ended its child processes and put everything back.
  const queued = new AbortController();
  const leave = () => queued.abort(new Cancelled());
  signal.addEventListener('abort', leave, { once: true });
  try {
    return await lane.add(
      () => {
        signal.removeEventListener('abort', leave);
        throwIfCancelled(signal);
        return work();
      },
      { signal: queued.signal },
    );
  } finally {
    signal.removeEventListener('abort', leave);
  }
}
