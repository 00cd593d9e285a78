/** While a take is recorded, everything else of ours stands still, in whichever process it is, and goes on afterwards. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { copyFile, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { holdChildren, letChildrenGoOn, runningChildren } from '../../electron/media/children.ts';
import { locateTools, type MediaTools } from '../../electron/media/locate.ts';
import { probe } from '../../electron/media/probe.ts';
import { runFfmpeg, runTool } from '../../electron/media/process.ts';
import { type Engine, openEngine } from '../../electron/studio/engine.ts';
import { importFootage } from '../../electron/studio/importFootage.ts';
import type { RecordingId } from '../../shared/recording/recording.ts';
import { bundleChild, type Child, type ChildScript } from './childScript.ts';
import type { RecordingJobs } from './recordingChild.ts';
import { startCli } from './support/cli.ts';
import { engineOptions } from './support/engineOptions.ts';
import { recordedFragments } from './support/recordedFile.ts';

/** How long is looked that nothing moves, milliseconds. */
const STILL_MS = 400;

let script: ChildScript<RecordingJobs>;
let material: string;
let files: readonly string[];
let clip: string;
let tools: MediaTools;
let root: string;
let engine: Engine;

beforeAll(async () => {
  tools = await locateTools();
  script = await bundleChild<RecordingJobs>(fileURLToPath(new URL('recordingChild.ts', import.meta.url)));
  material = await mkdtemp(join(tmpdir(), 'twin-quiet-'));
  const fragments = await recordedFragments(material, 3);
  files = fragments.map((_, index) => join(material, `fragment-${index}`));
  for (const [index, bytes] of fragments.entries()) await writeFile(files[index] ?? '', bytes);
  clip = join(material, 'encoded-3.mp4');
});
afterAll(async () => {
  await script.close();
  await rm(material, { recursive: true, force: true });
});
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'twin-quiet-library-'));
  engine = await openEngine(engineOptions(join(root, 'library'), userData()));
});
afterEach(async () => {
  await engine.close();
  await rm(root, { recursive: true, force: true });
});

interface Recorder {
  readonly process: Child<RecordingJobs>;
  readonly id: RecordingId;
}

/** Another process that has this library open, or another one. */
async function openElsewhere(library = 'library'): Promise<Child<RecordingJobs>> {
  const process = await script.start();
  await process.call('open', join(root, library), userData());
  return process;
}

/** Another process records; resolves once this one knows it. */
async function recordElsewhere(library = 'library', opening = openElsewhere(library)): Promise<Recorder> {
  const process = await opening;
  const id = await process.call('begin');
  for (const [sequence, file] of files.entries()) await process.call('send', file, sequence);
  await expect.poll(() => engine.context.quiet.isQuiet).toBe(true);
  return { process, id };
}

const userData = () => join(root, 'user-data');
const isQuiet = () => engine.context.quiet.isQuiet;
/** `T`: stopped; `R`, `S`: running or waiting; empty: gone. */
const stateOf = (pid: number): string => {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2, text.lastIndexOf(')') + 3);
  } catch {
    return '';
  }
};
const sizeOf = async (file: string) => (await stat(file).catch(() => null))?.size ?? 0;

/** A conversion that takes eight seconds, as its source comes in no faster, and grows its file all the while. */
function convert(outFile: string, signal?: AbortSignal) {
  const source = ['-re', '-f', 'lavfi', '-i', 'testsrc2=size=320x180:rate=30:duration=8'];
  const codec = ['-c:v', 'mpeg4', '-f', 'matroska', '-flush_packets', '1'];
  return runTool({
    program: tools.ffmpeg,
    args: ['-v', 'error', '-nostdin', '-y', ...source, ...codec, outFile],
    source: outFile,
    step: 'testing',
    signal,
    onStdout: () => undefined,
  });
}

