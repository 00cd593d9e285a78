/** Imports and checks at their edges: what lies there is half there, changes meanwhile, goes away or is cancelled. */
import { execFileSync } from 'node:child_process';
import { appendFileSync, utimesSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { tryLease } from '../../electron/library/lease.ts';
import { writeBeside } from '../../electron/media/beside.ts';
import { locateTools } from '../../electron/media/locate.ts';
import { Activities } from '../../electron/pipeline/activities.ts';
import type { WorkContext } from '../../electron/pipeline/context.ts';
import { inLane } from '../../electron/pipeline/laneWork.ts';
import { backgroundWork } from '../../electron/studio/backgroundWork.ts';
import { checkTake } from '../../electron/studio/checkTake.ts';
import { type Engine, openEngine } from '../../electron/studio/engine.ts';
import { holdNotices } from '../../electron/studio/heldNotices.ts';
import { importFootage } from '../../electron/studio/importFootage.ts';
import { makePicture } from '../../electron/studio/makePicture.ts';
import { previewTake } from '../../electron/studio/previewTake.ts';
import { createServices } from '../../electron/studio/services.ts';
import type { Notice } from '../../shared/contract.ts';
import { takeStateOf } from '../../shared/domain/summary.ts';
import { Cancelled } from '../../shared/errors.ts';
import { DEFAULT_SETTINGS } from '../../shared/settings.ts';

/** What the file system did, and whether it can clone: the one of the tests mostly cannot. */
const disk = vi.hoisted(() => ({ clones: false, synced: [] as string[] }));
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  return {
    ...real,
    copyFile: (from: string, to: string, mode: number) =>
      disk.clones ? real.copyFile(from, to) : real.copyFile(from, to, mode),
    open: async (...how: Parameters<typeof real.open>) => {
      const handle = await real.open(...how);
      const sync = handle.sync.bind(handle);
      handle.sync = () => {
        disk.synced.push(String(how[0]));
        return sync();
      };
      return handle;
    },
  };
});

const shot = 'head-and-shoulders';
const noEnd = new AbortController().signal;
const settings = { get: () => DEFAULT_SETTINGS, save: () => undefined };
const secrets = {
  storage: 'session' as const,
  get: () => null,
  set: () => undefined,
  originOf: () => 'missing' as const,
};

let footage = '';
let root = '';
let file = '';
let library = '';
let engines: Engine[] = [];

beforeAll(async () => {
  const { ffmpeg } = await locateTools();
  footage = await mkdtemp(join(tmpdir(), 'twin-studio-footage-'));
  const options = ['-f', 'lavfi', '-i', 'testsrc=size=160x120:rate=25', '-t', '1', '-pix_fmt', 'yuv420p'];
  execFileSync(ffmpeg, ['-v', 'error', ...options, join(footage, 'ana.mp4')]);
  execFileSync(ffmpeg, ['-v', 'error', ...options, '-c:v', 'mjpeg', join(footage, 'ana.avi')]);
}, 60_000);
afterAll(() => rm(footage, { recursive: true, force: true }));

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'twin-studio-edges-'));
  library = join(root, 'library');
  file = join(root, 'ana.mp4');
  await copyFile(join(footage, 'ana.mp4'), file);
  disk.clones = false;
  disk.synced = [];
});
afterEach(async () => {
  for (const engine of engines) await engine.close();
  engines = [];
  await rm(root, { recursive: true, force: true });
});

const open = async (): Promise<WorkContext> => (await openWhole()).context;

async function openWhole(): Promise<Engine> {
  const engine = await openEngine({
    libraryDir: library,
    settings,
    secrets,
    environment: { PATH: process.env.PATH ?? '', TWIN_STUDIO_USER_DATA: join(root, 'user-data') },
    trialRuntime: false,
    version: '0',
  });
  engines.push(engine);
  return engine;
}

