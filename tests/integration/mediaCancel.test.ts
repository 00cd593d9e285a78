/** Cancelling: nothing keeps running, nothing stays behind. */
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runningChildren, stopChild, trackChild } from '../../electron/media/children.ts';
import type { MediaTools } from '../../electron/media/locate.ts';
import { prepareMaster } from '../../electron/media/prepare.ts';
import { makePreview } from '../../electron/media/preview.ts';
import { probe } from '../../electron/media/probe.ts';
import { planMaster } from '../../electron/media/recipe.ts';
import { checkFile } from '../../electron/studio/checkFile.ts';
import type { MediaInfo } from '../../shared/domain/media.ts';
import { Cancelled } from '../../shared/errors.ts';
import { bundledTools, composeTake, hasSystemFfmpeg, systemTools } from '../footage/tools.ts';

let folder = '';
let source = '';
let media: MediaInfo;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'media-cancel-'));
  const tools = await bundledTools();
  // Long enough to be in the middle of when the first progress is told.
  source = await composeTake({ seconds: 12, width: 1920, height: 1080, fps: 25 }, { ffmpeg: tools.ffmpeg });
  media = await probe(source, { tools });
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const builds: readonly [string, () => Promise<MediaTools>, boolean][] = [
  ['the bundled ffmpeg', bundledTools, true],
  ['the system’s ffmpeg', systemTools, hasSystemFfmpeg],
];

/** Command lines of everything that runs on this machine and names the folder. */
async function namingTheFolder(): Promise<string[]> {
  if (process.platform !== 'linux') return [];
  const lines = await Promise.all(
    (await readdir('/proc'))
      .filter((name) => /^\d+$/.test(name))
      .map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
  );
  return lines.filter((line) => line.includes(folder));
}

describe.each(builds)('with %s', (_name, locate, present) => {
  it.skipIf(!present)('a cancelled preparation stops ffmpeg and leaves no file', async () => {
    const tools = await locate();
    const stop = new AbortController();
    let atWork: Promise<string[]> | null = null;
    let reached = 0;
    const work = prepareMaster(source, media, planMaster(media), join(folder, 'master.mp4'), {
      tools,
      signal: stop.signal,
      onProgress: (share) => {
        reached = share;
        if (atWork !== null || share === 0) return;
        atWork = namingTheFolder();
        void atWork.then(() => stop.abort());
      },
    });
    await expect(work).rejects.toBeInstanceOf(Cancelled);
    // It really was at work when it was stopped; otherwise this proves nothing.
    expect(await atWork).toHaveLength(process.platform === 'linux' ? 1 : 0);
    // Nor did it go on to its end first.
    expect(reached).toBeLessThan(0.9);
    expect(await namingTheFolder()).toEqual([]);
    expect(runningChildren()).toEqual([]);
    expect(await readdir(folder)).toEqual([]);
  });

  it.skipIf(!present)('cancelled before it began, nothing is started', async () => {
    const tools = await locate();
    const options = { tools, signal: AbortSignal.abort() };
    await expect(
      prepareMaster(source, media, planMaster(media), join(folder, 'm.mp4'), options),
    ).rejects.toBeInstanceOf(Cancelled);
    await expect(makePreview(source, media, join(folder, 'p.mp4'), options)).rejects.toBeInstanceOf(
      Cancelled,
    );
    await expect(probe(source, options)).rejects.toBeInstanceOf(Cancelled);
    expect(await readdir(folder)).toEqual([]);
  });

  it.skipIf(!present)('cancelled in the same moment as started, it still stops', async () => {
    const tools = await locate();
    const stop = new AbortController();
    const work = makePreview(source, media, join(folder, 'p.mp4'), { tools, signal: stop.signal });
    stop.abort();
    await expect(work).rejects.toBeInstanceOf(Cancelled);
    expect(runningChildren()).toEqual([]);
    expect(await readdir(folder)).toEqual([]);
  });

  it.skipIf(!present)('a cancelled check stops', async () => {
    const tools = await locate();
    const stop = new AbortController();
    const work = checkFile(source, {
      tools,
      shot: 'waist-up',
      now: new Date(),
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    await expect(work).rejects.toBeInstanceOf(Cancelled);
    expect(runningChildren()).toEqual([]);
  });
});

it('an older master stays when a new preparation is cancelled', async () => {
  const tools = await bundledTools();
  const outFile = join(folder, 'kept.mp4');
  await writeFile(outFile, 'the older one');
  const stop = new AbortController();
  await expect(
    prepareMaster(source, media, planMaster(media), outFile, {
      tools,
      signal: stop.signal,
      onProgress: () => stop.abort(),
    }),
  ).rejects.toBeInstanceOf(Cancelled);
  expect(await readFile(outFile, 'utf8')).toBe('the older one');
  expect(await readdir(folder)).toEqual(['kept.mp4']);
  await rm(outFile);
});

it.skipIf(process.platform === 'win32')('a child that does not listen is killed', async () => {
  const child = spawn('sh', ['-c', 'trap "" TERM; echo ready; while :; do sleep 0.05; done']);
  trackChild(child);
  await new Promise((resolve) => child.stdout.once('data', resolve));
  stopChild(child);
  const signal = await new Promise((resolve) => child.once('exit', (_code, by) => resolve(by)));
  expect(signal).toBe('SIGKILL');
  expect(runningChildren()).toEqual([]);
});

it.skipIf(process.platform !== 'linux')('when the program ends, its children end with it', async () => {
  const bundle = join(folder, 'program.mjs');
  const { build } = await import('vite');
  await build({
    logLevel: 'error',
    configFile: false,
    build: {
      outDir: folder,
      emptyOutDir: false,
      minify: false,
      lib: {
        entry: join(import.meta.dirname, '../../electron/media/children.ts'),
        formats: ['es'],
        fileName: 'children',
      },
      rollupOptions: { external: /^node:/ },
    },
  });
  await writeFile(
    bundle,
    `import { spawn } from 'node:child_process';
     import { trackChild } from './children.js';
     const child = spawn('sleep', ['600']);
     trackChild(child);
     console.log(child.pid);
     process.exit(0);`,
  );
  const { stdout } = await promisify(execFile)(process.execPath, [bundle]);
  const pid = Number(stdout.trim());
  try {
    // Whoever inherited the child collects it in its own time; until then it is a zombie.
    await vi.waitFor(async () => {
      const state = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => 'gone');
      expect(state).toMatch(/^gone$| [ZX] /);
    }, 5000);
  } finally {
    await promisify(execFile)('kill', ['-9', String(pid)]).catch(() => {});
  }
});
