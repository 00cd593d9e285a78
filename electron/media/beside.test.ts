import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { writeBeside } from './beside.ts';

/** As on a stick, whose file system knows no links. */
const disk = vi.hoisted(() => ({ hasLinks: true }));
vi.mock('node:fs/promises', async (importOriginal) => {
  const real = await importOriginal<typeof import('node:fs/promises')>();
  const link: typeof real.link = (existing, name) =>
    disk.hasLinks
      ? real.link(existing, name)
      : Promise.reject(Object.assign(new Error('not permitted'), { code: 'EPERM' }));
  return { ...real, link };
});

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'beside-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe.each([true, false])('where there are links: %s', (hasLinks) => {
  beforeEach(() => {
    disk.hasLinks = hasLinks;
  });

  it('a name that is taken while the file is written is not taken away', async () => {
    const file = join(folder, 'a.txt');
    const write = (text: string) => async (temporary: string) => {
      await writeFile(temporary, text);
      // Somebody else has looked as well, and found the name free.
      await new Promise((resolve) => setTimeout(resolve, 20));
      return text;
    };
    const both = await Promise.allSettled(
      ['one', 'other'].map((text) => writeBeside(file, write(text), { replaces: false })),
    );
    const kept = both.find((result) => result.status === 'fulfilled');
    expect(both.find((result) => result.status === 'rejected')?.reason).toMatchObject({
      code: 'FILE_EXISTS',
    });
    expect(await readFile(file, 'utf8')).toBe(kept?.value);
    expect(await readdir(folder)).toEqual(['a.txt']);
  });

  it('a file that may be replaced is', async () => {
    const file = join(folder, 'a.txt');
    await writeFile(file, 'old');
    await writeBeside(file, (temporary) => writeFile(temporary, 'new'));
    expect(await readFile(file, 'utf8')).toBe('new');
    expect(await readdir(folder)).toEqual(['a.txt']);
  });
});