/** Takes the record away as one that cannot be read. */
const breakRecord = (context: WorkContext, takeId: string) =>
  writeFile(context.library.paths.takeRecord(takeId), '{ "schemaVersion": 1, "na');

describe('a folder of the take is there already', () => {
  test('with a broken record: it gets a new one, and keeps what it has', async () => {
    const context = await open();
    const { takeId } = await importFootage(context, file, { shot });
    const folder = context.library.paths.take(takeId);
    await writeFile(join(folder, 'notes.txt'), 'mine');
    await breakRecord(context, takeId);
    await expect(context.library.takes.read(takeId)).rejects.toMatchObject({ code: 'RECORD_BROKEN' });
    const before = await readdir(folder);

    expect(await importFootage(context, file, { shot })).toEqual({ takeId, known: false });
    const take = await context.library.takes.read(takeId);
    expect(take).toMatchObject({ name: 'ana', source: { file: 'source.mp4', storage: 'held' } });
    expect(await readdir(folder)).toEqual(expect.arrayContaining([...before, 'take.json']));
    expect((await readdir(folder)).filter((name) => name.startsWith('source'))).toEqual(['source.mp4']);
    expect(context.library.takes.index.get(takeId)?.name).toBe('ana');
    expect(context.library.problems()).toEqual([]);
    expect(await readdir(context.library.paths.takes)).toEqual([takeId]);
  });

  test('with a broken record nobody has looked at yet', async () => {
    const context = await open();
    const { takeId } = await importFootage(context, file, { shot });
    await breakRecord(context, takeId);
    expect((await importFootage(context, file, { shot })).known).toBe(false);
    expect((await context.library.takes.read(takeId)).name).toBe('ana');
    const names = await readdir(context.library.paths.take(takeId));
    expect(names.filter((name) => name.includes('.broken-'))).toHaveLength(1);
  });

  test('as a stray one, with another file where the source would be: it gets both', async () => {
    const context = await open();
    const { takeId } = await importFootage(context, file, { shot });
    const folder = context.library.paths.take(takeId);
    await rm(folder, { recursive: true });
    await mkdir(folder);
    await writeFile(join(folder, 'source.mp4'), 'something else');

    expect((await importFootage(context, file, { shot })).known).toBe(false);
    const take = await context.library.takes.read(takeId);
    expect(await readFile(context.library.takes.sourceFile(take))).toEqual(await readFile(file));
    expect(await readFile(join(folder, 'source.mp4'), 'utf8')).toBe('something else');
  });

  test('as a stray one, and it is imported twice at once: one take, one source', async () => {
    const [one, other] = [await open(), await open()];
    const { takeId } = await importFootage(one, file, { shot });
    const folder = one.library.paths.take(takeId);
    await rm(folder, { recursive: true });
    await mkdir(folder);
    await writeFile(join(folder, 'log.ndjson'), '');

    const ends = await Promise.all([one, other].map((context) => importFootage(context, file, { shot })));
    expect(ends.map(({ known }) => known).sort()).toEqual([false, true]);
    const names = await readdir(folder);
    expect(names.filter((name) => name.startsWith('source'))).toEqual(['source.mp4']);
    expect((await other.library.takes.read(takeId)).revision).toBe(0);
    expect(await readdir(one.library.paths.takes)).toEqual([takeId]);
  });

  test('whole: nothing is added and nothing changed', async () => {
    const context = await open();
    const { takeId } = await importFootage(context, file, { shot });
    const before = await stat(context.library.paths.takeRecord(takeId));
    expect(await importFootage(context, file, { shot })).toEqual({ takeId, known: true });
    expect((await stat(context.library.paths.takeRecord(takeId))).mtimeMs).toBe(before.mtimeMs);
  });

  test('without its source: it is put back', async () => {
    const context = await open();
    const { takeId } = await importFootage(context, file, { shot });
    const source = context.library.takes.sourceFile(await context.library.takes.read(takeId));
    await rm(source);
    expect(await importFootage(context, file, { shot })).toEqual({ takeId, known: true });
    expect(await readFile(source)).toEqual(await readFile(file));
  });
});

