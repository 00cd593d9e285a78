/** Files of recordings, cut off or damaged in every kind of place. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keepRest, restOf } from '../../electron/library/keepRest.ts';
import { withRoomForIndex } from '../../electron/media/fragmentIndex.ts';
import { completeFragments, StoredFragments } from '../../electron/media/fragments.ts';
import { locateTools, type MediaTools } from '../../electron/media/locate.ts';
import { bundledTools, hasSystemFfmpeg, systemTools } from '../footage/tools.ts';
import { recordedFragments } from './support/recordedFile.ts';

const run = promisify(execFile);
const SECONDS = 6;
/** Offset of the first fragment, then of each after it, then the end. */
let starts: number[] = [];
let whole: Buffer;
let folder: string;
let tools: MediaTools;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'twin-cut-'));
  tools = await locateTools();
  const [head = Buffer.alloc(0), ...fragments] = await recordedFragments(folder, SECONDS);
  const parts = [Buffer.from(withRoomForIndex(head)), ...fragments];
  expect(fragments).toHaveLength(SECONDS);
  whole = Buffer.concat(parts);
  starts = parts.map((_, index) => Buffer.concat(parts.slice(0, index + 1)).length);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Length in seconds and number of pictures, as ffmpeg decodes them; anything it complains of fails. */
async function decoded(file: string): Promise<{ frames: number; seconds: number }> {
  const { stdout } = await run(tools.ffprobe, [
    '-v',
    'error',
    '-count_packets',
    '-select_streams',
    'v',
    '-show_entries',
    'stream=nb_read_packets:format=duration',
    '-of',
    'json',
    file,
  ]);
  const found = JSON.parse(stdout);
  const { stderr } = await run(tools.ffmpeg, ['-v', 'error', '-xerror', '-i', file, '-f', 'null', '-']);
  expect(stderr).toBe('');
  return { frames: Number(found.streams[0].nb_read_packets), seconds: Number(found.format.duration) };
}

async function completed(
  bytes: Buffer,
): Promise<{ file: string; result: Awaited<ReturnType<typeof completeFragments>> }> {
  const file = join(folder, 'source.mp4');
  await rm(restOf(file), { force: true });
  await writeFile(file, bytes);
  return { file, result: await complete(file) };
}

const complete = (file: string) => completeFragments(file, (from, to) => keepRest(file, from, to));
const rest = (file: string) => readFile(restOf(file)).catch(() => null);

/** Whole fragments in the first `length` bytes. */
const wholeBefore = (length: number) => starts.filter((start) => start <= length).length - 1;

/** The same places in every run. */
function* places(count: number): Generator<number> {
  for (let seed = 12_345, done = 0; done < count; done += 1) {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    yield seed % whole.length;
  }
}

test('a whole recording gets an index, and nothing of it is moved', async () => {
  const { file, result } = await completed(whole);
  expect(result).toMatchObject({ sizeBytes: whole.length });
  expect(result?.durationSeconds).toBeCloseTo(SECONDS, 1);
  const bytes = await readFile(file);
  expect(bytes.subarray(starts[0]).equals(whole.subarray(starts[0]))).toBe(true);
  expect(bytes.includes('sidx')).toBe(true);
  expect(await decoded(file)).toMatchObject({ frames: SECONDS * 30 });
});

test('a stretch without sound: the index has it all the same, and every ffmpeg finds every place', async () => {
  const [head = Buffer.alloc(0), ...fragments] = await recordedFragments(folder, SECONDS, {
    from: 2,
    to: 4.5,
  });
  const { file } = await completed(Buffer.concat([Buffer.from(withRoomForIndex(head)), ...fragments]));
  expect((await readFile(file)).includes('sidx')).toBe(true);
  const builds = hasSystemFfmpeg ? [await bundledTools(), await systemTools()] : [await bundledTools()];
  for (const { ffmpeg } of builds) {
    for (let seconds = 0; seconds < SECONDS; seconds += 0.5) {
      const args = ['-v', 'error', '-nostdin', '-ss', String(seconds), '-i', file, '-an', '-frames:v', '1'];
      // One that looks for ever heeds no other signal.
      const ended = run(ffmpeg, [...args, '-f', 'null', '-'], { timeout: 10_000, killSignal: 'SIGKILL' });
      await expect(ended, `${ffmpeg} at ${seconds} s`).resolves.toMatchObject({ stderr: '' });
    }
  }
});

test('cut off anywhere: what is left can be played, and only the fragment that was cut is lost', async () => {
  const edges = starts.flatMap((start) =>
    [-9, -8, -1, 0, 1, 7, 8, 9, 100, 4095, 4097].map((by) => start + by),
  );
  const cuts = [0, 1, 8, ...edges, ...places(200)].filter((cut) => cut < whole.length);
  expect(cuts.length).toBeGreaterThan(200);
  for (const cut of cuts) {
    const { file, result } = await completed(whole.subarray(0, cut));
    const left = wholeBefore(cut);
    if (left < 1) {
      expect(result, `cut at ${cut}`).toBeNull();
      expect((await stat(file)).size).toBe(cut);
      continue;
    }
    expect(result?.sizeBytes, `cut at ${cut}`).toBe(starts[left]);
    expect(result?.durationSeconds, `cut at ${cut}`).toBeCloseTo(left, 1);
    expect(await rest(file), `cut at ${cut}`).toBeNull();
  }
});

