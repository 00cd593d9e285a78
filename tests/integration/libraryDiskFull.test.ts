/** A library on a disk that is full: a small file system of its own, which only root may mount on Linux. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { open, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { tryLease } from '../../electron/library/lease.ts';
import { type Library, openLibrary } from '../../electron/library/library.ts';
import { libraryPaths } from '../../electron/library/paths.ts';
import { orderIdOf, orderOf, takeIdOf, takeOf } from '../doubles/records.ts';

/** Mounted before the tests are told, so that they can say why they do not run. */
const mount = mountSmallDisk();

function mountSmallDisk(): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return null;
  const folder = mkdtempSync(join(tmpdir(), 'twin-full-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' });
    return folder;
  } catch {
    // A container that may not mount.
    rmdirSync(folder);
    return null;
  }
}

afterAll(() => {
  if (mount === null) return;
  execFileSync('umount', ['-l', mount]);
  rmdirSync(mount);
});

const name =
  mount === null ? 'a full disk (not here: only root on Linux may mount a small one)' : 'a full disk';

describe.skipIf(mount === null)(name, () => {
  const root = join(mount ?? '', 'library');
  const filler = join(mount ?? '', 'filler');
  const paths = libraryPaths(root);
  const takeId = takeIdOf('take');
  const orderId = orderIdOf('order');
  const full = { code: 'DISK_FULL' };
  let library: Library;

  beforeEach(async () => {
    library = await openLibrary(root);
    const staging = await library.takes.stage();
    await library.takes.create(staging, takeOf('take'));
    await library.orders.create(orderOf('order'));
    await library.orders.claim(orderId, 'training', 1);
  });
  afterEach(async () => {
    await rm(filler, { force: true });
    await rm(root, { recursive: true, force: true });
  });

  async function fill(): Promise<void> {
    const handle = await open(filler, 'a');
    try {
      for (;;) await handle.appendFile(Buffer.alloc(4096));
    } catch (error) {
      expect(error).toMatchObject({ code: 'ENOSPC' });
    } finally {
      await handle.close();
    }
  }

  test('what is stored stays whole, nothing half made stays behind, and writing works again with room', async () => {
    const rename = () => library.takes.update(takeId, (take) => ({ ...take, name: 'renamed' }));
    await rename();
    await fill();
    const before = await readdir(paths.take(takeId));
    await expect(library.takes.update(takeId, (take) => ({ ...take, name: 'again' }))).rejects.toMatchObject(
      full,
    );
    await expect(library.orders.transition(orderId, { kind: 'prepare' })).rejects.toMatchObject(full);
    expect((await library.takes.read(takeId)).name).toBe('renamed');
    expect((await library.orders.read(orderId)).state.kind).toBe('queued');
    expect(await readdir(paths.take(takeId))).toEqual(before);
    expect(library.problems()).toEqual([]);

    await rm(filler);
    expect((await library.orders.transition(orderId, { kind: 'prepare' })).state.kind).toBe('preparing');
    expect((await rename()).revision).toBe(2);
  });

  test('the answer to a paid request can still be stored', async () => {
    await fill();
    const look = { avatarId: 'avatar', avatarGroupId: 'group', consentStatus: 'accepted' };
    const answer = { look, file: null, usd: 1.25, at: '2026-01-02T03:04:05.000Z' };
    await library.orders.recordAnswer(orderId, 'training', 1, answer);
    expect(await library.orders.readClaim(orderId, 'training', 1)).toMatchObject({ answer });
  });

  test('a request that could not be claimed was not claimed', async () => {
    await fill();
    await expect(library.orders.claim(orderId, 'training', 2)).rejects.toMatchObject(full);
    expect(await library.orders.readClaim(orderId, 'training', 2)).toBeNull();
    await rm(filler);
    expect(await library.orders.claim(orderId, 'training', 2)).toBe(true);
  });

  test('orders, uploads and takes that could not be made are not there', async () => {
    await fill();
    await expect(library.orders.create(orderOf('other'))).rejects.toMatchObject(full);
    const note = { objectKey: 'key', fingerprint: 'content', checkpoint: null };
    await expect(library.orders.writeUpload(orderId, 'master', note)).rejects.toMatchObject(full);
    await expect(library.takes.stage()).rejects.toMatchObject(full);
    expect(await readdir(paths.orders)).toEqual([orderId]);
    expect(await readdir(paths.takes)).toEqual([takeId]);
  });

  test('a lease is free again as soon as there is room, and one that is held can be released', async () => {
    const held = await tryLease(paths.orderLeases(orderId), 'held');
    await fill();
    await expect(tryLease(paths.orderLeases(orderId), 'work')).rejects.toMatchObject(full);
    await held?.release();
    await rm(filler);
    expect(await tryLease(paths.orderLeases(orderId), 'work')).not.toBeNull();
    expect(await tryLease(paths.orderLeases(orderId), 'held')).not.toBeNull();
  });

  test('a library can be opened and read', async () => {
    await fill();
    const again = await openLibrary(root);
    expect(again.takes.index.get(takeId)?.name).toBe('take');
    expect(again.problems()).toEqual([]);
    expect(await readFile(paths.takeRecord(takeId), 'utf8')).toContain('"name": "take"');
    await again.close();
  });
});
