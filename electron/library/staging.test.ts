import { mkdir, readdir, rename, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../tests/doubles/temporaryFolder.ts';
import { LEASE_EXPIRY_MS } from './lease.ts';
import { beginStaging, moveFolder, removeAbandonedStaging } from './staging.ts';

const folder = temporaryFolder();

async function filled(content = 'content') {
  const staging = await beginStaging(folder());
  await writeFile(join(staging.folder, 'source.mp4'), content);
  return staging;
}

test('a folder gets its name with all that is in it, and nothing of its making', async () => {
  const staging = await filled();
  expect(await readdir(folder())).not.toContain('take');
  expect(await staging.commit('take')).toBe(true);
  await staging.discard();
  expect(await readdir(folder())).toEqual(['take']);
  expect(await readdir(join(folder(), 'take'))).toEqual(['source.mp4']);
});

test('a name that is taken is not given again, and nothing is moved', async () => {
  const [first, second] = [await filled(), await filled()];
  expect(await first.commit('take')).toBe(true);
  expect(await second.commit('take')).toBe(false);
  expect(await readdir(second.folder)).toContain('source.mp4');
  await second.discard();
  expect(await readdir(folder())).toEqual(['take']);
});

test('what is discarded is gone; what was committed stays', async () => {
  const staging = await filled();
  await staging.discard();
  expect(await readdir(folder())).toEqual([]);
});

test('somebody who opens the library at any moment removes nothing that is being made', async () => {
  // A cleaner runs all the while; before, it could come between the lease's end and the name.
  let making = true;
  const cleaner = (async () => {
    while (making) await removeAbandonedStaging(folder());
  })();
  try {
    for (let turn = 0; turn < 100; turn += 1) {
      const staging = await filled();
      expect(await staging.commit(`take ${turn}`)).toBe(true);
    }
  } finally {
    making = false;
    await cleaner;
  }
  const made = await readdir(folder());
  expect(made).toHaveLength(100);
  for (const name of made) expect(await readdir(join(folder(), name))).toEqual(['source.mp4']);
});

test('what has no lease yet is abandoned only once it is old', async () => {
  const young = join(folder(), '.incoming-young');
  const old = join(folder(), '.incoming-old');
  await mkdir(young);
  await mkdir(old);
  const longAgo = new Date(Date.now() - LEASE_EXPIRY_MS - 1_000);
  await utimes(old, longAgo, longAgo);
  await mkdir(join(folder(), 'take'));
  await mkdir(join(folder(), '.abandoned-half-removed', 'inside'), { recursive: true });
  await removeAbandonedStaging(folder());
  expect(await readdir(folder())).toEqual(['.incoming-young', 'take']);
});

test('a maker that was taken for dead is told, and half a folder never gets a name', async () => {
  const staging = await filled();
  // As after a long sleep: its lease was taken over by nobody, but it has expired.
  await writeFile(
    join(staging.folder, 'staging.lease.2'),
    JSON.stringify({ token: 'a', machine: 'another', pid: 1, processStart: '', released: true }),
  );
  await removeAbandonedStaging(folder());
  expect(await readdir(folder())).toEqual([]);
  await expect(staging.commit('take')).rejects.toMatchObject({ code: 'LEASE_LOST' });
  await staging.discard();
  expect(await readdir(folder())).toEqual([]);
});

/** As where a virus scanner has a file of the folder open, for so many tries. */
const scanned = (platform: NodeJS.Platform, times: number, code = 'EBUSY') => {
  let left = times;
  return {
    platform,
    rename: async (...paths: Parameters<typeof rename>) => {
      left -= 1;
      if (left >= 0) throw Object.assign(new Error(code), { code });
      await rename(...paths);
    },
  };
};

test.each(['EPERM', 'EBUSY', 'EACCES'])(
  'on Windows a folder that answers %s is moved a moment later',
  async (code) => {
    const from = join(folder(), 'from');
    await mkdir(from);
    expect(await moveFolder(from, join(folder(), 'to'), scanned('win32', 2, code))).toBe(true);
    expect(await readdir(folder())).toEqual(['to']);
  },
);

test('elsewhere that is final, and so is a name that is taken', async () => {
  const from = join(folder(), 'from');
  await mkdir(from);
  const to = join(folder(), 'to');
  await expect(moveFolder(from, to, scanned('linux', 1))).rejects.toMatchObject({ code: 'EBUSY' });
  await mkdir(to);
  expect(await moveFolder(from, to, scanned('win32', 1, 'EPERM'))).toBe(false);
});
