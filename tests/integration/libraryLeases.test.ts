/** Leases between real processes. What one process can show alone is in electron/library/lease.test.ts. */
import { mkdtemp, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { LEASE_EXPIRY_MS, SILENCE_MS, tryLease } from '../../electron/library/lease.ts';
import { bundleChild, type ChildScript } from './childScript.ts';
import type { LibraryJobs } from './libraryChild.ts';

let script: ChildScript<LibraryJobs>;
let folder: string;
beforeAll(async () => {
  script = await bundleChild<LibraryJobs>(resolve(import.meta.dirname, 'libraryChild.ts'));
});
afterAll(() => script.close());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'twin-leases-'));
});
afterEach(async () => {
  vi.useRealTimers();
  await rm(folder, { recursive: true, force: true });
});

const start = (count: number) => Promise.all(Array.from({ length: count }, () => script.start()));

test('of eight processes that want a lease at once, one gets it, again and again', async () => {
  const children = await start(8);
  for (let round = 1; round <= 25; round += 1) {
    const got = await Promise.all(children.map((child) => child.call('takeLease', folder, 'work')));
    expect(got.filter(Boolean), `round ${round}`).toHaveLength(1);
    const holder = children[got.indexOf(true)];
    expect(await holder?.call('isHeld')).toBe(true);
    await holder?.call('release');
  }
  for (const child of children) child.signal('SIGKILL');
  await Promise.all(children.map((child) => child.gone));
});

test('the lease of a killed process is taken over at once', async () => {
  const [holder, ...others] = await start(4);
  expect(await holder?.call('takeLease', folder, 'work')).toBe(true);
  expect(await tryLease(folder, 'work')).toBeNull();
  holder?.signal('SIGKILL');
  await holder?.gone;
  const got = await Promise.all(others.map((child) => child.call('takeLease', folder, 'work')));
  expect(got.filter(Boolean)).toHaveLength(1);
});

test('a process that was stopped finds out that it lost its lease', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const [holder] = await start(1);
  expect(await holder?.call('takeLease', folder, 'work')).toBe(true);
  holder?.signal('SIGSTOP');
  const longAgo = new Date(Date.now() - 2 * LEASE_EXPIRY_MS);
  await utimes(join(folder, 'work.lease.1'), longAgo, longAgo);

  // It lives, and this computer may only just have woken: it gets the time for a heartbeat.
  expect(await tryLease(folder, 'work')).toBeNull();
  vi.advanceTimersByTime(SILENCE_MS + 1);
  const lease = await tryLease(folder, 'work');
  expect(await lease?.isHeld()).toBe(true);

  holder?.signal('SIGCONT');
  expect(await holder?.call('isHeld')).toBe(false);
  await holder?.call('release');
  expect(await lease?.isHeld()).toBe(true);
});

test('a process that slept and wakes in time keeps its lease', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const [holder] = await start(1);
  expect(await holder?.call('takeLease', folder, 'work')).toBe(true);
  const longAgo = new Date(Date.now() - 2 * LEASE_EXPIRY_MS);
  await utimes(join(folder, 'work.lease.1'), longAgo, longAgo);
  expect(await tryLease(folder, 'work')).toBeNull();
  expect(await holder?.call('isHeld')).toBe(true);
  vi.advanceTimersByTime(SILENCE_MS + 1);
  expect(await tryLease(folder, 'work')).toBeNull();
});
