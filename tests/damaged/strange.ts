/** What is no video at all, or goes by a wrong name. */
import { execFile } from 'node:child_process';
import { copyFile, mkdir, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Expected, error, report } from './expected.ts';
import type { DamageClass, Kit } from './kit.ts';

const run = promisify(execFile);

/** Makes it at the path, or answers with another path that is meant. */
type Making = (kit: Kit, path: string) => Promise<string | undefined>;
type Strange = readonly [name: string, expected: Expected, make: Making];

const short = report('DURATION_TOO_SHORT');
const text =
  (content: string): Making =>
  async (_kit, path) => {
    await writeFile(path, content);
    return undefined;
  };
const bytesOf =
  (of: 'mp4' | 'webm' | 'avi' | 'ts' | 'mkv'): Making =>
  async ({ sources }, path) => {
    await writeFile(path, sources.of[of].bytes);
    return undefined;
  };
const made =
  (...how: readonly string[]): Making =>
  async ({ sources }, path) => {
    await sources.make('-i', sources.small, ...how, path);
    return undefined;
  };

const NAMES: readonly [Strange, ...Strange[]] = [
  ['film.avi', short, bytesOf('mp4')],
  ['film.txt', short, bytesOf('mp4')],
  ['film.jpg', short, bytesOf('mp4')],
  ['film.wav', short, bytesOf('mkv')],
  ['film', short, bytesOf('mp4')],
  ['film.m3u8', short, bytesOf('mp4')],
  ['film.mp4', short, bytesOf('webm')],
  ['film.mov', short, bytesOf('avi')],
  ['film.mkv', short, bytesOf('ts')],
  ['film%03d.mp4', short, bytesOf('mp4')],
];

const notMedia = error('FILE_NOT_MEDIA');
const OTHERS: readonly [Strange, ...Strange[]] = [
  ['text.mp4', notMedia, text('Not a video.\n'.repeat(4000))],
  ['page.mov', notMedia, text('<!doctype html><title>404</title><p>Not found')],
  ['list.mp4', notMedia, text('#EXTM3U\n#EXTINF:2,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n')],
  ['list.mkv', notMedia, text("ffconcat version 1.0\nfile '/etc/passwd'\n")],
  ['zip.mp4', notMedia, text(`PK\u0003\u0004${'\u0000'.repeat(3000)}`)],
  ['picture.mp4', notMedia, made('-frames:v', '1', '-f', 'mjpeg')],
  ['picture.mov', notMedia, made('-frames:v', '1', '-c:v', 'png', '-f', 'image2pipe')],
  ['sound.mp4', error('FILE_NO_VIDEO'), made('-vn', '-f', 'wav')],
  ['sound.mkv', error('FILE_NO_VIDEO'), made('-vn', '-f', 'mp3')],
  [
    'program.mp4',
    notMedia,
    async (_kit, path) => {
      await copyFile('/bin/sh', path);
      return undefined;
    },
  ],
];

const EMPTY: readonly [Strange, ...Strange[]] = [
  ['empty.mp4', error('FILE_EMPTY'), text('')],
  ['empty.mkv', error('FILE_EMPTY'), text('')],
  ['empty', error('FILE_EMPTY'), text('')],
  [
    'link to empty.mov',
    error('FILE_EMPTY'),
    async ({ folder }, path) => {
      await writeFile(join(folder, 'nothing'), '');
      await symlink('nothing', path);
      return undefined;
    },
  ],
];

const linkTo =
  (target: string): Making =>
  async (_kit, path) => {
    await symlink(target, path);
    return undefined;
  };
const unreadable = error('FILE_UNREADABLE');
const missing = error('FILE_MISSING');
const folder = error('FILE_IS_FOLDER');
const SPECIAL: readonly [Strange, ...Strange[]] = [
  ['loop.mp4', unreadable, linkTo('loop.mp4')],
  ['dangling.mp4', missing, linkTo('nowhere.mp4')],
  ['missing.mp4', missing, async () => undefined],
  ['null.mp4', unreadable, linkTo('/dev/null')],
  ['endless.mp4', unreadable, linkTo('/dev/zero')],
  ['folder link.mp4', folder, linkTo('/')],
  ['of the system.mp4', error('FILE_EMPTY'), linkTo('/proc/cpuinfo')],
  [
    'name.mp4',
    error('FILE_UNREADABLE', 'FILE_MISSING'),
    async ({ folder }) => join(folder, `${'n'.repeat(300)}.mp4`),
  ],
  [
    'folder.mp4',
    folder,
    async (_kit, path) => {
      await mkdir(path);
      return undefined;
    },
  ],
  [
    'pipe.mp4',
    unreadable,
    async (_kit, path) => {
      await run('mkfifo', [path]);
      return undefined;
    },
  ],
  [
    'socket.mp4',
    unreadable,
    async ({ afterwards }, path) => {
      const server = createServer().listen(path);
      await new Promise((listening) => server.once('listening', listening));
      afterwards(() => server.close());
      return undefined;
    },
  ],
  [
    'file.mp4',
    missing,
    async (_kit, path) => {
      await writeFile(path, 'a file, and no folder');
      return join(path, 'inside.mp4');
    },
  ],
];

const classOf = (name: string, all: readonly [Strange, ...Strange[]]): DamageClass => ({
  name,
  count: all.length,
  async make(index, kit) {
    const [file, expected, make] = all[index] ?? all[0];
    const path = join(kit.folder, file);
    return { path: (await make(kit, path)) ?? path, expected };
  },
});

export const STRANGE: readonly DamageClass[] = [
  classOf('wrong names', NAMES),
  classOf('no media', OTHERS),
  classOf('zero bytes', EMPTY),
  classOf('no files', SPECIAL),
];
