/** Processes and those they started. Linux only. */
import { readdir, readFile } from 'node:fs/promises';

/** Ids of a process and of those below it, that process first. */
export async function treeOf(processId: number): Promise<number[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const parents = new Map<number, number>();
  for (const id of ids) {
    const parent = /^PPid:\s*(\d+)/m.exec(await statusOf(id))?.[1];
    if (parent !== undefined) parents.set(id, Number(parent));
  }
  const tree = [processId];
  for (const id of tree) {
    for (const [child, parent] of parents) if (parent === id) tree.push(child);
  }
  return tree;
}

/** Ends with SIGKILL what a process started, itself not. */
export async function killBelow(processId: number): Promise<void> {
  const [, ...below] = await treeOf(processId);
  kill(below);
}

/** Ends with SIGKILL every process that was given a path in its environment, whoever its parent is by now. */
export async function killGiven(path: string): Promise<void> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const given: number[] = [];
  for (const id of ids) {
    const environment = await readFile(`/proc/${id}/environ`, 'utf8').catch(() => '');
    if (id !== process.pid && environment.includes(path)) given.push(id);
  }
  kill(given);
}

/** Ends processes with SIGKILL; those that are gone already are none of its business. */
export function kill(ids: readonly number[]): void {
  for (const id of ids) {
    try {
      process.kill(id, 'SIGKILL');
    } catch {
      // It was the child of one that is gone already.
    }
  }
}

/** A process may be gone at any moment; then there is nothing to read. */
const statusOf = (id: number): Promise<string> => readFile(`/proc/${id}/status`, 'utf8').catch(() => '');
