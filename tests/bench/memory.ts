/** Memory of a program and everything it started. */
import { readFile } from 'node:fs/promises';
import { treeOf } from './tree.ts';

/**
 * Megabytes (10^6) of a process and all below it, without the files they have mapped. Memory that several share counts in
 * each of them. Linux only.
 *
 * Taken from what the system keeps count of anyway: adding up `smaps` holds up the process that is looked at, by a tenth
 * of a second where it is large, and that would be measured as well.
 */
export async function memoryMegabytes(processId: number): Promise<number> {
  const sizes = (await treeOf(processId)).map(async (id) => kilobytesOf(await statusOf(id)));
  const kilobytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  return Math.round((kilobytes * 1024) / 1e5) / 10;
}

function kilobytesOf(status: string): number {
  const sizes = [...status.matchAll(/^Rss(?:Anon|Shmem):\s+(\d+) kB$/gm)];
  return sizes.reduce((sum, [, kilobytes]) => sum + Number(kilobytes), 0);
}

/** A process may be gone at any moment; then there is nothing to read. */
const statusOf = (id: number): Promise<string> => readFile(`/proc/${id}/status`, 'utf8').catch(() => '');
