import { setTimeout as wait } from 'node:timers/promises';
import { Cancelled } from '../../shared/errors.ts';
import { type Lease, tryLease } from '../library/lease.ts';

/** How often to ask again for a lease that somebody else holds, milliseconds. */
const ASK_AGAIN_MS = 400;

/** Waits, or throws `Cancelled` as soon as the signal is aborted. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await wait(milliseconds, undefined, { signal });
  } catch {
    throw new Cancelled();
  }
}

/**
 * Runs `work` as soon as the lease can be had.
 * @param isDone asked while somebody else holds it: when they have done it, nothing is left to do.
 */
export async function underLease<T>(
  folder: string,
  name: string,
  signal: AbortSignal,
  work: (lease: Lease) => Promise<T>,
  isDone: () => Promise<T | null>,
): Promise<T> {
  for (;;) {
    const lease = await tryLease(folder, name);
    if (lease !== null) {
      try {
        return await work(lease);
      } finally {
        await lease.release();
      }
    }
    const done = await isDone();
    if (done !== null) return done;
    await pause(ASK_AGAIN_MS, signal);
  }
}
