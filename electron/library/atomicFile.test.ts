import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../tests/doubles/temporaryFolder.ts';
import { createExclusive, overwriteInPlace, writeFileAtomic } from './atomicFile.ts';

const folder = temporaryFolder();
const file = () => join(folder(), 'file.json');

test('a file is replaced as a whole, and nothing else stays behind', async () => {
  await writeFileAtomic(file(), 'a long first content');
  const { ino } = await stat(file());
  await writeFileAtomic(file(), 'second');
  expect(await readFile(file(), 'utf8')).toBe('second');
  expect((await stat(file())).ino).not.toBe(ino);
  expect(await readdir(folder())).toEqual(['file.json']);
});

test('when replacing fails, the old content stays and nothing is left over', async () => {
  await writeFileAtomic(file(), 'old');
  const lost = () => Promise.reject(new Error('lost the lock'));
  await expect(writeFileAtomic(file(), 'new', lost)).rejects.toThrow('lost the lock');
  expect(await readFile(file(), 'utf8')).toBe('old');

  await mkdir(join(folder(), 'taken', 'inside'), { recursive: true });
  await expect(writeFileAtomic(join(folder(), 'taken'), 'new')).rejects.toThrow();
  expect(await readdir(folder())).toEqual(['file.json', 'taken']);
});

test('a file is created once', async () => {
  const made = await Promise.all(
    Array.from({ length: 20 }, (_, turn) => createExclusive(file(), `turn ${turn}`)),
  );
  expect(made.filter(Boolean)).toHaveLength(1);
  expect(await readFile(file(), 'utf8')).toBe(`turn ${made.indexOf(true)}`);
  expect(await createExclusive(file(), 'late')).toBe(false);
  await expect(createExclusive(join(folder(), 'gone', 'file'), '')).rejects.toMatchObject({ code: 'ENOENT' });
});

test('overwriting in place keeps the file and its length', async () => {
  await writeFile(file(), 'x'.repeat(100));
  const before = await stat(file());
  await overwriteInPlace(file(), 'ä and more');
  const after = await stat(file());
  expect([after.ino, after.size]).toEqual([before.ino, 100]);
  expect(await readFile(file(), 'utf8')).toMatch(/^ä and morex+$/);
  await expect(overwriteInPlace(join(folder(), 'gone'), '')).rejects.toMatchObject({ code: 'ENOENT' });
});
