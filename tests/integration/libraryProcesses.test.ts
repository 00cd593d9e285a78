/** One library, several real processes, some of them killed at the worst moment. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { LEASE_EXPIRY_MS } from '../../electron/library/lease.ts';
import { type Library, openLibrary } from '../../electron/library/library.ts';
import { libraryPaths } from '../../electron/library/paths.ts';
import { beginStaging } from '../../electron/library/staging.ts';
import { orderOf, takeIdOf, takeOf } from '../doubles/records.ts';
import { bundleChild, type Child, type ChildScript } from './childScript.ts';
import type { LibraryJobs } from './libraryChild.ts';

const id = takeIdOf('counter');
let script: ChildScript<LibraryJobs>;
let root: string;
let library: Library;
/** Eight that live through all tests: starting them takes longer than most of what they do. */
let workers: Child<LibraryJobs>[];
beforeAll(async () => {
  script = await bundleChild<LibraryJobs>(resolve(import.meta.dirname, 'libraryChild.ts'));
  workers = await Promise.all(Array.from({ length: 8 }, () => script.start()));
});
afterAll(() => script.close());
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'twin-library-'));
  library = await openLibrary(root);
  const staging = await library.takes.stage();
  await library.takes.create(staging, { ...takeOf('counter'), name: '0' });
});
afterEach(async () => {
  await library.close();
  await rm(root, { recursive: true, force: true });
});

const openAll = (processes: readonly Child<LibraryJobs>[]) =>
  Promise.all(processes.map((child) => child.call('open', root)));

async function kill(doomed: readonly Child<LibraryJobs>[]): Promise<void> {
  for (const child of doomed) child.signal('SIGKILL');
  await Promise.all(doomed.map((child) => child.gone));
}

/** A child that works without end, to be killed at a random moment of it. */
async function startDoomed(
  work: (child: Child<LibraryJobs>) => Promise<unknown>,
): Promise<Child<LibraryJobs>> {
  const child = await script.start();
  await child.call('open', root);
  work(child).catch(() => undefined);
  return child;
}

test('eight processes that change one take lose no change', async () => {
  await openAll(workers);
  await Promise.all(workers.map((child) => child.call('increment', id, 50)));
  expect(await library.takes.read(id)).toMatchObject({ name: '400', revision: 400 });
  expect((await readdir(libraryPaths(root).take(id))).sort()).toEqual(['.leases', 'take.json']);
});

test('a process killed while it writes leaves a whole record, and keeps nobody out', async () => {
  const seen: number[] = [];
  for (let round = 0; round < 8; round += 1) {
    const { revision } = await library.takes.read(id);
    const pair = await Promise.all(
      [1, 2].map(() => startDoomed((child) => child.call('incrementForever', id))),
    );
    // They are at it, and then it is any moment.
    await expect
      .poll(async () => (await library.takes.read(id)).revision, { interval: 2 })
      .toBeGreaterThan(revision);
    await wait(Math.random() * 60);
    await kill(pair);
    const take = await library.takes.read(id);
    expect(take.name).toBe(String(take.revision));
    seen.push(take.revision);
    // Their lock is ours at once.
    const begun = performance.now();
    await library.takes.update(id, (current) => ({ ...current, name: String(Number(current.name) + 1) }));
    expect(performance.now() - begun).toBeLessThan(LEASE_EXPIRY_MS / 3);
  }
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
  expect(seen.at(-1)).toBeGreaterThan(8);
  expect((await readdir(libraryPaths(root).take(id))).filter((name) => name.includes('broken'))).toEqual([]);
  expect(library.problems()).toEqual([]);
});

test('a process killed while it replaces a file leaves the old content or the new', async () => {
  const file = join(root, 'file');
  const contents = ['a'.repeat(300_000), 'b'.repeat(200_000)];
  await writeFile(file, contents[0] ?? '');
  for (let round = 0; round < 10; round += 1) {
    const child = await startDoomed((doomed) => doomed.call('replaceForever', file, contents));
    await wait(Math.random() * 40);
    await kill([child]);
    const found = await readFile(file, 'utf8');
    expect(contents.includes(found), `${found.length} bytes of ${found[0]}`).toBe(true);
  }
});

test('of eight processes that make the same take, exactly one does, with all of its content', async () => {
  await openAll(workers);
  for (const name of ['first', 'second', 'third']) {
    await Promise.all(workers.map((child, mark) => child.call('stageTake', name, `mark ${mark}`)));
    const created = await Promise.all(
      workers.map((child, mark) => child.call('createTake', name, `mark ${mark}`)),
    );
    expect(created.filter(Boolean)).toHaveLength(1);
    const mark = `mark ${created.indexOf(true)}`;
    const paths = libraryPaths(root);
    expect((await library.takes.read(takeIdOf(name))).name).toBe(mark);
    expect(await readFile(join(paths.take(takeIdOf(name)), 'source.mp4'), 'utf8')).toBe(mark);
    expect((await readdir(paths.takes)).filter((entry) => entry.startsWith('.'))).toEqual([]);
  }
});

test('what a killed process left half made is removed, what a living one is making stays', async () => {
  const { takes } = libraryPaths(root);
  const [living] = workers;
  await openAll(workers);
  const dead = await script.start();
  await dead.call('open', root);
  const kept = await living?.call('stageTake', 'kept', 'content');
  await dead.call('stageTake', 'lost', 'content');
  const ours = await beginStaging(takes);
  const making = async () => (await readdir(takes)).filter((name) => name.startsWith('.')).length;
  expect(await making()).toBe(3);

  await (await openLibrary(root)).close();
  expect(await making()).toBe(3);
  await kill([dead]);
  await (await openLibrary(root)).close();
  expect(await making()).toBe(2);
  expect(await living?.call('createTake', 'kept', 'content')).toBe(true);
  expect((await library.takes.read(takeIdOf('kept'))).id).toBe(kept);
  await ours.discard();
  expect(await making()).toBe(0);
});

test('what another process changes is seen by who watches', async () => {
  const [other] = workers;
  await other?.call('open', root);
  // What this library itself wrote so far is no news.
  await library.catchUp();
  const changed = new Promise<void>((told) => library.watch(told));
  await other?.call('rename', id, 'renamed elsewhere');
  await changed;
  expect(library.takes.index.get(id)?.name).toBe('renamed elsewhere');
});

test('of eight processes that claim the same paid request, exactly one may send it', async () => {
  await openAll(workers);
  const order = orderOf('order');
  await library.orders.create(order);
  for (let request = 1; request <= 25; request += 1) {
    const claims = await Promise.all(workers.map((child) => child.call('claim', order.id, request)));
    expect(claims.filter(Boolean), `request ${request}`).toHaveLength(1);
  }
});

test('looks that eight processes add to one twin are all there, each once', async () => {
  await openAll(workers);
  const everybody = ['shared 1', 'shared 2'];
  await Promise.all(
    workers.map((child, worker) =>
      child.call('addLooks', 'group', [`own ${worker}`, ...everybody, `more ${worker}`]),
    ),
  );
  await library.catchUp();
  const [twin, ...others] = library.twins.index.values();
  expect(others).toEqual([]);
  const expected = [...everybody, ...workers.flatMap((_, worker) => [`own ${worker}`, `more ${worker}`])];
  expect(twin?.looks.map(({ avatarId }) => avatarId).sort()).toEqual(expected.sort());
});
