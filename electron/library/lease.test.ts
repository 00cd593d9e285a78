/** Leases as one process sees them; between processes: tests/integration/libraryLeases.test.ts. */
import { mkdir, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { temporaryFolder } from '../../tests/doubles/temporaryFolder.ts';
import { CLOCKS_DIFFER_MS, isLeased, LEASE_EXPIRY_MS, SILENCE_MS, tryLease, withLock } from './lease.ts';
import { MACHINE, processStart } from './machine.ts';

/** Lets others act between our look at the leases and our own. */
const between = vi.hoisted(() => ({ act: null as null | (() => Promise<void>) }));
vi.mock('node:fs/promises', async (importOriginal) => {
  const real = await importOriginal<typeof import('node:fs/promises')>();
  const open: typeof real.open = async (...args) => {
    const { act } = between;
    between.act = null;
    await act?.();
    return real.open(...args);
  };
  return { ...real, open };
});

const folder = temporaryFolder();
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const fileOf = (generation: number) => join(folder(), `work.lease.${generation}`);
const take = () => tryLease(folder(), 'work');
const takeWhile = (act: () => Promise<void>) => {
  between.act = act;
  return take();
};

interface HandMade {
  machine?: string;
  pid?: number;
  processStart?: string;
  released?: boolean;
  heardAgoMs?: number;
}

/** Writes a lease as another process would have left it. */
async function leaseBy(generation: number, holder: HandMade): Promise<void> {
  const { heardAgoMs = 0, ...facts } = holder;
  const us = { machine: MACHINE, pid: process.pid, processStart: processStart(process.pid) };
  const content = { token: `token ${generation}`, released: false, ...us, ...facts };
  await writeFile(fileOf(generation), JSON.stringify(content));
  await heartbeat(generation, heardAgoMs);
}

async function heartbeat(generation: number, agoMs: number): Promise<void> {
  const at = new Date(Date.now() - agoMs);
  await utimes(fileOf(generation), at, at);
}

/** A process id that no process has: the highest is 2^22. */
const NOBODY = 2 ** 22 + 1;
const elsewhere = { machine: 'another machine', pid: NOBODY };

describe('one holder', () => {
  test('a lease that is held is refused, and free again once released', async () => {
    const first = await take();
    expect(await first?.isHeld()).toBe(true);
    expect(await take()).toBeNull();
    expect(await isLeased(folder(), 'work')).toBe(true);

    await first?.release();
    expect(await first?.isHeld()).toBe(false);
    expect(await isLeased(folder(), 'work')).toBe(false);
    const second = await take();
    expect(await second?.isHeld()).toBe(true);
    // Released twice by mistake: the next holder keeps what is theirs.
    await first?.release();
    expect(await second?.isHeld()).toBe(true);
  });

  test('leases of different names do not know each other', async () => {
    expect(await take()).not.toBeNull();
    expect(await tryLease(folder(), 'work.more')).not.toBeNull();
    expect(await tryLease(folder(), 'wor')).not.toBeNull();
  });

  test('of many that ask at once, one gets it', async () => {
    const got = await Promise.all(Array.from({ length: 50 }, take));
    expect(got.filter((lease) => lease !== null)).toHaveLength(1);
  });

  test('a folder that is gone is not made again', async () => {
    const gone = join(folder(), 'take', '.leases');
    await expect(tryLease(gone, 'work')).rejects.toMatchObject({ code: 'LIBRARY_UNREADABLE' });
    await expect(tryLease(gone, 'work', 'TAKE_NOT_FOUND')).rejects.toMatchObject({ code: 'TAKE_NOT_FOUND' });
    expect(await isLeased(gone, 'work')).toBe(false);
    expect(await readdir(folder())).toEqual([]);
  });

  test('a lease whose folder went to the bin is no longer held, and its release is no error', async () => {
    const inner = join(folder(), '.leases');
    const lease = await tryLease(inner, 'work');
    await rm(inner, { recursive: true });
    expect(await lease?.isHeld()).toBe(false);
    await lease?.release();
  });
});

describe('who still holds it', () => {
  test.each<[string, HandMade, boolean]>([
    ['a living process of this machine', {}, true],
    ['a process that has ended', { pid: NOBODY }, false],
    ['a later process with the same id', { processStart: '1' }, false],
    ['a process that released it', { released: true }, false],
    ['another machine, heard of just now', elsewhere, true],
    ['another machine, nearly expired', { ...elsewhere, heardAgoMs: LEASE_EXPIRY_MS - 2_000 }, true],
    ['another machine, long gone', { ...elsewhere, heardAgoMs: CLOCKS_DIFFER_MS + 1_000 }, false],
    ['another machine that released it', { ...elsewhere, released: true }, false],
  ])('%s', async (_name, holder, held) => {
    await leaseBy(7, holder);
    expect(await isLeased(folder(), 'work')).toBe(held);
    const lease = await take();
    expect(lease === null).toBe(held);
    expect(await readdir(folder())).toEqual([held ? 'work.lease.7' : 'work.lease.8']);
  });

  test('another machine loses it when overdue and silent', async () => {
    await leaseBy(3, { ...elsewhere, heardAgoMs: LEASE_EXPIRY_MS + 1_000 });
    expect(await take()).toBeNull();
    vi.advanceTimersByTime(SILENCE_MS - 1);
    expect(await take()).toBeNull();
    vi.advanceTimersByTime(2);
    expect(await take()).not.toBeNull();
  });

  test.each([
    ['runs behind', 60_000],
    ['runs ahead', -60_000],
  ])('another machine whose clock %s keeps it for as long as its heart beats', async (_name, ago) => {
    await leaseBy(3, { ...elsewhere, heardAgoMs: ago });
    for (let beats = 1; beats <= 5; beats += 1) {
      expect(await take()).toBeNull();
      vi.advanceTimersByTime(SILENCE_MS - 1);
      await heartbeat(3, ago - beats);
    }
    expect(await take()).toBeNull();
    vi.advanceTimersByTime(SILENCE_MS + 1);
    expect(await take()).not.toBeNull();
  });

  test.each([
    ['empty', ''],
    ['cut off', '{"token":"a","mach'],
    ['garbage', 'null'],
  ])('a lease that is %s counts while it may still be written', async (_name, content) => {
    await writeFile(fileOf(1), content);
    expect(await take()).toBeNull();
    await heartbeat(1, 5_000);
    const lease = await take();
    expect(await lease?.isHeld()).toBe(true);
    expect(await readdir(folder())).toEqual(['work.lease.2']);
  });
});

describe('generations never go back', () => {
  test('the next one is above the highest, whatever else lies around', async () => {
    await leaseBy(2, {});
    await leaseBy(9, { released: true });
    await writeFile(join(folder(), 'work.lease.12.partial'), '');
    await writeFile(join(folder(), 'work.lease.-5'), '');
    await writeFile(join(folder(), 'work.lease.'), '');
    const lease = await take();
    expect(await lease?.isHeld()).toBe(true);
    const left = await readdir(folder());
    expect(left).toContain('work.lease.10');
    expect(left).not.toContain('work.lease.9');
    expect(left).not.toContain('work.lease.2');
    await lease?.release();
    await take();
    expect(await readdir(folder())).toContain('work.lease.11');
  });

  test('a holder that was overtaken knows it, and does not disturb who overtook it', async () => {
    const slept = await take();
    await leaseBy(2, {});
    expect(await slept?.isHeld()).toBe(false);
    await slept?.release();
    expect(await take()).toBeNull();
    expect(JSON.parse(await readFile(fileOf(2), 'utf8'))).toMatchObject({ released: false });
  });

  test('a holder finds a lease of its own number that is not its own', async () => {
    const slept = await take();
    await leaseBy(1, {});
    expect(await slept?.isHeld()).toBe(false);
  });

  test('who looked long ago and creates an old number gives it up again', async () => {
    await leaseBy(5, { released: true });
    const lease = await takeWhile(async () => {
      // 6 has come and gone meanwhile, and 7 holds.
      await leaseBy(7, {});
      await rm(fileOf(5));
    });
    expect(lease).toBeNull();
    expect(await readdir(folder())).toEqual(['work.lease.7']);
  });

  test('who is beaten to the next number has not got it', async () => {
    await leaseBy(5, { released: true });
    expect(await takeWhile(() => leaseBy(6, { released: true }))).toBeNull();
    expect(JSON.parse(await readFile(fileOf(6), 'utf8'))).toMatchObject({ token: 'token 6' });
  });
});

describe('locks', () => {
  test('actions run one after the other, also after one that failed', async () => {
    const order: string[] = [];
    const action = (name: string) => async () => {
      order.push(`${name} begins`);
      await readdir(folder());
      order.push(`${name} ends`);
      if (name === 'b') throw new Error('b fails');
    };
    const ends = await Promise.allSettled(
      ['a', 'b', 'c'].map((name) => withLock(folder(), 'write', action(name))),
    );
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });

  test('a lock that others never give back is an error in the end', async () => {
    await mkdir(join(folder(), 'held'));
    await writeFile(
      join(folder(), 'held', 'write.lease.1'),
      JSON.stringify({ token: 'a', machine: MACHINE, pid: process.pid, processStart: '', released: false }),
    );
    const late = withLock(join(folder(), 'held'), 'write', () => Promise.resolve('had it'));
    const refused = expect(late).rejects.toMatchObject({ code: 'LEASE_HELD' });
    // Whoever waits for a lock has begun to before anything is read.
    await readdir(folder());
    vi.advanceTimersByTime(60_000);
    await refused;
  });

  test('a lock tells the action when it was lost', async () => {
    await withLock(folder(), 'write', async (lock) => {
      expect(await lock.isHeld()).toBe(true);
      await writeFile(join(folder(), 'write.lease.2'), '');
      expect(await lock.isHeld()).toBe(false);
    });
  });
});
