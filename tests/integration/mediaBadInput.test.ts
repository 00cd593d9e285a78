/** Every bad file gets its own code, beside a good one that gets none. */
import { execFile, execFileSync } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { locateTools, type MediaTools } from '../../electron/media/locate.ts';
import { prepareMaster } from '../../electron/media/prepare.ts';
import { probe } from '../../electron/media/probe.ts';
import { planMaster } from '../../electron/media/recipe.ts';
import { checkFile } from '../../electron/studio/checkFile.ts';
import type { ErrorCode } from '../../shared/errors.ts';
import { bundledTools, composeTake, hasSystemFfmpeg, systemTools } from '../footage/tools.ts';

const run = promisify(execFile);
const small = { seconds: 2, width: 640, height: 360 } as const;

let folder = '';
let tools: MediaTools;
let good = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'media-bad-'));
  tools = await bundledTools();
  good = await composeTake(small, { ffmpeg: tools.ffmpeg });
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

interface Bad {
  readonly name: string;
  readonly make: (file: string) => Promise<unknown>;
  readonly file: string;
  readonly code: ErrorCode;
}

const cutTo = async (from: string, file: string, share: number) =>
  writeFile(file, (await readFile(from)).subarray(0, Math.floor((await stat(from)).size * share)));
const make = (file: string, ...args: string[]) =>
  run(tools.ffmpeg, ['-v', 'error', '-nostdin', '-y', ...args, file]);

const BAD: readonly Bad[] = [
  { name: 'missing', file: 'missing.mp4', make: async () => {}, code: 'FILE_MISSING' },
  { name: 'empty', file: 'empty.mp4', make: (file) => writeFile(file, ''), code: 'FILE_EMPTY' },
  { name: 'a folder', file: 'folder.mp4', make: (file) => mkdir(file), code: 'FILE_IS_FOLDER' },
  {
    name: 'text named mp4',
    file: 'text.mp4',
    make: (file) => writeFile(file, 'Not a video.\n'.repeat(2000)),
    code: 'FILE_NOT_MEDIA',
  },
  {
    name: 'zeros',
    file: 'zeros.mp4',
    make: (file) => writeFile(file, Buffer.alloc(200_000)),
    code: 'FILE_NOT_MEDIA',
  },
  {
    name: 'a picture named mp4',
    file: 'picture.mp4',
    make: (file) => make(file, '-i', good, '-frames:v', '1', '-f', 'mjpeg'),
    code: 'FILE_NOT_MEDIA',
  },
  {
    name: 'half an mp4 with its index at the end',
    file: 'half.mp4',
    make: (file) => cutTo(good, file, 0.5),
    code: 'FILE_TRUNCATED',
  },
  {
    name: 'the first bytes of an mp4',
    file: 'head.mp4',
    make: (file) => cutTo(good, file, 0.001),
    code: 'FILE_TRUNCATED',
  },
  {
    name: 'half an mp4 with its index at the start',
    file: 'faststart.mp4',
    make: async (file) => {
      await make(`${file}.whole.mp4`, '-i', good, '-c', 'copy', '-movflags', '+faststart');
      await cutTo(`${file}.whole.mp4`, file, 0.5);
    },
    code: 'FILE_TRUNCATED',
  },
  {
    name: 'half an mkv',
    file: 'half.mkv',
    make: async (file) => {
      await make(`${file}.whole.mkv`, '-i', good, '-c', 'copy');
      await cutTo(`${file}.whole.mkv`, file, 0.5);
    },
    code: 'FILE_TRUNCATED',
  },
  {
    name: 'half an avi',
    file: 'half.avi',
    make: async (file) => {
      await make(`${file}.whole.avi`, '-i', good, '-c:v', 'mpeg4', '-c:a', 'mp3');
      await cutTo(`${file}.whole.avi`, file, 0.5);
    },
    code: 'FILE_TRUNCATED',
  },
  {
    name: 'an mp4 without a single frame',
    file: 'none.mp4',
    make: (file) => make(file, '-i', good, '-map', '0:v', '-t', '0'),
    code: 'FILE_TRUNCATED',
  },
  {
    name: 'only sound, mp4',
    file: 'sound.mp4',
    make: (file) => make(file, '-i', good, '-vn', '-c', 'copy'),
    code: 'FILE_NO_VIDEO',
  },
  {
    name: 'only sound, wav',
    file: 'sound.wav',
    make: (file) => make(file, '-i', good, '-vn'),
    code: 'FILE_NO_VIDEO',
  },
  {
    name: 'only sound, with a cover',
    file: 'cover.m4a',
    make: async (file) => {
      const cover = `${file}.jpg`;
      await make(cover, '-i', good, '-frames:v', '1', '-f', 'mjpeg');
      const streams = [
        '-map',
        '0:a',
        '-map',
        '1:v',
        '-c:a',
        'copy',
        '-c:v',
        'copy',
        '-disposition:v:0',
        'attached_pic',
      ];
      // Also seen with newer ffmpegs only: the bundled one cannot write covers into mp4.
      if (hasSystemFfmpeg)
        await run((await systemTools()).ffmpeg, [
          '-v',
          'error',
          '-nostdin',
          '-y',
          '-i',
          good,
          '-i',
          cover,
          ...streams,
          '-f',
          'mp4',
          file,
        ]);
      else await make(file, '-i', good, '-vn', '-c', 'copy', '-f', 'mp4');
    },
    code: 'FILE_NO_VIDEO',
  },
  {
    name: 'a playlist of other files, named mp4',
    file: 'playlist.mp4',
    make: (file) =>
      writeFile(file, `#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nfile://${good}\n#EXT-X-ENDLIST\n`),
    code: 'FILE_NOT_MEDIA',
  },
  {
    name: 'a list of files to join, named mp4',
    file: 'concat.mp4',
    make: (file) => writeFile(file, `ffconcat version 1.0\nfile '${good}'\n`),
    code: 'FILE_NOT_MEDIA',
  },
];

