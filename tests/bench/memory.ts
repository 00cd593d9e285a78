/** Memory of a program and everything it started. */
import { readFile } from 'node:fs/promises';
import { treeOf } from './tree.ts';

/**
 * Megabytes (10^6) of a process and all below it: what each has for itself, and its part of what several share (PSS).
 * Linux only.
 * @param without a file whose pages do not count, such as the one that a fake camera plays
 */
export async function memoryMegabytes(processId: number, without: string): Promise<number> {
  const shares = (await treeOf(processId)).map((id) => readProc(id, 'smaps'));
  const kilobytes = (await Promise.all(shares)).reduce((sum, maps) => sum + pssOf(maps, without), 0);
  return Math.round((kilobytes * 1024) / 1e5) / 10;
}

/** Sum of the mappings' shares, kilobytes. */
function pssOf(maps: string, without: string): number {
  let sum = 0;
  let counts = true;
  for (const line of maps.split('\n')) {
    if (/^[0-9a-f]+-[0-9a-f]+ /.test(line)) counts = !line.endsWith(without);
    else if (counts && line.startsWith('Pss:')) sum += Number(/\d+/.exec(line)?.[0] ?? 0);
  }
  return sum;
}

/** A process may be gone at any moment; then there is nothing to read. */
const readProc = (id: number, name: string): Promise<string> =>
  readFile(`/proc/${id}/${name}`, 'utf8').catch(() => '');
