/** Recordings whose processes were killed, and disks that fill up. */
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openLibrary } from '../../electron/library/library.ts';
import { libraryPaths } from '../../electron/library/paths.ts';
import { locateTools } from '../../electron/media/locate.ts';
import { bundleChild, type Child, type ChildScript } from './childScript.ts';
import type { RecordingJobs } from './recordingChild.ts';
import { recordedFragments } from './support/recordedFile.ts';

const run = promisify(execFile);
const SECONDS = 5;
const entry = fileURLToPath(new URL('recordingChild.ts', import.meta.url));

let script: ChildScript<RecordingJobs>;
let material: string;
/** The fragments as files, which a child can read. */
let files: readonly string[];
let root: string;

beforeAll(async () => {
  script = await bundleChild<RecordingJobs>(entry);
  material = await mkdtemp(join(tmpdir(), 'twin-recorded-'));
  const fragments = await recordedFragments(material, SECONDS);
  files = fragments.map((_, index) => join(material, `fragment-${index}`));
  for (const [index, bytes] of fragments.entries()) await writeFile(files[index] ?? '', bytes);
});
afterAll(async () => {
  await script.close();
  await rm(material, { recursive: true, force: true });
});
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'twin-recovery-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function child(library = root): Promise<Child<RecordingJobs>> {
  const started = await script.start();
  await started.call('open', library);
  return started;
}

/** A recording of which this many messages were acknowledged before its process was killed. */
async function killedAfter(count: number, library = root): Promise<string> {
  const recorder = await child(library);
  const id = await recorder.call('begin');
  for (let sequence = 0; sequence < count; sequence += 1) {
    expect(await recorder.call('send', files[sequence] ?? '', sequence)).toMatchObject({ kind: 'stored' });
  }
  recorder.signal('SIGKILL');
  await recorder.gone;
  return id;
}

async function secondsOf(file: string): Promise<number> {
  const { ffmpeg, ffprobe } = await locateTools();
  const { stderr } = await run(ffmpeg, ['-v', 'error', '-xerror', '-i', file, '-f', 'null', '-']);
  expect(stderr).toBe('');
  const args = ['-v', 'error', '-show_entries', 'format=duration', '-of', 'csv=p=0', file];
  return Number((await run(ffprobe, args)).stdout);
}

async function takes(library = root) {
  const opened = await openLibrary(library);
  const entries = [...opened.takes.index.values()];
  const found = await Promise.all(entries.map(({ id }) => opened.takes.read(id)));
  await opened.close();
  return found.map((take) => ({ take, file: join(opened.paths.take(take.id), take.source.file) }));
}

test('killed: the next start makes what was acknowledged a take', async () => {
  await killedAfter(4);
  const { found, held, troubles } = await (await child()).call('recover');
  expect({ held, troubles }).toEqual({ held: 0, troubles: [] });
  expect(found).toMatchObject([{ kind: 'kept', kept: { seconds: expect.closeTo(3, 1) } }]);
  const [only, ...others] = await takes();
  expect(others).toEqual([]);
  expect(only?.take).toMatchObject({ origin: 'recorded', recording: { end: 'interrupted', counts: null } });
  expect(await secondsOf(only?.file ?? '')).toBeCloseTo(3, 0);
  expect(await readdir(libraryPaths(root).recordings)).toEqual([]);
});

test('killed while it writes: whatever is half there goes, and all that is whole stays', async () => {
  const id = await killedAfter(4);
  const file = join(libraryPaths(root).recording(id), 'source.mp4');
  const samples = join(libraryPaths(root).recording(id), 'stage.ndjson');
  const next = await readFile(files[4] ?? '');
  await writeFile(file, next.subarray(0, next.length - 700), { flag: 'a' });
  await writeFile(samples, '{"kind":"advice","atSeconds":1,"code":null}\n{"kind":"adv');
  await (await child()).call('recover');
  const [only] = await takes();
  expect(await secondsOf(only?.file ?? '')).toBeCloseTo(3, 0);
  const kept = await readFile(libraryPaths(root).stageSamples(only?.take.id ?? ''), 'utf8');
  expect(kept).toBe('{"kind":"advice","atSeconds":1,"code":null}\n');
});

test('before its first second: removed when empty, and told in every case', async () => {
  const recorder = await child();
  const empty = await recorder.call('begin');
  recorder.signal('SIGKILL');
  await recorder.gone;
  const headOnly = await killedAfter(1);
  const { found } = await (await child()).call('recover');
  expect(found.map(({ kind }) => kind).sort()).toEqual(['nothing', 'set-aside']);
  const left = await readdir(libraryPaths(root).recordings);
  expect(left).toHaveLength(1);
  expect(left[0]).toMatch(/^\.set-aside-/);
  expect(await takes()).toEqual([]);
  expect(empty).not.toBe(headOnly);
});

