/** How long opening and listing a library takes, from a few takes to very many. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openLibrary } from '../../electron/library/library.ts';
import { libraryPaths } from '../../electron/library/paths.ts';
import { takeOf } from '../doubles/records.ts';
import type { Bench, BenchContext, Figure } from './bench.ts';

const SIZES = [10, 1_000, 10_000];

const MEASURED = {
  FirstOpening: 'opened for the first time',
  LaterOpening: 'opened again',
  List: 'listed',
  Change: 'one take renamed',
  CatchUp: 'a change taken in',
};

async function timed<T>(action: () => Promise<T> | T): Promise<[T, number]> {
  const begun = performance.now();
  const result = await action();
  return [result, Math.round(performance.now() - begun)];
}

async function measure(takes: number, root: string): Promise<Record<keyof typeof MEASURED, number>> {
  const paths = libraryPaths(root);
  for (let number = 0; number < takes; number += 1) {
    const take = takeOf(`take ${number}`);
    await mkdir(paths.take(take.id), { recursive: true });
    await writeFile(paths.takeRecord(take.id), JSON.stringify(take, null, 2));
  }
  const [cold, FirstOpening] = await timed(() => openLibrary(root));
  await cold.close();
  const [warm, LaterOpening] = await timed(() => openLibrary(root));
  const [listed, List] = await timed(() => warm.takes.index.values().length);
  if (listed !== takes) throw new Error(`Of ${takes} takes ${listed} are listed.`);
  const { id } = takeOf('take 3');
  const [, Change] = await timed(() => warm.takes.update(id, (take) => ({ ...take, name: 'renamed' })));
  const [, CatchUp] = await timed(() => warm.catchUp());
  await warm.close();
  return { FirstOpening, LaterOpening, List, Change, CatchUp };
}

async function run({ folder, say }: BenchContext): Promise<Record<string, Figure>> {
  const result: Record<string, Figure> = {};
  for (const takes of SIZES) {
    say(`Measuring a library of ${takes} takes.`);
    for (const [name, milliseconds] of Object.entries(await measure(takes, join(folder, String(takes))))) {
      result[`takes${takes}${name}Ms`] = milliseconds;
    }
  }
  return result;
}

export const bench: Bench = {
  about: 'a library of 10, 1,000 and 10,000 takes: opening, listing, changing (quick)',
  window: false,
  figures: Object.fromEntries(
    SIZES.flatMap((takes) =>
      Object.entries(MEASURED).map(([name, about]) => [
        `takes${takes}${name}Ms`,
        `ms; ${takes} takes: ${about}`,
      ]),
    ),
  ),
  run,
};
