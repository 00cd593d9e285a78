/** How long opening and listing a library takes with 10 and with 10,000 takes. Run: node tests/bench/library.mjs */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLibrary } from '../../electron/library/library.ts';
import { libraryPaths } from '../../electron/library/paths.ts';
import { takeOf } from '../doubles/records.ts';

async function timed<T>(action: () => Promise<T> | T): Promise<[T, string]> {
  const begun = performance.now();
  const result = await action();
  return [result, `${(performance.now() - begun).toFixed(0)} ms`];
}

for (const takes of [10, 1_000, 10_000]) {
  const root = await mkdtemp(join(tmpdir(), 'twin-bench-'));
  try {
    const paths = libraryPaths(root);
    for (let number = 0; number < takes; number += 1) {
      const take = takeOf(`take ${number}`);
      await mkdir(paths.take(take.id), { recursive: true });
      await writeFile(paths.takeRecord(take.id), JSON.stringify(take, null, 2));
    }
    const [cold, coldTime] = await timed(() => openLibrary(root));
    await cold.close();
    const [warm, warmTime] = await timed(() => openLibrary(root));
    const [listed, listTime] = await timed(() => warm.takes.index.values().length);
    const { id } = takeOf('take 3');
    const [, updateTime] = await timed(() => warm.takes.update(id, (take) => ({ ...take, name: 'renamed' })));
    const [, catchUpTime] = await timed(() => warm.catchUp());
    await warm.close();
    console.log(
      `${listed} takes: first opening ${coldTime}, later ${warmTime}, list ${listTime}, change one ${updateTime}, take in a change ${catchUpTime}`,
    );
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}