describe('a source outside the library moved', () => {
  test('referred to again, it is where it is now', async () => {
    const context = await open();
    const { takeId } = await importFootage(context, file, { shot, reference: true });
    const moved = join(root, 'moved.mp4');
    await rename(file, moved);
    expect(await importFootage(context, moved, { shot, reference: true })).toEqual({ takeId, known: true });
    const { source } = await context.library.takes.read(takeId);
    expect(source).toMatchObject({ storage: 'referenced', originalName: 'ana.mp4' });
    expect(basename(source.file)).toBe('moved.mp4');
  });

  test('imported, it is held', async () => {
    const context = await open();
    const { takeId } = await importFootage(context, file, { shot, reference: true });
    const moved = join(root, 'moved.mp4');
    await rename(file, moved);
    expect(await importFootage(context, moved, { shot })).toEqual({ takeId, known: true });
    const take = await context.library.takes.read(takeId);
    expect(take.source).toMatchObject({ storage: 'held', file: 'source.mp4' });
    expect(await readFile(context.library.takes.sourceFile(take))).toEqual(await readFile(moved));
  });
});

/** The context, with something that happens once the first bytes of an import are read. */
function whileReading(context: WorkContext, happens: () => void): WorkContext {
  class Interrupted extends Activities {
    override run: Activities['run'] = (subject, signal, work) =>
      super.run(subject, signal, (activity) => {
        let first = true;
        return work({
          ...activity,
          progress: () => {
            if (first) happens();
            first = false;
          },
        });
      });
  }
  return { ...context, activities: new Interrupted(() => undefined) };
}

describe('a file that changes while it is imported', () => {
  const changes: [string, () => void][] = [
    ['grows', () => appendFileSync(file, 'more')],
    ['is written over', () => utimesSync(file, 1, 1)],
  ];
  for (const [how, change] of changes) {
    for (const reference of [false, true]) {
      test(`${how}${reference ? ', only referred to' : ''}: nothing is added`, async () => {
        const context = await open();
        const imported = importFootage(whileReading(context, change), file, { shot, reference });
        await expect(imported).rejects.toMatchObject({ code: 'SOURCE_CHANGED' });
        expect(await readdir(context.library.paths.takes)).toEqual([]);
      });
    }
  }
});

test('a cloned source is on the disk before the take has its name', async () => {
  disk.clones = true;
  const context = await open();
  const { takeId } = await importFootage(context, file, { shot });
  expect(await readFile(join(context.library.paths.take(takeId), 'source.mp4'))).toEqual(
    await readFile(file),
  );
  const cloned = disk.synced.findIndex((name) => basename(name) === 'source.mp4');
  const folder = disk.synced.findIndex((name) => basename(name).startsWith('.incoming-'));
  expect(cloned).toBeGreaterThanOrEqual(0);
  expect(folder).toBeGreaterThan(cloned);
});

