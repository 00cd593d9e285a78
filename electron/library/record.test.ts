import { writeFileSync } from 'node:fs';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { temporaryFolder } from '../../tests/doubles/temporaryFolder.ts';
import { createOrUpdateRecord, findSetAside, readRecord, updateRecord, writeRecord } from './record.ts';

const folder = temporaryFolder();
const CounterSchema = z.object({
  schemaVersion: z.literal(2),
  revision: z.number().int(),
  count: z.number(),
});
const place = (name = 'take') => ({
  file: join(folder(), name, 'take.json'),
  schema: CounterSchema,
  schemaVersion: 2,
  lockFolder: join(folder(), name, '.leases'),
  lockName: 'write',
  missing: 'TAKE_NOT_FOUND' as const,
});
const zero = { schemaVersion: 2, revision: 0, count: 0 } as const;
const one = (counter: z.infer<typeof CounterSchema>) => ({ ...counter, count: counter.count + 1 });
const filesOf = async () => (await readdir(join(folder(), 'take'))).filter((name) => name !== '.leases');

beforeEach(() => mkdir(join(folder(), 'take')));

describe('changing', () => {
  beforeEach(() => writeRecord(place(), zero));

  test('every change counts, and each has a revision of its own', async () => {
    await Promise.all(Array.from({ length: 40 }, () => updateRecord(place(), one)));
    expect(await readRecord(place())).toEqual({ schemaVersion: 2, revision: 40, count: 40 });
    expect(await filesOf()).toEqual(['take.json']);
  });

  test('a change of what has moved on is refused', async () => {
    await updateRecord(place(), one, 0);
    await expect(updateRecord(place(), one, 0)).rejects.toMatchObject({ code: 'REVISION_CONFLICT' });
    expect(await readRecord(place())).toMatchObject({ revision: 1, count: 1 });
  });

  test('no change is no write', async () => {
    const { mtimeNs } = await stat(place().file, { bigint: true });
    expect(await updateRecord(place(), () => null)).toEqual(zero);
    expect((await stat(place().file, { bigint: true })).mtimeNs).toBe(mtimeNs);
  });

  test('what is no valid record is never written', async () => {
    await expect(updateRecord(place(), () => ({ ...zero, count: Number.NaN }))).rejects.toThrow();
    expect(await readRecord(place())).toEqual(zero);
  });

  test('who lost the lock meanwhile, e.g. asleep, writes nothing', async () => {
    const slept = updateRecord(place(), (counter) => {
      // Somebody takes over at the worst moment: after we have read, before we write.
      writeFileSync(join(place().lockFolder, 'write.lease.99'), '');
      return one(counter);
    });
    await expect(slept).rejects.toMatchObject({ code: 'LEASE_LOST' });
    expect(await readRecord(place())).toEqual(zero);
    expect(await filesOf()).toEqual(['take.json']);
  });
});

describe('what cannot be read', () => {
  const whole = JSON.stringify(zero);
  test.each([
    ['empty', ''],
    ['cut off', whole.slice(0, -5)],
    ['not JSON', 'garbage\0'],
    ['of another shape', JSON.stringify({ ...zero, count: 'many' })],
    ['of an older version that is not known', JSON.stringify({ ...zero, schemaVersion: 1 })],
    ['no record at all', 'null'],
  ])('a record that is %s is set aside and reported, with every byte it had', async (_name, content) => {
    await writeFile(place().file, content);
    await expect(readRecord(place())).rejects.toMatchObject({
      code: 'RECORD_BROKEN',
      details: { file: 'take/take.json' },
    });
    const [setAside = '', ...others] = await filesOf();
    expect(others).toEqual([]);
    expect(setAside).toMatch(/^take\.json\.broken-/);
    expect(await readFile(join(folder(), 'take', setAside), 'utf8')).toBe(content);
    expect(await findSetAside(place().file)).toMatchObject({
      code: 'RECORD_BROKEN',
      details: { file: `take/${setAside}` },
    });
    await expect(readRecord(place())).rejects.toMatchObject({ code: 'TAKE_NOT_FOUND' });
  });

  test('of many that find it broken at once, none loses it', async () => {
    await writeFile(place().file, 'garbage');
    const found = await Promise.allSettled(Array.from({ length: 20 }, () => readRecord(place())));
    for (const result of found) {
      expect(['RECORD_BROKEN', 'TAKE_NOT_FOUND']).toContain(
        result.status === 'rejected' ? result.reason.code : 'read',
      );
    }
    expect(await filesOf()).toHaveLength(1);
  });

  test('breaking twice sets both aside', async () => {
    for (const content of ['first', 'second']) {
      await writeFile(place().file, content);
      await expect(readRecord(place())).rejects.toMatchObject({ code: 'RECORD_BROKEN' });
    }
    expect(await filesOf()).toHaveLength(2);
  });

  test('a record of a newer version is left alone, for the newer program', async () => {
    const newer = JSON.stringify({ schemaVersion: 3, revision: 0, everything: 'else' });
    await writeFile(place().file, newer);
    await expect(readRecord(place())).rejects.toMatchObject({ code: 'LIBRARY_NEWER' });
    await expect(updateRecord(place(), one)).rejects.toMatchObject({ code: 'LIBRARY_NEWER' });
    expect(await readFile(place().file, 'utf8')).toBe(newer);
  });

  test('a record that is repaired while it is read is not set aside', async () => {
    let looks = 0;
    const repairing = {
      ...place(),
      schema: CounterSchema.refine(() => {
        looks += 1;
        // As if the whole one had been put in its place just now.
        if (looks === 1) writeFileSync(place().file, `${whole} `);
        return looks > 1;
      }),
    };
    await writeFile(place().file, whole);
    expect(await readRecord(repairing)).toEqual(zero);
    expect(await filesOf()).toEqual(['take.json']);
  });
});

describe('what is not there', () => {
  test('a record that is missing, or its folder, is not found, and nothing is made', async () => {
    await expect(readRecord(place())).rejects.toMatchObject({ code: 'TAKE_NOT_FOUND' });
    await expect(updateRecord(place(), one)).rejects.toMatchObject({ code: 'TAKE_NOT_FOUND' });
    await expect(readRecord(place('gone'))).rejects.toMatchObject({ code: 'TAKE_NOT_FOUND' });
    await expect(updateRecord(place('gone'), one)).rejects.toMatchObject({ code: 'TAKE_NOT_FOUND' });
    await writeFile(join(folder(), 'file'), '');
    await expect(readRecord(place('file'))).rejects.toMatchObject({ code: 'TAKE_NOT_FOUND' });
    expect(await readdir(folder())).toEqual(['file', 'take']);
    expect(await findSetAside(place('gone').file)).toBeNull();
  });

  test('a record is created once, and changed from then on', async () => {
    const made = await Promise.all(
      Array.from({ length: 20 }, () => createOrUpdateRecord(place('new'), () => zero, one)),
    );
    expect(made.map(({ count }) => count).sort((a, b) => a - b)).toEqual([...Array(20).keys()]);
  });

  test('in place of a broken record a new one is created, beside it', async () => {
    await writeFile(place().file, 'garbage');
    expect(await createOrUpdateRecord(place(), () => zero, one)).toEqual(zero);
    expect(await filesOf()).toEqual(['take.json', expect.stringMatching(/broken/)]);
  });
});
