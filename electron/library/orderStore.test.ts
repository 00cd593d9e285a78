import { readFile, stat, writeFile } from 'node:fs/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import { orderIdOf, orderOf } from '../../tests/doubles/records.ts';
import { temporaryFolder } from '../../tests/doubles/temporaryFolder.ts';
import { type Library, openLibrary } from './library.ts';
import { libraryPaths } from './paths.ts';

const folder = temporaryFolder();
const id = orderIdOf('a');
const at = '2026-01-02T03:04:05.000Z';
let library: Library;
beforeEach(async () => {
  library = await openLibrary(folder());
  await library.orders.create(orderOf('a'));
});
const claimFile = () => libraryPaths(folder()).claim(id, 'training', 1);

describe('moving an order', () => {
  test('an event that fits is on disk when the call returns', async () => {
    const moved = await library.orders.transition(id, { kind: 'prepare' });
    expect(moved.state).toEqual({ kind: 'preparing' });
    expect(moved.revision).toBe(1);
    expect(moved.updatedAt).not.toBe(at);
    expect(JSON.parse(await readFile(libraryPaths(folder()).orderRecord(id), 'utf8'))).toEqual(moved);
  });

  test('an event that does not fit changes nothing', async () => {
    await expect(library.orders.transition(id, { kind: 'order', at })).rejects.toMatchObject({
      code: 'ORDER_WRONG_STATE',
      details: { state: 'queued' },
    });
    expect(await library.orders.read(id)).toEqual(orderOf('a'));
  });

  test('of two who move it at once, the second finds it moved', async () => {
    const cancel = () => library.orders.transition(id, { kind: 'cancel', at });
    const ends = await Promise.allSettled([cancel(), cancel()]);
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('claims', () => {
  const look = { avatarId: 'avatar', avatarGroupId: 'group', consentStatus: 'accepted' };
  const answer = { look, file: null, usd: 1.25, at };

  test('each request of each step is claimed once', async () => {
    const claims = await Promise.all(
      Array.from({ length: 20 }, () => library.orders.claim(id, 'training', 1)),
    );
    expect(claims.filter(Boolean)).toHaveLength(1);
    expect(await library.orders.claim(id, 'training', 2)).toBe(true);
    expect(await library.orders.claim(id, 'first-words', 1)).toBe(true);
    expect(await library.orders.claim(id, 'training', 1)).toBe(false);
  });

  test('one that was claimed in vain cannot be claimed to send', async () => {
    expect(await library.orders.readClaim(id, 'training', 1)).toBeNull();
    expect(await library.orders.claim(id, 'training', 1, true)).toBe(true);
    expect(await library.orders.claim(id, 'training', 1)).toBe(false);
    expect(await library.orders.readClaim(id, 'training', 1)).toMatchObject({ void: true, answer: null });
  });

  test('its answer takes the room that was kept for it', async () => {
    await library.orders.claim(id, 'training', 1);
    const before = await stat(claimFile());
    await library.orders.recordAnswer(id, 'training', 1, answer);
    const after = await stat(claimFile());
    expect([after.size, after.blocks, after.ino]).toEqual([before.size, before.blocks, before.ino]);
    expect(await library.orders.readClaim(id, 'training', 1)).toMatchObject({ void: false, answer });
  });

  test.each([
    ['empty', ''],
    ['cut off', '{"claimedAt":"2026'],
    ['of another shape', '{}'],
  ])('one that is %s was claimed, and its answer is not known', async (_name, content) => {
    await writeFile(claimFile(), content);
    expect(await library.orders.claim(id, 'training', 1)).toBe(false);
    expect(await library.orders.readClaim(id, 'training', 1)).toEqual({
      claimedAt: '',
      void: false,
      answer: null,
    });
  });
});

test('how far an upload has come is kept, and forgotten when asked or broken', async () => {
  const note = {
    objectKey: 'key',
    fingerprint: 'content',
    checkpoint: {
      objectKey: 'key',
      uploadId: 'id',
      partSizeBytes: 5,
      parts: [{ number: 1, etag: 'e', sizeBytes: 5 }],
    },
  };
  expect(await library.orders.readUpload(id, 'master')).toBeNull();
  await library.orders.writeUpload(id, 'master', note);
  expect(await library.orders.readUpload(id, 'master')).toEqual(note);
  expect(await library.orders.readUpload(id, 'voice')).toBeNull();
  await library.orders.writeUpload(id, 'master', null);
  await library.orders.writeUpload(id, 'master', null);
  expect(await library.orders.readUpload(id, 'master')).toBeNull();
  await writeFile(libraryPaths(folder()).upload(id, 'master'), 'garbage');
  expect(await library.orders.readUpload(id, 'master')).toBeNull();
  await expect(library.orders.writeUpload(orderIdOf('gone'), 'master', note)).rejects.toMatchObject({
    code: 'LIBRARY_UNREADABLE',
  });
});
