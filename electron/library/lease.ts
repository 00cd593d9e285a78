import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { type ErrorCode, StudioError } from '../../shared/errors.ts';
import { fileError, systemCode } from './fileErrors.ts';
import { isProcessAlive, MACHINE, processStart } from './machine.ts';

/** How often a holder shows that it lives, milliseconds. */
const HEARTBEAT_MS = 5_000;
/** A holder not heard of for this long has lost its lease, milliseconds. Six missed heartbeats. */
export const LEASE_EXPIRY_MS = 30_000;
/**
 * How long we must have seen no heartbeat ourselves, milliseconds, before a holder that may well live loses
 * its lease. After a computer slept, or with clocks that differ, heartbeats look old that are not.
 */
export const SILENCE_MS = 2 * HEARTBEAT_MS;
/** No two clocks differ by this much, milliseconds: a heartbeat from another machine this old has stopped. */
export const CLOCKS_DIFFER_MS = 10 * 60_000;
/** Between creating a lease and writing who holds it pass microseconds; after this long its maker is gone. */
const UNWRITTEN_MS = 2_000;

const HolderSchema = z.object({
  token: z.string(),
  machine: z.string(),
  pid: z.number().int(),
  processStart: z.string(),
  released: z.boolean(),
});
type Holder = z.infer<typeof HolderSchema>;

/** The right to work on something alone, until released or not heard of for `LEASE_EXPIRY_MS`. */
export interface Lease {
  /** False once somebody else took over, e.g. after this computer slept. Ask before every step that counts. */
  isHeld(): Promise<boolean>;
  release(): Promise<void>;
}

/*
 * A lease is a file `<name>.lease.<generation>`; the highest generation holds. A new holder creates the
 * next generation exclusively, so of any number that try at once one succeeds, and a take-over can never
 * remove somebody else's newer lease. The highest generation is never deleted: numbers only grow.
 */

async function generations(folder: string, name: string): Promise<number[]> {
  const prefix = `${name}.lease.`;
  const entries = await readdir(folder);
  return entries
    .filter((entry) => entry.startsWith(prefix))
    .map((entry) => Number(entry.slice(prefix.length)))
    .filter((generation) => Number.isSafeInteger(generation) && generation > 0)
    .sort((a, b) => b - a);
}

const fileOf = (folder: string, name: string, generation: number) =>
  join(folder, `${name}.lease.${generation}`);

