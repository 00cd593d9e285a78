import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { temporaryFolder } from '../../tests/doubles/temporaryFolder.ts';
import { RecordIndex } from './recordIndex.ts';

const folder = temporaryFolder();

test('of two looks at one record, the later has the last word, however long the earlier takes', async () => {
  const file = join(folder(), 'records', 'a');
  await mkdir(join(folder(), 'records'));
  await writeFile(file, 'first');
  let slowly: Promise<void> | null = null;
  let hasRead: () => void = () => undefined;
  const index = await RecordIndex.open(
    {
      folder: join(folder(), 'records'),
      idOf: (entry) => entry,
      fileOf: () => file,
      summarize: async () => {
        const content = await readFile(file, 'utf8');
        const pause = slowly;
        slowly = null;
        hasRead();
        await pause;
        return content;
      },
      summarySchema: z.string(),
      version: 1,
    },
    join(folder(), 'cache.json'),
  );

  let goOn: () => void = () => undefined;
  slowly = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const read = new Promise<void>((resolve) => {
    hasRead = resolve;
  });
  const earlier = index.refresh('a');
  await read;
  await writeFile(file, 'second');
  const later = index.refresh('a');
  // Time enough for the later look to overtake, were it not waiting for its turn.
  for (let turn = 0; turn < 30; turn += 1) await stat(file);
  goOn();
  await Promise.all([earlier, later]);
  expect(index.get('a')).toBe('second');
});