describe('while another process of this computer records', () => {
  test.skipIf(process.platform !== 'linux')(
    'a conversion stands still, and ends well afterwards',
    async () => {
      const outFile = join(root, 'out.mkv');
      // A process takes its time to start, and the conversion does not wait for it.
      const other = await openElsewhere();
      const converted = convert(outFile);
      await expect.poll(() => sizeOf(outFile)).toBeGreaterThan(0);
      const [pid = 0] = runningChildren();
      const recorder = await recordElsewhere('library', Promise.resolve(other));
      await expect.poll(() => stateOf(pid)).toBe('T');
      const size = await sizeOf(outFile);
      await wait(STILL_MS);
      expect(await sizeOf(outFile)).toBe(size);
      await recorder.process.call('finish', recorder.id);
      await expect.poll(isQuiet).toBe(false);
      await converted;
      expect(await sizeOf(outFile)).toBeGreaterThan(size);
    },
  );

  test('none begins, and cancelling one that waits is heeded at once', async () => {
    const recorder = await recordElsewhere();
    const stop = new AbortController();
    const waiting = convert(join(root, 'out.mkv'), stop.signal);
    await wait(STILL_MS);
    expect(runningChildren()).toEqual([]);
    stop.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'Cancelled' });
    await recorder.process.call('finish', recorder.id);
  });

  test('a copy stands still in the middle, says why, and is whole afterwards', async () => {
    const { library, activities } = engine.context;
    const file = join(root, 'long.mp4');
    await copyFile(clip, file);
    // An empty box of half a gigabyte behind the film, which costs no room on the disk.
    const { size } = await stat(file);
    const header = Buffer.from([0x20, 0, 0, 0, ...Buffer.from('free')]);
    await writeFile(file, header, { flag: 'a' });
    await truncate(file, size + 0x20000000);
    const imported = importFootage(engine.context, file, { shot: 'waist-up' });
    const staged = async () => {
      const [folder = ''] = (await readdir(library.paths.takes)).filter((name) =>
        name.startsWith('.incoming-'),
      );
      return sizeOf(join(library.paths.takes, folder, 'source.mp4'));
    };
    await expect.poll(staged, { interval: 2 }).toBeGreaterThan(0);
    engine.context.quiet.record(true);
    await expect.poll(() => activities.list()[0]?.waitsFor).toBe('recording');
    // The piece that is on its way arrives.
    let held = -1;
    await expect
      .poll(
        async () => {
          const before = held;
          held = await staged();
          return held === before;
        },
        { interval: STILL_MS },
      )
      .toBe(true);
    await wait(STILL_MS);
    expect(await staged()).toBe(held);
    expect(held).toBeGreaterThan(0);
    expect(held).toBeLessThan(size + 0x20000000);
    engine.context.quiet.record(false);
    const { takeId } = await imported;
    const bytes = await readFile(library.takes.sourceFile(await library.takes.read(takeId)));
    expect(createHash('sha256').update(bytes).digest('hex').slice(0, 24)).toBe(takeId.slice(3));
  });

  test('lanes let nothing begin; a paid answer that is on its way is not held', async () => {
    const recorder = await recordElsewhere();
    const { lanes, activities } = engine.context;
    const begun: string[] = [];
    const all = Object.entries(lanes).map(([name, lane]) => lane.add(() => void begun.push(name)));
    let answer: () => void = () => undefined;
    const paid = activities.run(
      { kind: 'train', label: 'Ana', cancellable: false },
      undefined,
      () =>
        new Promise<void>((resolve) => {
          answer = resolve;
        }),
    );
    await wait(STILL_MS);
    expect(begun).toEqual([]);
    expect(activities.list()).toMatchObject([{ kind: 'train', waitsFor: null }]);
    answer();
    await paid;
    await recorder.process.call('finish', recorder.id);
    await Promise.all(all);
    expect(begun.sort()).toEqual(['disk', 'media', 'network', 'trainer']);
  });

  test.each([
    // Three seconds are refused.
    ['check', [], ['waiting', 'progress', 'report', 'result'], 2],
    ['prepare', ['--out', 'OUT'], ['waiting', 'progress', 'result'], 0],
  ])('%s waits, says so, and goes on by itself', async (name, options, said, exit) => {
    const recorder = await recordElsewhere();
    const out = join(root, 'master.mp4');
    const command = startCli(
      [
        name,
        clip,
        ...options.map((option) => (option === 'OUT' ? out : option)),
        '--library',
        join(root, 'library'),
      ],
      // Its settings are not those of who records: it is the library that says it.
      { TWIN_STUDIO_USER_DATA: join(root, 'settings') },
    );
    expect(await command.until(({ event }) => event === 'waiting')).toMatchObject({ reason: 'recording' });
    await wait(STILL_MS);
    expect((await readdir(root)).filter((entry) => entry.includes('master'))).toEqual([]);
    await recorder.process.call('finish', recorder.id);
    const { events, code } = await command.end;
    expect([...new Set(events.map(({ event }) => event))]).toEqual(said);
    expect(code).toBe(exit);
  });

  test('into another library, it is as quiet here, and a second take is not begun', async () => {
    const recorder = await recordElsewhere('another library');
    const other = await script.start();
    await other.call('open', join(root, 'library'), userData());
    await expect(other.call('begin')).rejects.toMatchObject({ code: 'RECORDING_RUNNING' });
    await recorder.process.call('finish', recorder.id);
    await expect.poll(isQuiet).toBe(false);
    await other.call('begin');
    other.signal('SIGKILL');
  });

  test('when it is killed, everything goes on', async () => {
    const recorder = await recordElsewhere();
    recorder.process.signal('SIGKILL');
    await expect.poll(isQuiet).toBe(false);
  });

  test('who opens the library then is quiet from the start', async () => {
    const recorder = await recordElsewhere();
    const other = await script.start();
    await other.call('open', join(root, 'library'));
    expect(await other.call('isQuiet')).toBe(true);
    await recorder.process.call('finish', recorder.id);
    await expect.poll(() => other.call('isQuiet')).toBe(false);
  });
});

