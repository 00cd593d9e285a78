/** The take that a bench has recorded, as it lies in the library. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { libraryPaths } from '../../electron/library/paths.ts';
import { type Take, TakeSchema } from '../../shared/domain/take.ts';
import { type StageSample, StageSampleSchema } from '../../shared/recording/port.ts';

export interface TakeFiles {
  readonly take: Take;
  readonly source: string;
  readonly samples: readonly StageSample[];
}

/** @throws {Error} when there is not exactly one */
export async function readOnlyTake(libraryDir: string): Promise<TakeFiles> {
  const paths = libraryPaths(libraryDir);
  const ids = (await readdir(paths.takes)).filter((name) => name.startsWith('tk_'));
  const [id] = ids;
  if (id === undefined || ids.length > 1) throw new Error(`There are ${ids.length} takes, not one.`);
  const take = TakeSchema.parse(JSON.parse(await readFile(paths.takeRecord(id), 'utf8')));
  const { source } = take;
  if (source.storage !== 'held') throw new Error('A recorded take holds its source.');
  const lines = (await readFile(paths.stageSamples(id), 'utf8')).split('\n').filter((line) => line !== '');
  return {
    take,
    source: join(paths.take(id), source.file),
    samples: lines.map((line) => StageSampleSchema.parse(JSON.parse(line))),
  };
}