const builds: readonly [string, () => Promise<MediaTools>, boolean][] = [
  ['the bundled ffmpeg', bundledTools, true],
  ['the system’s ffmpeg', systemTools, hasSystemFfmpeg],
];

describe.each(builds)('with %s', (_build, locate, present) => {
  it.skipIf(!present).each(BAD)('$name is $code', async ({ file, make: makeFile, code }) => {
    const path = join(folder, `${_build === 'the bundled ffmpeg' ? 'a' : 'b'}-${file}`);
    await makeFile(path);
    const using = await locate();
    await expect(probe(path, { tools: using })).rejects.toMatchObject({
      code,
      details: { file: path.slice(folder.length + 1) },
    });
    await expect(checkFile(path, { tools: using, shot: 'waist-up', now: new Date() })).rejects.toMatchObject({
      code,
    });
    await expect(probe(good, { tools: using })).resolves.toMatchObject({ video: { codec: 'h264' } });
  });

  it.skipIf(!present)('awkward names are only names', async () => {
    const using = await locate();
    // Relative to where we are, as on a command line: then a name may begin with a dash or look like a protocol.
    const before = process.cwd();
    process.chdir(folder);
    for (const name of [
      '-i.mp4',
      'a:b.mp4',
      'with space and %03d.mp4',
      'concat:x|y.mp4',
      'Ünïcode ’ “quoted”.mp4',
    ]) {
      await copyFile(good, name);
      const media = await probe(name, { tools: using });
      const master = await prepareMaster(name, media, planMaster(media), `out ${name}`, {
        tools: using,
      });
      expect(master.media.video?.codec).toBe('h264');
    }
    process.chdir(before);
  });
});

it('a single frame is probed, and fails the check for its length', async () => {
  const path = join(folder, 'one.mp4');
  await make(path, '-i', good, '-map', '0:v', '-frames:v', '1', '-c:v', 'libx264');
  const { report } = await checkFile(path, { tools, shot: 'waist-up', now: new Date() });
  expect(report.findings.map((finding) => finding.code)).toContain('DURATION_TOO_SHORT');
  expect(report.verdict).toBe('fail');
});

it('a fragmented mp4 that lost its end is kept: it was recorded', async () => {
  const whole = join(folder, 'fragments.mp4');
  await make(
    whole,
    '-i',
    good,
    '-c:v',
    'libx264',
    '-g',
    '15',
    '-c:a',
    'copy',
    '-movflags',
    '+frag_keyframe+empty_moov',
  );
  const path = join(folder, 'fragments-cut.mp4');
  await cutTo(whole, path, 0.7);
  const media = await probe(path, { tools });
  expect(media.durationSeconds).toBeGreaterThan(0.5);
  expect(media.durationSeconds).toBeLessThan(2);
});

