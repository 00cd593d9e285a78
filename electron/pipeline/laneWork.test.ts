import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PQueue from 'p-queue';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Cancelled } from '../../shared/errors.ts';
import { type Lease, tryLease } from '../library/lease.ts';
import { inLane } from './laneWork.ts';

let folder = '';
let lane: PQueue;
const never = async () => null;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'twin-studio-lane-'));
  lane = new PQueue({ concurrency: 1 });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A promise that the test settles itself. */
function promised<T>() {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

async function hold(name: string): Promise<Lease> {
  const lease = await tryLease(folder, name);
  if (lease === null) throw new Error(`${name} is held`);
  return lease;
}

test('works under the lease, and gives it back', async () => {
  const inside = await inLane(lane, folder, 'a', new AbortController().signal, (l) => l.isHeld(), never);
  expect(inside).toBe(true);
  await (await hold('a')).release();
});

test('gives the lease back when the work fails, and throws what it threw', async () => {
  const work = () => Promise.reject(new Error('no'));
  await expect(inLane(lane, folder, 'a', new AbortController().signal, work, never)).rejects.toThrow('no');
  await (await hold('a')).release();
});

test('leaves the lane to others while somebody else holds the lease, and begins when it is free', async () => {
  const other = await hold('a');
  const { signal } = new AbortController();
  const asked = promised<void>();
  const held = inLane(
    lane,
    folder,
    'a',
    signal,
    async () => 'ours',
    async () => {
      asked.resolve();
      return null;
    },
  );
  await asked.promise;
  expect(await inLane(lane, folder, 'b', signal, async () => 'other work', never)).toBe('other work');
  await other.release();
  expect(await held).toBe('ours');
});

test('takes what the other holder has done', async () => {
  const other = await hold('a');
  const work = () => Promise.reject(new Error('worked'));
  const { signal } = new AbortController();
  expect(await inLane(lane, folder, 'a', signal, work, async () => 'theirs')).toBe('theirs');
  await other.release();
});

test('does not work when it was done between two looks at the lease', async () => {
  const work = () => Promise.reject(new Error('worked'));
  const { signal } = new AbortController();
  expect(await inLane(lane, folder, 'a', signal, work, async () => 'theirs')).toBe('theirs');
});

test('a cancelled one leaves the queue at once', async () => {
  const finish = promised<string>();
  const first = lane.add(() => finish.promise);
  const abort = new AbortController();
  const queued = inLane(lane, folder, 'a', abort.signal, async () => 'never', never);
  abort.abort();
  await expect(queued).rejects.toBeInstanceOf(Cancelled);
  expect(lane.size).toBe(0);
  finish.resolve('done');
  expect(await first).toBe('done');
});

test('one cancelled before is not queued, one cancelled while it waits for the lease ends', async () => {
  const gone = inLane(lane, folder, 'a', AbortSignal.abort(), async () => 'never', never);
  await expect(gone).rejects.toBeInstanceOf(Cancelled);
  const other = await hold('a');
  const abort = new AbortController();
  const waits = inLane(
    lane,
    folder,
    'a',
    abort.signal,
    async () => 'never',
    async () => {
      abort.abort();
      return null;
    },
  );
  await expect(waits).rejects.toBeInstanceOf(Cancelled);
  await other.release();
});

test('the lane stays taken until cancelled work has ended', async () => {
  const abort = new AbortController();
  const order: string[] = [];
  const begun = promised<void>();
  const cleanup = promised<void>();
  const work = async (): Promise<string> => {
    begun.resolve();
    await cleanup.promise;
    order.push('cleaned up');
    throw new Cancelled();
  };
  const running = inLane(lane, folder, 'a', abort.signal, work, never);
  await begun.promise;
  const next = lane.add(async () => order.push('next'));
  abort.abort();
  cleanup.resolve();
  await expect(running).rejects.toBeInstanceOf(Cancelled);
  await next;
  expect(order).toEqual(['cleaned up', 'next']);
});