async function isTaken(file: string, where: 'anywhere' | 'here' = 'anywhere'): Promise<boolean> {
  let text: string;
  let heartbeat: number;
  try {
    [text, heartbeat] = [await readFile(file, 'utf8'), (await stat(file)).mtimeMs];
  } catch (error) {
    // A newer generation replaced it while we looked; creating the next number will tell.
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
  const age = Math.abs(Date.now() - heartbeat);
  const holder = parseHolder(text);
  // Should its maker live after all, it finds a newer generation than its own and gives way.
  if (holder === null) return age < UNWRITTEN_MS;
  if (holder.released) return false;
  const isOurs = holder.machine === MACHINE;
  if (where === 'here' && !isOurs) return false;
  if (isOurs && !isProcessAlive(holder.pid, holder.processStart)) return false;
  if (age <= LEASE_EXPIRY_MS) {
    overdue.delete(file);
    return true;
  }
  if (!isOurs && age > CLOCKS_DIFFER_MS) return false;
  return !staysSilent(file, heartbeat);
}

/** Overdue heartbeats we have seen, and since when by our own clock, which stands still while we sleep. */
const overdue = new Map<string, { heartbeat: number; since: number }>();

function staysSilent(file: string, heartbeat: number): boolean {
  const now = performance.now();
  const seen = overdue.get(file);
  if (seen?.heartbeat === heartbeat) return now - seen.since > SILENCE_MS;
  overdue.set(file, { heartbeat, since: now });
  return false;
}

function parseHolder(text: string): Holder | null {
  try {
    return HolderSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Makes the folder of the leases, but never the folder it stands in: that may just have gone to the bin. */
async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder).catch((error: unknown) => {
    if (systemCode(error) !== 'EEXIST') throw error;
  });
}

/** @returns false when this generation exists already. */
async function createGeneration(file: string, holder: Holder): Promise<boolean> {
  let handle: Awaited<ReturnType<typeof open>>;
  try {
    handle = await open(file, 'wx');
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
  try {
    await handle.writeFile(JSON.stringify(holder));
  } catch (error) {
    // A full disk: an empty lease that nobody holds would keep everybody out.
    await rm(file, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
  return true;
}

/**
 * Takes the lease `name` kept in `folder` (made if missing, in a folder that exists).
 * @param missing thrown when the folder in which it would stand is gone, e.g. to the bin.
 * @returns null while a living process holds it.
 * @throws StudioError DISK_FULL, LIBRARY_UNREADABLE, `missing`
 */
export async function tryLease(
  folder: string,
  name: string,
  missing: ErrorCode = 'LIBRARY_UNREADABLE',
): Promise<Lease | null> {
  try {
    return await takeLease(folder, name);
  } catch (error) {
    throw fileError(error, folder, systemCode(error) === 'ENOENT' ? missing : 'LIBRARY_UNREADABLE');
  }
}

async function takeLease(folder: string, name: string): Promise<Lease | null> {
  await makeFolder(folder);
  const [highest = 0] = await generations(folder, name);
  if (highest > 0 && (await isTaken(fileOf(folder, name, highest)))) return null;
  const generation = highest + 1;
  const file = fileOf(folder, name, generation);
  const holder: Holder = {
    token: randomUUID(),
    machine: MACHINE,
    pid: process.pid,
    processStart: processStart(process.pid),
    released: false,
  };
  if (!(await createGeneration(file, holder))) return null;
  const [newest = 0, ...older] = await generations(folder, name);
  if (newest !== generation) {
    // We looked so long ago that others have come and gone: our number is an old one.
    await rm(file, { force: true });
    return null;
  }
  for (const old of older) {
    const replaced = fileOf(folder, name, old);
    overdue.delete(replaced);
    await rm(replaced, { force: true });
  }
  return holdLease(folder, name, generation, holder);
}

function holdLease(folder: string, name: string, generation: number, holder: Holder): Lease {
  const file = fileOf(folder, name, generation);
  let released = false;
  const beat = async () => {
    const now = new Date();
    await utimes(file, now, now).catch((error: unknown) => {
      // Taken over, or gone with its folder. Anything else may pass.
      if (systemCode(error) === 'ENOENT') clearInterval(beats);
    });
  };
  const beats = setInterval(() => void beat(), HEARTBEAT_MS);
  beats.unref();
  return {
    async isHeld() {
      if (released) return false;
      // First a heartbeat: who looks after us finds us alive, who looked before us shows in what follows.
      await beat();
      const [newest = 0] = await generations(folder, name).catch(() => [0]);
      if (newest !== generation) return false;
      const text = await readFile(file, 'utf8').catch(() => '');
      return parseHolder(text)?.token === holder.token;
    },
    async release() {
      if (released) return;
      released = true;
      clearInterval(beats);
      // The folder may have gone to the bin meanwhile; then there is nothing to release.
      // Overwritten in place, which needs no new disk space; the blank makes up for the shorter word.
      const text = `${JSON.stringify({ ...holder, released: true })} `;
      await writeFile(file, text, { flag: 'r+' }).catch(() => undefined);
    },
  };
}

/** Within one process, those who want the same lock wait in line instead of polling. */
const lines = new Map<string, Promise<unknown>>();

/** Longest wait for a lock that is held for milliseconds at a time: longer than a crashed holder keeps it. */
const LOCK_PATIENCE_MS = LEASE_EXPIRY_MS + SILENCE_MS + 5_000;

/**
 * Runs `action` alone among all processes that use the library. For short writes only: others wait for it.
 * @param missing thrown when the folder in which the lock would stand is gone.
 * @throws StudioError LEASE_HELD when it cannot be had within 45 s; DISK_FULL, LIBRARY_UNREADABLE, `missing`
 */
export async function withLock<T>(
  folder: string,
  name: string,
  action: (lock: Lease) => Promise<T>,
  missing?: ErrorCode,
): Promise<T> {
  const key = join(folder, name);
  const before = lines.get(key) ?? Promise.resolve();
  const mine = before.then(
    () => lockAcrossProcesses(folder, name, action, missing),
    () => lockAcrossProcesses(folder, name, action, missing),
  );
  lines.set(key, mine);
  try {
    return await mine;
  } finally {
    if (lines.get(key) === mine) lines.delete(key);
  }
}

async function lockAcrossProcesses<T>(
  folder: string,
  name: string,
  action: (lock: Lease) => Promise<T>,
  missing: ErrorCode | undefined,
): Promise<T> {
  const deadline = performance.now() + LOCK_PATIENCE_MS;
  let lease = await tryLease(folder, name, missing);
  while (lease === null) {
    if (performance.now() > deadline) throw new StudioError('LEASE_HELD');
    // Uneven pauses, so that two who collided do not collide again.
    await wait(2 + Math.random() * 20);
    lease = await tryLease(folder, name, missing);
  }
  try {
    return await action(lease);
  } finally {
    await lease.release();
  }
}

/** True while a living process, on any machine or on this one, holds the lease. */
export async function isLeased(
  folder: string,
  name: string,
  where: 'anywhere' | 'here' = 'anywhere',
): Promise<boolean> {
  const [highest = 0] = await generations(folder, name).catch(() => []);
  return highest > 0 && isTaken(fileOf(folder, name, highest), where);
}