it('a source that goes away or breaks between probing and preparing is told', async () => {
  const path = join(folder, 'going.mp4');
  await copyFile(good, path);
  const media = await probe(path, { tools });
  const plan = planMaster(media);
  await rm(path);
  await expect(prepareMaster(path, media, plan, join(folder, 'gone.mp4'), { tools })).rejects.toMatchObject({
    code: 'FILE_MISSING',
  });
  await cutTo(good, path, 0.5);
  await expect(prepareMaster(path, media, plan, join(folder, 'gone.mp4'), { tools })).rejects.toMatchObject({
    code: 'FILE_TRUNCATED',
  });
  await copyFile(good, path);
  await expect(prepareMaster(path, media, plan, join(folder, 'back.mp4'), { tools })).resolves.toMatchObject({
    plan,
  });
  expect((await readdir(folder)).filter((name) => name.includes('gone'))).toEqual([]);
});

it('without ffmpeg the code is FFMPEG_MISSING', async () => {
  const text = join(folder, 'not-ffmpeg');
  const handle = await open(text, 'w', 0o755);
  await handle.writeFile('#!/bin/sh\nexit 3\n');
  await handle.close();
  for (const environment of [
    { TWIN_STUDIO_FFMPEG: join(folder, 'nowhere') },
    { TWIN_STUDIO_FFMPEG: text },
    { TWIN_STUDIO_FFPROBE: text },
  ])
    await expect(locateTools({ environment })).rejects.toMatchObject({ code: 'FFMPEG_MISSING' });
  await expect(probe(good, { tools: { ...tools, ffprobe: join(folder, 'nowhere') } })).rejects.toMatchObject({
    code: 'FFMPEG_MISSING',
  });
  const media = await probe(good, { tools });
  await expect(
    prepareMaster(good, media, planMaster(media), join(folder, 'x.mp4'), {
      tools: { ...tools, ffmpeg: join(folder, 'nowhere') },
    }),
  ).rejects.toMatchObject({ code: 'FFMPEG_MISSING' });
  await expect(locateTools({ environment: {} })).resolves.toMatchObject({ ffmpeg: tools.ffmpeg });
});

/** Mounting needs root; elsewhere the reason stands in the test's name. */
const canMount = process.platform === 'linux' && process.getuid?.() === 0 && mounts();

function mounts(): boolean {
  const place = join(tmpdir(), `twin-studio-mount-${process.pid}`);
  try {
    execFileSync('mkdir', ['-p', place]);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', place], { stdio: 'ignore' });
    execFileSync('umount', [place]);
    return true;
  } catch {
    return false;
  } finally {
    execFileSync('rmdir', [place]);
  }
}

describe.skipIf(!canMount)('on a full disk (needs the right to mount a small one)', () => {
  let disk = '';
  beforeAll(async () => {
    disk = await mkdtemp(join(tmpdir(), 'media-full-'));
    await run('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk]);
  });
  afterAll(async () => {
    await run('umount', [disk]);
    await rm(disk, { recursive: true, force: true });
  });

  it.each(builds.filter(([, , present]) => present))(
    '%s stops with DISK_FULL and leaves nothing',
    async (_name, locate) => {
      const using = await locate();
      const source = await composeTake(
        { seconds: 2, width: 1920, height: 1080, codec: 'hevc' },
        { ffmpeg: tools.ffmpeg },
      );
      const media = await probe(source, { tools: using });
      const plan = planMaster(media);
      await writeFile(join(disk, 'filling'), Buffer.alloc(600_000));
      await expect(
        prepareMaster(source, media, plan, join(disk, 'master.mp4'), { tools: using }),
      ).rejects.toMatchObject({ code: 'DISK_FULL' });
      expect(await readdir(disk)).toEqual(['filling']);
      await rm(join(disk, 'filling'));
      // The same disk with room takes what fits: the control.
      const tiny = await composeTake({ seconds: 0.5, width: 320, height: 180 }, { ffmpeg: tools.ffmpeg });
      const tinyMedia = await probe(tiny, { tools: using });
      await prepareMaster(tiny, tinyMedia, planMaster(tinyMedia), join(disk, 'tiny.mp4'), { tools: using });
      expect(await readdir(disk)).toEqual(['tiny.mp4']);
      await rm(join(disk, 'tiny.mp4'));
    },
  );
});
