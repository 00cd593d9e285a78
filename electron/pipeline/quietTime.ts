import { Cancelled, throwIfCancelled } from '../../shared/errors.ts';

/** How often to look whether another process of this computer records, milliseconds. */
const LOOK_MS = 500;

/**
 * While a take is recorded on this computer, everything else of ours that costs disk, processor or network stands still:
 * whichever process it is in, and whichever library that uses.
 */
export interface QuietTime {
  readonly isQuiet: boolean;
  /** Waits until nothing is recorded. @throws Cancelled */
  pass(signal: AbortSignal): Promise<void>;
  /** Called when it begins and when it has ended; returns how to stop listening. */
  follow(listener: (isQuiet: boolean) => void): () => void;
  /** A recording of this very process begins or has ended; others' are found by looking. */
  record(isRecording: boolean): void;
  /** Stops looking, and lets go of whoever waits. */
  close(): void;
}

/** @param isRecordingHere whether any process of this computer records. */
export async function openQuietTime(isRecordingHere: () => Promise<boolean>): Promise<QuietTime> {
  const listeners = new Set<(isQuiet: boolean) => void>();
  let ours = false;
  let others = await isRecordingHere();
  let isQuiet = others;
  let closed = false;

  const settle = () => {
    const now = !closed && (ours || others);
    if (now === isQuiet) return;
    isQuiet = now;
    attend();
    for (const listener of [...listeners]) listener(isQuiet);
  };
  let looking = false;
  const look = async () => {
    if (looking || ours) return;
    looking = true;
    // A library that cannot be looked at is told of elsewhere; nobody records into it.
    others = await isRecordingHere().catch(() => false);
    looking = false;
    settle();
  };
  const timer = setInterval(() => void look(), LOOK_MS);
  // Looking keeps no program running, except while its work stands still and nothing else would.
  const attend = () => (isQuiet ? timer.ref() : timer.unref());
  attend();

  return {
    get isQuiet() {
      return isQuiet;
    },
    async pass(signal) {
      throwIfCancelled(signal);
      while (isQuiet) {
        await new Promise<void>((resolve, reject) => {
          const done = (finish: () => void) => {
            listeners.delete(goOn);
            signal.removeEventListener('abort', cancel);
            finish();
          };
          const goOn = () => done(resolve);
          const cancel = () => done(() => reject(new Cancelled()));
          listeners.add(goOn);
          signal.addEventListener('abort', cancel, { once: true });
        });
      }
    },
    follow(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    record(isRecording) {
      ours = isRecording;
      // What was seen meanwhile may have been ours.
      others = false;
      settle();
    },
    close() {
      closed = true;
      clearInterval(timer);
      settle();
    },
  };
}
