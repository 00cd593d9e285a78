/** Keeps count of every ffmpeg and ffprobe that runs, so that none outlives its work or this program, and holds them. */
import type { ChildProcess } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { Cancelled, throwIfCancelled } from '../../shared/errors.ts';
import { guardStopped } from './guardian.ts';

const running = new Set<ChildProcess>();
let exitHook = false;

/** How long a child may take to end by itself after being asked, milliseconds. */
const GRACE_MS = 1500;

/** Windows cannot make a program stand still: there it is ended, and begins again afterwards. */
const CAN_STAND_STILL = process.platform !== 'win32';

/** While children are held. */
interface Hold {
  readonly canStandStill: boolean;
  readonly waiting: Set<() => void>;
  /** Ends the guard over those that stand still. */
  unguard: () => void;
}
let hold: Hold | null = null;
/** Children that were ended because they had to be held. */
const endedForHold = new WeakSet<ChildProcess>();

/**
 * Counts the child until it has exited and lowers its priority: the camera and the window come first.
 * Whatever still runs when this program exits is killed.
 */
export function trackChild(child: ChildProcess): void {
  if (child.pid === undefined) return;
  if (!exitHook) {
    exitHook = true;
    process.on('exit', () => {
      for (const left of running) left.kill('SIGKILL');
    });
  }
  running.add(child);
  child.once('exit', () => {
    running.delete(child);
    if (hold !== null) guard(hold);
  });
  try {
    setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It has already ended, or the system does not allow it: then it runs as everything else does.
  }
  // Started in the same moment in which the others were held.
  if (hold === null) return;
  guard(hold);
  halt(hold, child);
}

/** Asks the child to end, and makes it after a bounded time. Whoever awaits its exit sees it within two seconds. */
export function stopChild(child: ChildProcess): void {
  if (child.exitCode !== null || child.signalCode !== null) return;
  // One that stands still would hear of it only when it goes on.
  if (hold?.canStandStill === true) {
    child.kill('SIGKILL');
    return;
  }
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
  child.once('exit', () => clearTimeout(timer));
}

/** Makes all children stand still, and keeps others from starting, until `letChildrenGoOn`. */
export function holdChildren(canStandStill = CAN_STAND_STILL): void {
  if (hold !== null) return;
  hold = { canStandStill, waiting: new Set(), unguard: () => undefined };
  // Guarded first: whoever kills us in between leaves nothing that stands still for ever.
  guard(hold);
  for (const child of running) halt(hold, child);
}

function halt(held: Hold, child: ChildProcess): void {
  if (held.canStandStill) {
    child.kill('SIGSTOP');
    return;
  }
  endedForHold.add(child);
  child.kill('SIGKILL');
}

/** Names the children that stand still, or are about to, to whoever ends them should we be killed. */
function guard(held: Hold): void {
  if (!held.canStandStill) return;
  const before = held.unguard;
  held.unguard = guardStopped(runningChildren());
  // Only now: there is no moment without a guard.
  before();
}

/** Children go on where they stood. */
export function letChildrenGoOn(): void {
  if (hold === null) return;
  const { canStandStill, waiting, unguard } = hold;
  hold = null;
  if (canStandStill) for (const child of running) child.kill('SIGCONT');
  // Last, as it came first.
  unguard();
  for (const goOn of waiting) goOn();
}

/**
 * Waits while children are held. To be asked before one is started, and by work of ours in the same process.
 * @throws Cancelled
 */
export async function untilLetGo(signal: AbortSignal | undefined): Promise<void> {
  throwIfCancelled(signal);
  for (let held = hold; held !== null; held = hold) {
    const { waiting } = held;
    await new Promise<void>((resolve, reject) => {
      const cancel = () => reject(new Cancelled());
      signal?.addEventListener('abort', cancel, { once: true });
      waiting.add(() => {
        signal?.removeEventListener('abort', cancel);
        resolve();
      });
    });
  }
}

/** Tells a child that was ended because it had to be held from one that failed; it has to begin again. */
export function hasToBeginAgain(child: ChildProcess | undefined): boolean {
  return child !== undefined && endedForHold.has(child);
}

/** Process ids of what runs now; for tests and for the log. */
export function runningChildren(): number[] {
  return [...running].flatMap((child) => (child.pid === undefined ? [] : [child.pid]));
}
