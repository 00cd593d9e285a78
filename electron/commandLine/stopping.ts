import { cliWords } from '../../shared/words/cli.ts';

/** A Ctrl+C that comes so soon after another is meant to end at once, milliseconds. */
const FORCE_MS = 2_000;
/** One that comes sooner than this is the same key still held down, milliseconds. */
const HELD_MS = 300;

/** What a request to end does and asks. */
export interface StoppingOptions {
  /** Stops all work where it can be resumed; called again it does nothing. */
  readonly stop: () => void;
  /** True while a request is out whose answer must not be lost, because it is paid for. */
  readonly isPaying: () => boolean;
  readonly warn: (sentence: string) => void;
  /** Ends the process as it is. */
  readonly force: () => void;
}

export interface Stopping {
  /** Tells what is waited for, if a paid request went out just when the command was asked to end. */
  look(): void;
  /** Listens no more. */
  end(): void;
}

/**
 * Answers requests to end: Ctrl+C, a service manager's, and a terminal that is gone. The first one stops what
 * can be resumed; a paid request is waited for. A person may insist: the second Ctrl+C tells what the third,
 * soon after it, does.
 */
export function listenForStop({ stop, isPaying, warn, force }: StoppingOptions): Stopping {
  let stopped = false;
  let told = false;
  let interrupts = 0;
  let lastInterruptAt = Number.NEGATIVE_INFINITY;

  const look = () => {
    if (!stopped || told || !isPaying()) return;
    told = true;
    warn(cliWords.stopping.paying);
  };
  const onStop = () => {
    stopped = true;
    stop();
    look();
  };
  const onInterrupt = () => {
    const sinceLast = performance.now() - lastInterruptAt;
    const insists = sinceLast >= HELD_MS && sinceLast <= FORCE_MS;
    lastInterruptAt = performance.now();
    interrupts += 1;
    if (interrupts > 2 && insists) {
      if (isPaying()) warn(cliWords.stopping.forced);
      force();
    } else if (interrupts > 1 && isPaying()) {
      told = true;
      warn(cliWords.stopping.stillPaying);
    } else onStop();
  };
  const listeners = [
    ['SIGINT', onInterrupt],
    ['SIGTERM', onStop],
    ['SIGHUP', onStop],
  ] as const;
  for (const [signal, listener] of listeners) process.on(signal, listener);
  return {
    look,
    end() {
      for (const [signal, listener] of listeners) process.off(signal, listener);
    },
  };
}
