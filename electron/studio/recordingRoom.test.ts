import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { freeBytes, roomOf } from './recordingRoom.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

test('what the disk cannot say is what it last said', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'room-'));
  const now = vi.spyOn(performance, 'now').mockReturnValue(0);
  const room = roomOf(folder, 123);
  expect(await room()).toBe(123);
  now.mockReturnValue(1000);
  const known = await room();
  // Others use the disk as well.
  expect(known / (await freeBytes(folder))).toBeCloseTo(1, 1);
  await rm(folder, { recursive: true });
  now.mockReturnValue(2000);
  expect(await room()).toBe(known);
});