test.skipIf(process.platform !== 'linux')(
  'whoever stands still is ended when our process is killed',
  async () => {
    const worker = await script.start();
    await worker.call('open', join(root, 'library'));
    const outFile = join(root, 'endless.mkv');
    worker.call('convert', outFile).catch(() => undefined);
    await expect.poll(() => childrenOf(worker.pid, 'matroska')).toHaveLength(1);
    const [pid = 0] = childrenOf(worker.pid, 'matroska');
    await recordElsewhere();
    await expect.poll(() => stateOf(pid)).toBe('T');
    worker.signal('SIGKILL');
    await worker.gone;
    await expect.poll(() => ['', 'Z'].includes(stateOf(pid))).toBe(true);
  },
);

/** Processes that this one has started, with these words in their command. */
function childrenOf(pid: number, words: string): number[] {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return text
    .split(' ')
    .filter(Boolean)
    .map(Number)
    .filter((child) => {
      return readFileSync(`/proc/${child}/cmdline`, 'utf8').includes(words);
    });
}

describe('where a program cannot be made to stand still', () => {
  afterEach(letChildrenGoOn);

  test('it is ended, and begins again from the start', async () => {
    const outFile = join(root, 'again.mkv');
    const converted = runFfmpeg({
      tools,
      source: clip,
      inputOptions: ['-re', '-stream_loop', '1'],
      outputOptions: ['-c:v', 'mpeg4', '-an', '-f', 'matroska', '-flush_packets', '1'],
      outFile,
      step: 'testing',
    });
    await expect.poll(() => sizeOf(outFile)).toBeGreaterThan(0);
    holdChildren(false);
    await expect.poll(runningChildren).toEqual([]);
    letChildrenGoOn();
    await converted;
    const [source, made] = await Promise.all([clip, outFile].map((file) => probe(file, { tools })));
    expect(made?.video?.timing.packets).toBe(2 * (source?.video?.timing.packets ?? Number.NaN));
  });
});
