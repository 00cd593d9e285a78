import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StudioError } from '../../shared/errors.ts';
import { requireWritable, writeBeside } from './beside.ts';

/** As on a stick, whose file system knows no links, and as where files are not kept on a disk, which has no blocks. */
const disk = vi.hoisted(() => ({ hasLinks: true, blocks: 1000, free: 1000 }));
vi.mock('node:fs/promises', async (importOriginal) => {
  const real = await importOriginal<typeof import('node:fs/promises')>();
  const link: typeof real.link = (existing, name) =>
    disk.hasLinks
      ? real.link(existing, name)
      : Promise.reject(Object.assign(new Error('not permitted'), { code: 'EPERM' }));
  const statfs = async () => ({ blocks: disk.blocks, bavail: disk.free, bsize: 4096 });
  return { ...real, link, statfs };
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

describe('a folder that takes no files', () => {
  it('is told by trying, and nothing is left of the try', async () => {
    await requireWritable(folder);
    expect(await readdir(folder)).toEqual([]);
    const none = join(folder, 'none');
    await expect(requireWritable(none)).rejects.toMatchObject({
      code: 'FOLDER_UNREADABLE',
      details: { folder: none },
    });
    await writeFile(join(folder, 'file'), '');
    await expect(requireWritable(join(folder, 'file'))).rejects.toMatchObject({ code: 'FOLDER_UNREADABLE' });
  });

  it('explains what failed there, which is kept for the log', async (context) => {
    if (process.platform !== 'linux') context.skip('needs a file system that takes no files, as /proc');
    const failure = new StudioError('FFMPEG_FAILED');
    await expect(writeBeside('/proc/a.mp4', () => Promise.reject(failure))).rejects.toMatchObject({
      code: 'FOLDER_UNREADABLE',
      details: { folder: '/proc' },
      cause: failure,
    });
  });

  it('is one whose rights forbid it', async (context) => {
    if (process.getuid?.() === 0) context.skip('needs a user other than root, who may write everywhere');
    if (process.platform === 'win32') context.skip('needs a file system that knows modes');
    await chmod(folder, 0o555);
    await expect(requireWritable(folder)).rejects.toMatchObject({ code: 'FOLDER_UNREADABLE' });
    await chmod(folder, 0o755);
  });
});

describe('where ffmpeg gave up', () => {
  const giveUp = () =>
    writeBeside(join(folder, 'a.mp4'), () => Promise.reject(new StudioError('FFMPEG_FAILED')));
  afterEach(() => Object.assign(disk, { blocks: 1000, free: 1000 }));

  it('a disk with no room left was the reason', async () => {
    disk.free = 0;
    await expect(giveUp()).rejects.toMatchObject({ code: 'DISK_FULL' });
  });

  it('a disk that does not say how large it is is not taken for a full one', async () => {
    Object.assign(disk, { blocks: 0, free: 0 });
    await expect(giveUp()).rejects.toMatchObject({ code: 'FFMPEG_FAILED' });
  });
});