describe('a folder that went to the bin', () => {
  test('is not made again by what is written into it', async () => {
    const gone = join(root, 'tk_gone');
    const written = writeBeside(join(gone, 'poster.jpg'), (temporary) => writeFile(temporary, 'picture'));
    await expect(written).rejects.toMatchObject({ code: 'FOLDER_UNREADABLE' });
    await expect(stat(gone)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('also when it goes while that is written', async () => {
    const going = join(root, 'tk_going');
    await mkdir(going);
    const written = writeBeside(join(going, 'poster.jpg'), async (temporary) => {
      await writeFile(temporary, 'picture');
      await rename(going, join(root, 'bin'));
    });
    await expect(written).rejects.toMatchObject({ code: 'FOLDER_UNREADABLE' });
    await expect(stat(going)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('has no leases, and says so in words', async () => {
    const gone = join(root, 'tk_gone', '.leases');
    await expect(tryLease(gone, 'work')).rejects.toMatchObject({ code: 'LIBRARY_UNREADABLE' });
    await expect(tryLease(gone, 'work', 'ORDER_NOT_FOUND')).rejects.toMatchObject({
      code: 'ORDER_NOT_FOUND',
    });
    await expect(tryLease(root, 'n'.repeat(300))).rejects.toMatchObject({ code: 'LIBRARY_UNREADABLE' });
    const { lanes } = await open();
    const never = async () => null;
    const worked = inLane(lanes.media, gone, 'check', new AbortController().signal, async () => 1, never);
    await expect(worked).rejects.toMatchObject({ code: 'TAKE_NOT_FOUND' });
    await expect(stat(join(root, 'tk_gone'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('files that are imported together', () => {
  test('are all there, with their pictures, before any of them is checked', async () => {
    const engine = await openWhole();
    const { activities, lanes } = engine.context;
    const { index } = engine.context.library.takes;
    const other = join(root, 'ben.avi');
    await copyFile(join(footage, 'ana.avi'), other);
    const notices: Notice[] = [];
    const work = backgroundWork(engine, settings, {
      ...holdNotices((notice) => notices.push(notice)),
      tell: (notice) => notices.push(notice),
    });
    // A check that takes as long as anybody likes.
    let free: () => void = () => undefined;
    const busy = lanes.media.add(
      () =>
        new Promise<void>((resolve) => {
          free = resolve;
        }),
    );
    const missing = ['1', '2', '3', '4', '5'].map((name) => join(root, `nobody ${name}.mp4`));
    // The same content under another name is the same take, which is checked once.
    const copy = join(root, 'copy.mp4');
    await copyFile(file, copy);
    expect(work.importFiles([file, ...missing, copy, other])).toBe(8);
    await expect
      .poll(() => activities.list().map(({ kind, label }) => `${kind} ${label}`))
      .toEqual(['check ana', 'check ben']);
    // Each waits for its turn once it has a picture.
    await expect.poll(() => lanes.media.size).toBe(2);
    for (const { id } of index.values()) {
      expect(takeStateOf(await engine.context.library.takes.read(id), [])).toEqual({ kind: 'not-checked' });
      await stat(engine.context.library.paths.poster(id));
    }
    expect(notices.map(({ tone, message }) => [tone, message])).toEqual([
      ['fail', expect.stringContaining('nobody 1.mp4')],
      ['fail', expect.stringContaining('nobody 2.mp4')],
      ['fail', expect.stringContaining('nobody 3.mp4')],
      ['fail', expect.stringContaining('imported: nobody 4.mp4. Import')],
      ['fail', expect.stringContaining('imported: nobody 4.mp4, nobody 5.mp4. Import')],
      ['info', expect.stringContaining('copy.mp4')],
    ]);
    // The second one takes the first one's place.
    expect(notices[4]?.id).toBe(notices[3]?.id);
    // Whoever closes the program stops both, and is told of neither.
    await work.close();
    expect(activities.list()).toEqual([]);
    expect(notices).toHaveLength(6);
    free();
    await busy;
  });

  test('come one after the other: one that waits can be left out', async () => {
    const engine = await openWhole();
    const { activities, lanes, library: held } = engine.context;
    const other = join(root, 'ben.avi');
    await copyFile(join(footage, 'ana.avi'), other);
    lanes.disk.pause();
    const imports = [file, other].map((one) => importFootage(engine.context, one, { shot }));
    const waiting = activities.list().find(({ label }) => label === 'ben.avi');
    expect(waiting).toMatchObject({ kind: 'import', progress: null });
    activities.cancel(waiting?.id ?? '');
    await expect(imports[1]).rejects.toBeInstanceOf(Cancelled);
    lanes.disk.start();
    await imports[0];
    expect([...held.takes.index.values()].map(({ name }) => name)).toEqual(['ana']);
  });
});

describe('a check', () => {
  test('that is cancelled in the queue ends at once, and its take is not checked', async () => {
    const context = await open();
    const { takeId } = await importFootage(context, file, { shot });
    let free: () => void = () => undefined;
    const busy = context.lanes.media.add(
      () =>
        new Promise<void>((resolve) => {
          free = resolve;
        }),
    );
    const stop = new AbortController();
    const check = checkTake(context, takeId, { signal: stop.signal });
    const queued = new Promise<void>((resolve) => {
      context.lanes.media.once('add', () => resolve());
    });
    await queued;
    stop.abort(new Cancelled());
    await expect(check).rejects.toBeInstanceOf(Cancelled);
    expect(context.lanes.media.size).toBe(0);
    const take = await context.library.takes.read(takeId);
    expect(takeStateOf(take, [])).toEqual({ kind: 'not-checked' });
    free();
    await busy;
  });

  test('that ends in a way nobody thought of is put back', async () => {
    const context = await open();
    const { takeId } = await importFootage(context, file, { shot });
    const odd = { ...context, tools: () => Promise.reject(new TypeError('odd')) };
    await expect(checkTake(odd, takeId)).rejects.toThrow('odd');
    expect((await context.library.takes.read(takeId)).check).toEqual({ kind: 'waiting' });
  });

  test('of a take that is gone says so', async () => {
    const context = await open();
    const { takeId } = await importFootage(context, file, { shot });
    const going = {
      ...context,
      tools: async () => {
        await rename(context.library.paths.take(takeId), join(root, 'bin'));
        return context.tools();
      },
    };
    await expect(checkTake(going, takeId)).rejects.toMatchObject({ code: 'TAKE_NOT_FOUND' });
    await expect(stat(context.library.paths.take(takeId))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('footage that was imported and not checked yet', () => {
  test('can be played where the window plays its format, and its length is known', async () => {
    const context = await open();
    const { takeId } = await importFootage(context, file, { shot });
    const take = await context.library.takes.read(takeId);
    expect(take).toMatchObject({ check: { kind: 'waiting' }, preview: { kind: 'source' } });
    expect(take.media?.durationSeconds).toBeCloseTo(1, 1);
  });

  test('can have a preview made of it where the window does not', async () => {
    const context = await open();
    const { takeId } = await importFootage(context, join(footage, 'ana.avi'), { shot });
    expect((await context.library.takes.read(takeId)).preview).toEqual({ kind: 'needed' });
    await previewTake(context, takeId, noEnd);
    const made = await context.library.takes.read(takeId);
    expect(made).toMatchObject({ check: { kind: 'waiting' }, preview: { kind: 'ready' } });
  });

  test('has its picture before the check looks at it, and another check leaves that alone', async () => {
    const context = await open();
    const { takeId } = await importFootage(context, file, { shot });
    const { takes, paths } = context.library;
    const { media } = await takes.read(takeId);
    if (media === null) throw new Error('It was not probed.');
    await makePicture(context, takeId, file, media, noEnd);
    expect(takes.index.get(takeId)?.hasPoster).toBe(true);
    const { mtimeMs } = await stat(paths.poster(takeId));
    await checkTake(context, takeId);
    expect((await stat(paths.poster(takeId))).mtimeMs).toBe(mtimeMs);
  });
});

test('practice can be opened after it could not be', async () => {
  await writeFile(library, 'a file where the library should be');
  const services = createServices({
    libraryDir: library,
    settings,
    secrets,
    environment: {},
    trialRuntime: false,
    tools: () => locateTools(),
    onError: () => undefined,
  });
  try {
    await expect(services.trainer('practice')).rejects.toThrow();
    await rm(library);
    await mkdir(library);
    expect((await services.trainer('practice')).reach).toBe('this-machine');
  } finally {
    await services.close();
  }
});
