import { type ChildProcess, spawn } from 'node:child_process';

/** Waits for a line; when none comes any more, because whoever should write it has died, ends the processes named. */
const SCRIPT = 'read go_on || kill -KILL "$@"';

/**
 * A program that stands still would do so for good if we were killed meanwhile. So another one, which does nothing but
 * wait at a pipe of ours, ends it then: the pipe closes whatever way we go.
 * @returns ends the guard; the processes are then left to themselves.
 */
export function guardStopped(pids: readonly number[]): () => void {
  if (pids.length === 0) return () => undefined;
  // Without a shell, or room for another process, there is no guard: that is no reason not to record.
  try {
    return startGuard(pids);
  } catch {
    return () => undefined;
  }
}

function startGuard(pids: readonly number[]): () => void {
  // A session of its own: Ctrl+C in a terminal ends us, and must not end the guard first.
  const guard: ChildProcess = spawn('/bin/sh', ['-c', SCRIPT, 'sh', ...pids.map(String)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  guard.on('error', () => undefined);
  // Not there where the process could not be started.
  guard.stdin?.on('error', () => undefined);
  guard.unref();
  return () => {
    guard.stdin?.end('go on\n');
  };
}
