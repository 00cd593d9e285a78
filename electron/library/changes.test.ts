import { appendFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { orderIdOf, takeIdOf } from '../../tests/doubles/records.ts';
import { temporaryFolder } from '../../tests/doubles/temporaryFolder.ts';
import { ChangeJournal, LARGEST_JOURNAL } from './changes.ts';

const folder = temporaryFolder();
const file = () => join(folder(), 'changes.log');
const open = () => ChangeJournal.open(folder());
const [a, b, c] = [takeIdOf('a'), takeIdOf('b'), takeIdOf('c')];
const take = (id: string) => ({ kind: 'take', id });
const EVERYTHING = [{ kind: '*', id: '' }];

test('each reader sees what was noted since its last look, by anybody, once', async () => {
  const [ours, theirs] = [await open(), await open()];
  await theirs.note('take', a);
  await ours.note('order', orderIdOf('b'));
  expect(await ours.read()).toEqual([take(a), { kind: 'order', id: orderIdOf('b') }]);
  expect(await ours.read()).toEqual([]);
  const late = await open();
  expect(await late.read()).toEqual([]);
  await ours.note('take', c);
  expect(await late.read()).toEqual([take(c)]);
  expect(await theirs.read()).toHaveLength(3);
});

test('two looks at once see every change once', async () => {
  const journal = await open();
  for (const id of [a, b, c]) await journal.note('take', id);
  const seen = (await Promise.all([journal.read(), journal.read(), journal.read()])).flat();
  expect(seen).toEqual([take(a), take(b), take(c)]);
  await journal.note('take', a);
  expect(await journal.read()).toEqual([take(a)]);
});

describe('a journal that is not the one from before means to look at everything', () => {
  test.each<[string, () => Promise<void>]>([
    ['deleted', () => rm(file())],
    ['cut', () => truncate(file(), 60)],
    ['emptied', () => truncate(file(), 0)],
    ['garbage', () => writeFile(file(), 'x'.repeat(500))],
  ])('%s', async (_name, harm) => {
    const [ours, theirs] = [await open(), await open()];
    for (const id of [a, b]) await theirs.note('take', id);
    await ours.read();
    await harm();
    expect(await ours.read()).toEqual(EVERYTHING);
    await theirs.note('take', c);
    // What the next line is appended to may be garbage; nothing may be lost either way.
    const seen = await ours.read();
    expect([EVERYTHING, [take(c)]]).toContainEqual(seen);
  });

  test('deleted and grown to the same length or beyond before anybody looked', async () => {
    const [ours, theirs] = [await open(), await open()];
    await theirs.note('take', a);
    await ours.read();
    const { size } = await stat(file());
    await rm(file());
    await theirs.note('take', b);
    expect((await stat(file())).size).toBe(size);
    expect(await ours.read()).toEqual(EVERYTHING);
    await rm(file());
    for (const id of [a, b, c]) await theirs.note('take', id);
    expect(await ours.read()).toEqual(EVERYTHING);
  });

  test('too long, and begun anew by the next who opens the library', async () => {
    const ours = await open();
    await appendFile(file(), `take ${a}\n`.repeat(LARGEST_JOURNAL / 30));
    await ours.read();
    await appendFile(file(), `take ${a}\n`.repeat(LARGEST_JOURNAL / 30));
    await open();
    expect((await stat(file())).size).toBeLessThan(100);
    expect(await ours.read()).toEqual(EVERYTHING);
    expect(await ours.read()).toEqual([]);
  });
});

test('lines that are torn or not known mean to look at everything', async () => {
  const journal = await open();
  await appendFile(file(), `take tk_\ntake ../../elsewhere\nposter ${a}\n`);
  expect(await journal.read()).toEqual([...EVERYTHING, ...EVERYTHING, ...EVERYTHING]);
  // A line in the making waits for its end.
  await appendFile(file(), `take ${a.slice(0, 10)}`);
  expect(await journal.read()).toEqual([]);
  await appendFile(file(), `${a.slice(10)}\n`);
  expect(await journal.read()).toEqual([take(a)]);
});

describe('watching', () => {
  test('a change noted before the first look is seen, and none after the end', async () => {
    const journal = await open();
    await journal.note('take', a);
    const seen: unknown[] = [];
    await new Promise<void>((resolve) => {
      const stop = journal.watch((changes) => {
        seen.push(...changes);
        stop();
        resolve();
        return Promise.resolve(true);
      });
    });
    await journal.note('take', b);
    expect(seen).toEqual([take(a)]);
    expect(await journal.read()).toEqual([take(b)]);
  });

  test('changes that could not be taken in are asked for again, as everything', async () => {
    const journal = await open();
    await journal.note('take', a);
    const seen: unknown[] = [];
    await new Promise<void>((resolve) => {
      const stop = journal.watch((changes) => {
        seen.push(changes);
        if (seen.length < 2) return Promise.resolve(false);
        stop();
        resolve();
        return Promise.resolve(true);
      });
    });
    expect(seen).toEqual([[take(a)], EVERYTHING]);
  });
});
