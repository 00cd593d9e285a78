/** Keeps count of every ffmpeg and ffprobe that runs, so that none outlives its work or this program. */
import type { ChildProcess } from 'node:child_process';
import { constants, setPriority } from 'node:os';

const running = new Set<ChildProcess>();
let exitHook = false;

/** How long a child may take to end by itself after being asked, milliseconds. */
const GRACE_MS = 1500;

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
  child.once('exit', () => running.delete(child));
  try {
    setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It has already ended, or the system does not allow it: then it runs as everything else does.
  }
}

/** Asks the child to end, and makes it after a bounded time. Whoever awaits its exit sees it within two seconds. */
export function stopChild(child: ChildProcess): void {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
  child.once('exit', () => clearTimeout(timer));
}

/** Process ids of what runs now; for tests and for the log. */
export function runningChildren(): number[] {
  return [...running].flatMap((child) => (child.pid === undefined ? [] : [child.pid]));
}
