import { setTimeout as wait } from 'node:timers/promises';
import { Cancelled } from '../../shared/errors.ts';

/** Waits, or throws `Cancelled` as soon as the signal is aborted. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await wait(milliseconds, undefined, { signal });
  } catch {
    throw new Cancelled();
  }
}