test('files that were cut are played by ffmpeg without a complaint', async () => {
  for (const cut of places(12)) {
    const { file, result } = await completed(whole.subarray(0, cut));
    if (result === null) continue;
    const { frames, seconds } = await decoded(file);
    expect(frames, `cut at ${cut}`).toBe(wholeBefore(cut) * 30);
    expect(seconds, `cut at ${cut}`).toBeCloseTo(wholeBefore(cut), 1);
  }
});

describe('after a power cut', () => {
  test.each([
    ['all of its last fragment', 0],
    ['the picture and sound of it', 4096],
    ['its last sectors', 40_000],
  ])('a file whose end was only lengthened loses %s, and no more', async (_what, kept) => {
    const last = starts[SECONDS - 1] ?? 0;
    const bytes = Buffer.from(whole);
    bytes.fill(0, last + kept);
    const { file, result } = await completed(bytes);
    expect(result?.sizeBytes).toBe(last);
    expect(await decoded(file)).toMatchObject({ frames: (SECONDS - 1) * 30 });
    expect(await rest(file)).toBeNull();
  });

  test('whole fragments behind one that was never written are kept beside the file, and play behind its head', async () => {
    const [second = 0, third = 0] = starts.slice(1);
    const bytes = Buffer.from(whole);
    bytes.fill(0, second, third);
    const { file, result } = await completed(bytes);
    expect(result?.sizeBytes).toBe(second);
    expect((await rest(file))?.equals(bytes.subarray(second))).toBe(true);
    const played = join(folder, 'rest.mp4');
    await writeFile(played, Buffer.concat([whole.subarray(0, starts[0]), whole.subarray(third)]));
    expect(await decoded(played)).toMatchObject({ frames: (SECONDS - 2) * 30 });
    // Done again, what was kept stays.
    await complete(file);
    expect((await rest(file))?.equals(bytes.subarray(second))).toBe(true);
  });

  test('it is kept before it is cut off: what cannot be kept stays in the file', async () => {
    const bytes = Buffer.from(whole);
    bytes.fill(0, starts[1], starts[2]);
    const file = join(folder, 'source.mp4');
    await writeFile(file, bytes);
    await expect(completeFragments(file, () => Promise.reject(new Error('full')))).rejects.toThrow('full');
    expect((await stat(file)).size).toBe(whole.length);
  });

  test('bytes of something else behind the last fragment are cut off', async () => {
    const rubbish = Buffer.from(whole.subarray(0, 70_000)).reverse();
    expect((await completed(Buffer.concat([whole, rubbish]))).result?.sizeBytes).toBe(whole.length);
  });
});

test('completing is the same however often it is done, and from wherever it was interrupted', async () => {
  const { file } = await completed(whole);
  const bytes = await readFile(file);
  await complete(file);
  expect((await readFile(file)).equals(bytes)).toBe(true);
  // Every way in which the index can be half there: the room is an empty box until its last step.
  const at = whole.indexOf('free') - 4;
  for (const written of [9, 40, 500, 8192, 16_000]) {
    const torn = Buffer.from(whole);
    bytes.copy(torn, at + 8, at + 8, at + 8 + written);
    const again = await completed(torn);
    expect(await decoded(again.file)).toMatchObject({ frames: SECONDS * 30 });
    expect((await readFile(again.file)).equals(bytes), `torn after ${written}`).toBe(true);
  }
});

test('what is no recording is left as it is', async () => {
  for (const bytes of [Buffer.alloc(0), Buffer.alloc(50_000), Buffer.from('no film at all'.repeat(99))]) {
    const { file, result } = await completed(bytes);
    expect(result).toBeNull();
    expect((await readFile(file)).equals(bytes)).toBe(true);
  }
});

describe('a file whose maker followed its fragments', () => {
  /** The file in the pieces in which it is stored: its head, then a fragment each. */
  const pieces = () =>
    [0, ...starts].slice(0, -1).map((start, index) => whole.subarray(start, starts[index]));

  test('is completed as one in which they are looked for', async () => {
    const stored = new StoredFragments();
    for (const piece of pieces()) stored.add(piece);
    expect(stored.found).toHaveLength(SECONDS);
    const [known, sought] = [join(folder, 'known.mp4'), join(folder, 'sought.mp4')];
    for (const file of [known, sought]) await writeFile(file, whole);
    const never = () => Promise.reject(new Error('nothing is cut off'));
    expect(await completeFragments(known, never, stored.found)).toEqual(
      await completeFragments(sought, never),
    );
    expect((await readFile(known)).equals(await readFile(sought))).toBe(true);
    expect((await readFile(known)).equals(whole)).toBe(false);
  });

  test('is looked through all the same where that is not all of it, or not what was expected', async () => {
    const stored = new StoredFragments();
    for (const piece of pieces()) stored.add(piece);
    const file = join(folder, 'longer.mp4');
    await writeFile(file, Buffer.concat([whole, whole.subarray(starts[0], starts[1])?.subarray(0, 100)]));
    const completed = await completeFragments(file, (from, to) => keepRest(file, from, to), stored.found);
    expect(completed?.sizeBytes).toBe(whole.length);
    stored.add(Buffer.from('no box at all'));
    expect(stored.found).toBeNull();
  });
});
