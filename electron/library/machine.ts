import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

function read(reader: () => string): string {
  try {
    return reader().trim();
  } catch {
    // Not Linux, or hidden from us: the other parts still tell machines apart.
    return '';
  }
}

/**
 * Names the set of processes whose ids can be compared with ours: this boot of this machine, and in a
 * container its own process-id namespace. A process id from elsewhere says nothing about a process here.
 */
export const MACHINE: string = createHash('sha256')
  .update(
    [
      hostname(),
      read(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')),
      read(() => readlinkSync('/proc/self/ns/pid')),
    ].join('\n'),
  )
  .digest('hex')
  .slice(0, 16);

/** State and start time of a process, as the system counts it; both empty where the system does not say. */
function processFacts(pid: number): { state: string; start: string } {
  const stat = read(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  // The name in brackets may hold spaces; after it come the state and, 19 fields on, the start time.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { state: fields[0] ?? '', start: fields[19] ?? '' };
}

/**
 * When a process started; tells a process from a later one with the same id.
 * Empty where the system does not say.
 */
export function processStart(pid: number): string {
  return processFacts(pid).start;
}

/** True while a process with this id and start runs on this machine. */
export function isProcessAlive(pid: number, start: string): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it runs, but belongs to somebody else.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  const now = processFacts(pid);
  // It has ended, and only its parent has not taken note of that yet.
  if (now.state === 'Z' || now.state === 'X') return false;
  // Where starts are hidden from us, e.g. another user's, the id has to do.
  return start === '' || now.start === '' || now.start === start;
}
