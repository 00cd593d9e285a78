/** A library as one process sees it; with others: tests/integration/library*.test.ts. */
import { chmod, mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { orderOf, takeIdOf, takeOf } from '../../tests/doubles/records.ts';
import { temporaryFolder } from '../../tests/doubles/temporaryFolder.ts';
import { type Library, openLibrary } from './library.ts';
import { libraryPaths } from './paths.ts';
import { twinIdOf } from './twinStore.ts';

const folder = temporaryFolder();
const paths = () => libraryPaths(folder());
const [ana, ben] = [takeIdOf('ana'), takeIdOf('ben')];
const group = twinIdOf('practice', 'account', 'group');

async function addTake(library: Library, name: string): Promise<boolean> {
  const staging = await library.takes.stage();
  try {
    return await library.takes.create(staging, takeOf(name));
  } finally {
    await staging.discard();
  }
}

const addLook = (library: Library, avatarId: string) =>
  library.twins.addLook(
    { name: 'Ana', trainer: 'practice', account: 'account', avatarGroupId: 'group' },
    {
      avatarId,
      name: avatarId,
      orderId: orderOf('a').id,
      takeId: ana,
      orderedAt: '2026-01-02T03:04:05.000Z',
    },
  );

const names = (library: Library) =>
  library.takes.index
    .values()
    .map((take) => take.name)
    .sort();
const problems = (library: Library) =>
  library.problems().map(({ code, details }) => `${code} ${details.file ?? ''}`);

let library: Library;
beforeEach(async () => {
  library = await openLibrary(folder());
  await addTake(library, 'ana');
  await addTake(library, 'ben');
});

describe('lists', () => {
  test('what is made, changed and removed is listed as it is', async () => {
    await library.takes.update(ana, (take) => ({ ...take, name: 'Ana, second' }));
    expect(names(library)).toEqual(['Ana, second', 'ben']);
    await rm(paths().take(ben), { recursive: true });
    await library.takes.noteChange(ben);
    expect(names(library)).toEqual(['Ana, second']);
    expect(problems(library)).toEqual([]);
  });

  test('a picture that was made after the take is listed, at once and after opening again', async () => {
    expect(library.takes.index.get(ana)?.hasPoster).toBe(false);
    // Opened and closed by somebody in between: what they remember is from before.
    await (await openLibrary(folder())).close();
    await writeFile(paths().poster(ana), 'picture');
    await library.takes.noteChange(ana);
    expect(library.takes.index.get(ana)?.hasPoster).toBe(true);
    const again = await openLibrary(folder());
    expect(again.takes.index.get(ana)?.hasPoster).toBe(true);
    expect(again.takes.index.get(ben)?.hasPoster).toBe(false);
  });

  test('of many changes at once, the last is listed', async () => {
    await Promise.all(
      Array.from({ length: 30 }, () =>
        library.takes.update(ana, (take) => ({ ...take, name: `ana ${take.revision + 1}` })),
      ),
    );
    expect(library.takes.index.get(ana)?.name).toBe('ana 30');
  });

  test('names that are no records are passed over', async () => {
    await mkdir(join(paths().takes, 'holiday pictures'));
    await writeFile(join(paths().takes, '.DS_Store'), '');
    await writeFile(join(paths().twins, 'notes.json'), '{}');
    const again = await openLibrary(folder());
    expect(names(again)).toEqual(['ana', 'ben']);
    expect(problems(again)).toEqual([]);
  });

  test('a take that is made twice is made once', async () => {
    expect(await addTake(library, 'ana')).toBe(false);
    expect((await library.takes.read(ana)).revision).toBe(0);
    expect(await library.orders.create(orderOf('a'))).toBe(true);
    expect(await library.orders.create(orderOf('a', { lookName: 'other' }))).toBe(false);
    expect((await library.orders.read(orderOf('a').id)).lookName).toBe('a');
    for (const parent of [paths().takes, paths().orders]) {
      expect((await readdir(parent)).filter((name) => name.startsWith('.'))).toEqual([]);
    }
  });
});

describe('the cache', () => {
  const cache = () => join(paths().index, 'takes.json');

  test.each<[string, () => Promise<unknown>]>([
    ['deleted', () => rm(cache())],
    ['emptied', () => writeFile(cache(), '')],
    ['garbage', () => writeFile(cache(), '{"version":1,"entries":')],
    [
      'of another version',
      async () =>
        writeFile(
          cache(),
          (await readFile(cache(), 'utf8'))
            .replace(/"version":\d+/, '"version":9')
            .replace('"ana"', '"told"'),
        ),
    ],
    [
      'of another shape',
      async () => writeFile(cache(), (await readFile(cache(), 'utf8')).replaceAll('"name":', '"title":')),
    ],
    ['deleted with its folder', () => rm(paths().index, { recursive: true })],
  ])('%s, it is made again', async (_name, harm) => {
    await library.close();
    expect(await readFile(cache(), 'utf8')).toContain('"name":"ana"');
    await harm();
    const again = await openLibrary(folder());
    expect(names(again)).toEqual(['ana', 'ben']);
    expect(await readFile(cache(), 'utf8')).toContain('"name":"ana"');
  });

  test('it is believed for records that have not changed, and only for those', async () => {
    await library.close();
    const content = await readFile(cache(), 'utf8');
    await writeFile(
      cache(),
      content.replace('"name":"ana"', '"name":"told"').replace('"name":"ben"', '"name":"lie"'),
    );
    const take = await readFile(paths().takeRecord(ben), 'utf8');
    await writeFile(paths().takeRecord(ben), take.replace('"name": "ben"', '"name": "Ben"'));
    // Some file systems tell times in steps.
    const later = new Date(Date.now() + 5_000);
    await utimes(paths().takeRecord(ben), later, later);
    expect(names(await openLibrary(folder()))).toEqual(['Ben', 'told']);
  });

  test('a record repaired by hand to the same length is seen by its time', async () => {
    await library.close();
    const { size, ino } = await stat(paths().takeRecord(ana));
    const take = await readFile(paths().takeRecord(ana), 'utf8');
    await writeFile(paths().takeRecord(ana), take.replace('"name": "ana"', '"name": "Ana"'));
    const later = new Date(Date.now() + 5_000);
    await utimes(paths().takeRecord(ana), later, later);
    expect(await stat(paths().takeRecord(ana))).toMatchObject({ size, ino });
    expect(names(await openLibrary(folder()))).toEqual(['Ana', 'ben']);
  });
});

describe('records that cannot be read', () => {
  test.each([
    ['take', () => paths().takeRecord(ana), () => library.takes.read(ana)],
    ['order', () => paths().orderRecord(orderOf('a').id), () => library.orders.read(orderOf('a').id)],
    ['twin', () => paths().twinRecord(group), () => library.twins.read(group)],
  ])(
    'a broken %s is told of at once and after every opening, until it is repaired',
    async (_kind, fileOf, read) => {
      await library.orders.create(orderOf('a'));
      await addLook(library, 'first');
      const file = fileOf();
      const whole = await readFile(file, 'utf8');
      await writeFile(file, whole.slice(0, -20));

      await expect(read()).rejects.toMatchObject({ code: 'RECORD_BROKEN' });
      const told = [expect.stringMatching(/^RECORD_BROKEN .+\.json\.broken-/)];
      expect(problems(library)).toEqual(told);
      await library.close();
      for (let opening = 1; opening <= 2; opening += 1) {
        const again = await openLibrary(folder());
        expect(problems(again), `opening ${opening}`).toEqual(told);
        await again.close();
      }

      await writeFile(file, whole);
      const repaired = await openLibrary(folder());
      expect(problems(repaired)).toEqual([]);
      expect(names(repaired)).toEqual(['ana', 'ben']);
    },
  );

  test('a record that breaks while nobody looks is told of when the library is opened', async () => {
    await library.close();
    await writeFile(paths().takeRecord(ana), 'garbage');
    const again = await openLibrary(folder());
    expect(names(again)).toEqual(['ben']);
    expect(problems(again)).toEqual([expect.stringContaining('RECORD_BROKEN')]);
    await rm(paths().take(ana), { recursive: true });
    await again.takes.noteChange(ana);
    expect(problems(again)).toEqual([]);
  });

  test('a take of a newer version is told of and left as it is', async () => {
    const newer = (await readFile(paths().takeRecord(ana), 'utf8')).replace(
      '"schemaVersion": 1',
      '"schemaVersion": 2',
    );
    await writeFile(paths().takeRecord(ana), newer);
    const again = await openLibrary(folder());
    expect(problems(again)).toEqual(['LIBRARY_NEWER ']);
    expect(names(again)).toEqual(['ben']);
    expect(await readFile(paths().takeRecord(ana), 'utf8')).toBe(newer);
  });

  test('a twin that broke is made again with its next look, beside what was set aside', async () => {
    await addLook(library, 'first');
    await writeFile(paths().twinRecord(group), 'garbage');
    expect((await addLook(library, 'second')).looks.map(({ avatarId }) => avatarId)).toEqual(['second']);
    expect(problems(library)).toEqual([]);
    expect((await readdir(paths().twins)).filter((name) => name.includes('.broken-'))).toHaveLength(1);
  });

  test('reports that cannot be read count as none', async () => {
    expect(await library.takes.readReport(ana)).toBeNull();
    await writeFile(paths().report(ana), '{"schema":"twin-studio/report"}');
    expect(await library.takes.readReport(ana)).toBeNull();
  });
});

test('what is not there is not found, and no folder is made by asking', async () => {
  const gone = takeIdOf('gone');
  const order = orderOf('gone').id;
  const notFound = [
    [() => library.takes.read(gone), 'TAKE_NOT_FOUND'],
    [() => library.takes.update(gone, (take) => take), 'TAKE_NOT_FOUND'],
    [() => library.orders.read(order), 'ORDER_NOT_FOUND'],
    [() => library.orders.transition(order, { kind: 'prepare' }), 'ORDER_NOT_FOUND'],
    [() => library.orders.claim(order, 'training', 1), 'ORDER_NOT_FOUND'],
    [() => library.twins.read(twinIdOf('practice', 'account', 'gone')), 'TWIN_NOT_FOUND'],
  ] as const;
  for (const [attempt, code] of notFound) await expect(attempt()).rejects.toMatchObject({ code });
  expect(await readdir(paths().takes)).toEqual([ana, ben].sort());
  expect(await readdir(paths().orders)).toEqual([]);
  expect(await readdir(paths().twins)).toEqual([]);
});

describe('several views of one library', () => {
  test('each takes in what the others did, when asked', async () => {
    const other = await openLibrary(folder());
    await other.takes.update(ana, (take) => ({ ...take, name: 'Ana' }));
    await addTake(other, 'cleo');
    expect(names(library)).toEqual(['ana', 'ben']);
    await library.catchUp();
    expect(names(library)).toEqual(['Ana', 'ben', 'cleo']);
  });

  test('when the journal is gone, everything is looked at again', async () => {
    const other = await openLibrary(folder());
    await other.takes.update(ana, (take) => ({ ...take, name: 'Ana' }));
    await rm(paths().take(ben), { recursive: true });
    await rm(paths().index, { recursive: true });
    await library.catchUp();
    expect(names(library)).toEqual(['Ana']);
  });

  test('every listener is called, until its own end', async () => {
    const other = await openLibrary(folder());
    // What this library itself wrote so far is no news.
    await library.catchUp();
    let calls = 0;
    const stopFirst = library.watch(() => {
      calls += 1;
    });
    const told = () => new Promise<void>((resolve) => library.watch(resolve));
    const first = told();
    await other.takes.update(ana, (take) => ({ ...take, name: 'Ana' }));
    await first;
    expect(names(library)).toEqual(['Ana', 'ben']);
    expect(calls).toBe(1);
    stopFirst();
    const second = told();
    await other.takes.update(ana, (take) => ({ ...take, name: 'Ana 2' }));
    await second;
    expect(calls).toBe(1);
    await library.close();
  });
});

describe('a library that cannot be used', () => {
  test('a file where its folder should be', async () => {
    await writeFile(join(folder(), 'file'), '');
    await expect(openLibrary(join(folder(), 'file'))).rejects.toMatchObject({ code: 'LIBRARY_UNREADABLE' });
    await expect(openLibrary(join(folder(), 'file', 'inside'))).rejects.toMatchObject({
      code: 'LIBRARY_UNREADABLE',
    });
  });

  test.skipIf(process.getuid?.() === 0)(
    'a folder that may not be read (needs a user other than root, who may read everything)',
    async () => {
      await chmod(paths().takes, 0o000);
      await expect(openLibrary(folder())).rejects.toMatchObject({ code: 'LIBRARY_UNREADABLE' });
      await chmod(paths().takes, 0o700);
    },
  );

  test('a disk that is unplugged while it is open: what was known stays, and the trouble is told', async () => {
    const away = `${folder()}-away`;
    await rename(folder(), away);
    await library.catchUp();
    expect(problems(library)).toEqual(['LIBRARY_UNREADABLE takes']);
    expect(names(library)).toEqual(['ana', 'ben']);
    await rename(away, folder());
    await library.catchUp();
    expect(problems(library)).toEqual([]);
  });
});