test('five processes at once: each recording becomes one take, and none is lost', async () => {
  for (const count of [3, 4, 5]) await killedAfter(count);
  const others = await Promise.all([1, 2, 3, 4, 5].map(() => child()));
  const recoveries = await Promise.all(others.map((other) => other.call('recover')));
  expect(recoveries.flatMap(({ found }) => found.map(({ kind }) => kind))).toEqual(['kept', 'kept', 'kept']);
  expect(recoveries.flatMap(({ troubles }) => troubles)).toEqual([]);
  expect(await takes()).toHaveLength(3);
});

test('killed while it recovers, at every moment: the next one ends it', async () => {
  const id = await killedAfter(SECONDS + 1);
  const whole = await mkdtemp(join(tmpdir(), 'twin-whole-'));
  await cp(libraryPaths(root).recording(id), join(whole, id), { recursive: true });
  for (const afterMs of [0, 3, 7, 13, 22, 40]) {
    await rm(root, { recursive: true, force: true });
    await mkdir(libraryPaths(root).recordings, { recursive: true });
    await cp(join(whole, id), libraryPaths(root).recording(id), { recursive: true });
    const doomed = await child();
    const dying = doomed.call('recover').catch(() => null);
    // The moment of the kill is what is tried out, not waited for.
    setTimeout(() => doomed.signal('SIGKILL'), afterMs);
    await Promise.all([dying, doomed.gone.catch(() => undefined)]);
    const next = await child();
    // A lease that was made and not written yet keeps others out for two seconds; the program looks again, too.
    await expect.poll(async () => (await next.call('recover')).held, { timeout: 15_000 }).toBe(0);
    next.signal('SIGKILL');
    const found = await takes();
    expect(found, `killed after ${afterMs} ms`).toHaveLength(1);
    expect(await secondsOf(found[0]?.file ?? '')).toBeCloseTo(SECONDS, 0);
  }
  await rm(whole, { recursive: true, force: true });
});

test('one that is being recorded is left alone', async () => {
  const recorder = await child();
  const id = await recorder.call('begin');
  await recorder.call('send', files[0] ?? '', 0);
  const { found, held } = await (await child()).call('recover');
  expect({ found, held }).toEqual({ found: [], held: 1 });
  await recorder.call('send', files[1] ?? '', 1);
  await recorder.call('finish', id);
  expect(await takes()).toHaveLength(1);
});

/** Mounted before the tests are told, so that they can say why they do not run. */
const mount = mountSmallDisk();

function mountSmallDisk(): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return null;
  const folder = mkdtempSync(join(tmpdir(), 'twin-full-'));
  try {
    // Room for the least with which a take of the test's rate may begin.
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=80m', 'tmpfs', folder], { stdio: 'ignore' });
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
  const library = join(mount ?? '', 'library');
  const filler = join(mount ?? '', 'filler');
  afterEach(async () => {
    await rm(filler, { force: true });
    await rm(library, { recursive: true, force: true });
  });

  /** Leaves this much room, bytes. */
  async function fillUpTo(left: number): Promise<void> {
    await rm(filler, { force: true });
    const { stdout } = await run('df', ['--output=avail', '-B1', mount ?? '']);
    await writeFile(filler, Buffer.alloc(Math.max(0, Number(stdout.split('\n')[1]) - left)));
  }

  test('too little to begin with is said in figures', async () => {
    const recorder = await child(library);
    await fillUpTo(20_000_000);
    await expect(recorder.call('begin')).rejects.toMatchObject({ code: 'RECORDING_NO_ROOM' });
    expect(await readdir(libraryPaths(library).recordings)).toEqual([]);
  });

  test('full in the middle of a fragment: said, cut back, and a take once there is room', async () => {
    const recorder = await child(library);
    const id = await recorder.call('begin');
    for (const sequence of [0, 1, 2]) {
      expect(await recorder.call('send', files[sequence] ?? '', sequence)).toMatchObject({ kind: 'stored' });
    }
    const file = join(libraryPaths(library).recording(id), 'source.mp4');
    const { size } = await stat(file);
    await fillUpTo(8192);
    const answer = await recorder.call('send', files[3] ?? '', 3);
    expect(answer).toMatchObject({ kind: 'failed', code: 'RECORDING_DISK_FULL' });
    expect((await stat(file)).size).toBe(size);
    await fillUpTo(0);
    await expect(recorder.call('finish', id)).rejects.toMatchObject({ code: 'DISK_FULL' });
    // Still a recording, and whole: another process finds it, cannot keep it either, and leaves it as it is.
    const other = await child(library);
    expect((await other.call('recover')).troubles).toHaveLength(1);
    await rm(filler);
    expect((await other.call('recover')).found).toMatchObject([{ kind: 'kept' }]);
    const [only] = await takes(library);
    expect(await secondsOf(only?.file ?? '')).toBeCloseTo(2, 0);
    // The full disk had room for what only its maker knew.
    expect(only?.take.recording).toMatchObject({
      end: 'stopped',
      counts: { seconds: 2 },
      samplesWhole: true,
    });
  });
});
