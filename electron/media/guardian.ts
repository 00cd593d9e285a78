import { spawn } from 'node:child_process';

/** Waits for a line; when none comes any more, because whoever should write it has died, ends the processes named. */
const SCRIPT = 'read go_on || kill -KILL "$@"';

/**
 * A program that stands still would do so for good if we were killed meanwhile. So another one, which does nothing but
 * wait at a pipe of ours, ends it then: the pipe closes whatever way we go.
 * @returns ends the guard; the processes are then left to themselves.
 */
export function guardStopped(pids: readonly number[]): () => void {
  if (pids.length === 0) return () => undefined;
  // A session of its own: Ctrl+C in a terminal ends us, and must not end the guard first.
  const guard = spawn('/bin/sh', ['-c', SCRIPT, 'sh', ...pids.map(String)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  // Without a shell there is no guard: that is no reason not to record.
  guard.on('error', () => undefined);
  guard.stdin.on('error', () => undefined);
  guard.unref();
  return () => {
    guard.stdin.end('go on\n');
  };
}
