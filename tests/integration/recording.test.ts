/** A recording from its first byte until it is a take. */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test, vi } from 'vitest';
import { createRecording } from '../../electron/library/recordingStore.ts';
import { locateTools } from '../../electron/media/locate.ts';
import { recoverRecordings } from '../../electron/studio/recoverRecordings.ts';
import { END_WITHIN_MS, storeRecording } from '../../electron/studio/storeRecording.ts';
import { TakeIdSchema } from '../../shared/domain/ids.ts';
import { StudioError } from '../../shared/errors.ts';
import { RecordingIdSchema } from '../../shared/recording/recording.ts';
import { takeIdOf } from '../doubles/records.ts';
import { countsAt, SETUP } from './support/recordingSetup.ts';
import { recordingsInTest } from './support/recordingStudio.ts';
import { TestPort } from './support/testPort.ts';

const run = promisify(execFile);
const SECONDS = 4;

const { studio, fragments, fragment, begin, sendAll, folders } = recordingsInTest(SECONDS);

async function frames(file: string): Promise<number> {
  const { ffprobe } = await locateTools();
  const args = [
    '-v',
    'error',
    '-count_frames',
    '-select_streams',
    'v',
    '-show_entries',
    'stream=nb_read_frames',
  ];
  const { stdout } = await run(ffprobe, [...args, '-of', 'csv=p=0', file]);
  return Number.parseInt(stdout, 10);
}

test('every fragment is in the file by the time it is acknowledged, in its order', async () => {
  const id = await begin();
  const file = join(studio.engine.context.library.paths.recording(id), 'source.mp4');
  for (const sequence of fragments().keys()) {
    const answer = await studio.port.send(fragment(sequence));
    expect(answer).toMatchObject({ kind: 'stored', sequence, bytesWritten: (await stat(file)).size });
  }
});

test('what comes at once is stored one after the other', async () => {
  const id = await begin();
  const answers = await Promise.all(fragments().map((_, sequence) => studio.port.send(fragment(sequence))));
  expect(answers.map((answer) => answer.kind === 'stored' && answer.sequence)).toEqual([
    ...fragments().keys(),
  ]);
  const takeId = await studio.recordings.finish(id, 'stopped');
  expect(await frames(join(studio.engine.context.library.paths.take(takeId), 'source.mp4'))).toBe(
    SECONDS * 30,
  );
});

test('finished, it is a take at once, with all that is known of how it was made', async () => {
  const id = await begin();
  await studio.port.send(fragment(0));
  studio.port.tell({ kind: 'samples', samples: [{ kind: 'advice', atSeconds: 0.5, code: 'too-dark' }] });
  for (let sequence = 1; sequence < fragments().length; sequence += 1)
    await studio.port.send(fragment(sequence));
  const takeId = await studio.recordings.finish(id, 'longest');
  const { library } = studio.engine.context;
  expect(await library.takes.read(takeId)).toMatchObject({
    name: expect.stringMatching(/^Take \d+ \w+, \d\d:\d\d$/),
    origin: 'recorded',
    shot: 'waist-up',
    preview: { kind: 'source' },
    check: { kind: 'waiting' },
    recording: { setup: SETUP, end: 'longest', counts: countsAt(SECONDS), samplesWhole: true },
  });
  expect(library.takes.index.get(takeId)).toBeDefined();
  expect((await readdir(library.paths.take(takeId))).sort()).toEqual([
    '.leases',
    'log.ndjson',
    'source.mp4',
    'stage.ndjson',
    'take.json',
  ]);
  const samples = await readFile(library.paths.stageSamples(takeId), 'utf8');
  expect(JSON.parse(samples)).toEqual({ kind: 'advice', atSeconds: 0.5, code: 'too-dark' });
  expect(await folders()).toEqual([]);
  expect(await studio.recordings.finish(id, 'longest')).toBe(takeId);
});

describe('what does not fit', () => {
  test.each([
    ['a gap', () => fragment(3)],
    ['the same again', () => fragment(0)],
    ['no bytes', () => ({ ...fragment(2), bytes: new ArrayBuffer(0) })],
    ['something else', () => ({ kind: 'anything' })],
  ])('%s ends it, and what was acknowledged is kept', async (_what, message) => {
    const id = await begin();
    await sendAll(2);
    expect(await studio.port.send(message())).toMatchObject({ kind: 'failed', code: 'BAD_CALL' });
    const takeId = await studio.recordings.finish(id, 'recorder-failed');
    expect(await frames(join(studio.engine.context.library.paths.take(takeId), 'source.mp4'))).toBe(30);
  });
});

test('what the stage measured and cannot be read costs nothing but itself, and the take says so', async () => {
  const id = await begin();
  await studio.port.send(fragment(0));
  const advice = { kind: 'advice', atSeconds: 0.5, code: 'too-dark' };
  studio.port.tell({ kind: 'samples', samples: [{ ...advice, atSeconds: Number.NaN }] });
  studio.port.tell({ kind: 'samples', samples: [advice] });
  for (let sequence = 1; sequence < fragments().length; sequence += 1) {
    expect(await studio.port.send(fragment(sequence))).toMatchObject({ kind: 'stored' });
  }
  const takeId = await studio.recordings.finish(id, 'stopped');
  const { takes, paths } = studio.engine.context.library;
  expect((await takes.read(takeId)).recording).toMatchObject({ end: 'stopped', samplesWhole: false });
  expect(await readFile(paths.stageSamples(takeId), 'utf8')).toBe(`${JSON.stringify(advice)}\n`);
});

test('taken over while a fragment was written: the file ends where it did', async () => {
  const { paths } = studio.engine.context.library;
  const id = RecordingIdSchema.parse(`rc_${'1'.repeat(20)}`);
  const made = await createRecording(paths, {
    id,
    startedAt: new Date().toISOString(),
    shot: 'waist-up',
    setup: SETUP,
  });
  const held = [true, true, true, false];
  const lease = { isHeld: async () => held.shift() ?? false };
  const storage = storeRecording({ ...made, lease: { ...made.lease, ...lease } }, async () => 1e12);
  storage.connect(studio.port);
  expect(await studio.port.send(fragment(0))).toMatchObject({ kind: 'stored' });
  const file = join(made.folder, made.sourceName);
  const { size } = await stat(file);
  expect(await studio.port.send(fragment(1))).toMatchObject({ kind: 'failed', code: 'LEASE_LOST' });
  expect((await stat(file)).size).toBe(size);
  await storage.end();
  await made.lease.release();
});

/** As another computer does while this one sleeps. */
async function takeOver(folder: string): Promise<void> {
  const leases = join(folder, '.leases');
  const [ours = ''] = await readdir(leases);
  const holder = JSON.parse(await readFile(join(leases, ours), 'utf8'));
  const theirs = join(
    leases,
    ours.replace(/\d+$/, (generation) => String(Number(generation) + 1)),
  );
  await writeFile(theirs, JSON.stringify({ ...holder, token: randomUUID(), machine: 'another' }));
}

test('taken over by another computer: nothing more is written into what may be its take by now', async () => {
  const id = await begin();
  await sendAll(3);
  const folder = studio.engine.context.library.paths.recording(id);
  const file = join(folder, 'source.mp4');
  const { size } = await stat(file);
  await takeOver(folder);
  expect(await studio.port.send(fragment(3))).toMatchObject({ kind: 'failed', code: 'LEASE_LOST' });
  expect((await stat(file)).size).toBe(size);
  await expect(studio.recordings.finish(id, 'stopped')).rejects.toMatchObject({ code: 'LEASE_LOST' });
  expect(await folders()).toEqual([id]);
});

test('a disk that hangs is not waited for for ever, and keeps the file until it has answered', async () => {
  const { paths } = studio.engine.context.library;
  const id = RecordingIdSchema.parse('rc_0123456789abcdef');
  const startedAt = new Date().toISOString();
  const made = await createRecording(paths, { id, startedAt, shot: 'waist-up', setup: SETUP });
  let answer: () => void = () => undefined;
  const hung = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const append = vi.spyOn(made.source, 'append').mockReturnValue(hung);
  const storage = storeRecording(made, async () => 1e12);
  storage.connect(studio.port);
  studio.port.tell(fragment(0));
  await expect.poll(() => append.mock.calls.length).toBe(1);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const ended = expect(storage.end()).rejects.toMatchObject({ code: 'RECORDING_WRITE_FAILED' });
    await vi.advanceTimersByTimeAsync(END_WITHIN_MS);
    await ended;
  } finally {
    vi.useRealTimers();
  }
  let isClosed = false;
  const closed = storage.closed().then(() => {
    isClosed = true;
  });
  expect(isClosed).toBe(false);
  answer();
  await closed;
  await made.lease.release();
});

test('a disk that takes no more is said, and not called full', async () => {
  const { paths } = studio.engine.context.library;
  const id = RecordingIdSchema.parse('rc_0123456789abcdef');
  const startedAt = new Date().toISOString();
  const made = await createRecording(paths, { id, startedAt, shot: 'waist-up', setup: SETUP });
  const storage = storeRecording(made, async () => 1e12);
  storage.connect(studio.port);
  await studio.port.send(fragment(0));
  // As when the disk is unplugged: the file can no longer be written to.
  await made.source.close();
  expect(await studio.port.send(fragment(1))).toMatchObject({
    kind: 'failed',
    code: 'RECORDING_WRITE_FAILED',
  });
  expect(await storage.end()).toMatchObject({ counts: countsAt(0) });
  await made.lease.release();
});

test('nearly full: the take is told to end, once', async () => {
  const { paths } = studio.engine.context.library;
  const id = RecordingIdSchema.parse('rc_0123456789abcdef');
  const startedAt = new Date().toISOString();
  const made = await createRecording(paths, { id, startedAt, shot: 'waist-up', setup: SETUP });
  const room = [500_000_000, 200_000_001, 199_999_999, 100_000_000, 100_000_000];
  const storage = storeRecording(made, async () => room.shift() ?? 0);
  storage.connect(studio.port);
  await sendAll();
  expect(studio.port.answers.map(({ kind }) => kind)).toEqual([
    'stored',
    'stored',
    'stored',
    'stop',
    'stored',
    'stored',
  ]);
  await storage.end();
  await made.lease.release();
});

test('there is one recording at a time', async () => {
  const id = await begin();
  await expect(begin()).rejects.toMatchObject({ code: 'RECORDING_RUNNING' });
  await sendAll();
  await studio.recordings.finish(id, 'stopped');
  const again = await begin();
  expect(again).not.toBe(id);
});

test('one without a whole second is discarded, and says so', async () => {
  const id = await begin();
  await studio.port.send(fragment(0));
  await expect(studio.recordings.finish(id, 'stopped')).rejects.toMatchObject({ code: 'RECORDING_EMPTY' });
  expect(await folders()).toEqual([]);
  await expect(studio.recordings.finish(id, 'stopped')).rejects.toMatchObject({ code: 'RECORDING_EMPTY' });
});

test('a recording that is not known is said to be none', async () => {
  const unknown = 'rc_0123456789abcdef' as Awaited<ReturnType<typeof begin>>;
  await expect(studio.recordings.finish(unknown, 'stopped')).rejects.toMatchObject({
    code: 'RECORDING_NOT_FOUND',
  });
});

test.each([
  ['the window dies', () => studio.recordings.interrupt()],
  ['its page is left', async () => studio.recordings.pageLeft()],
])('%s: what it recorded is a take, and is told', async (_what, happens) => {
  await begin();
  await sendAll(3);
  studio.port.die();
  await happens();
  await expect.poll(() => studio.interrupted, { timeout: 8000 }).toHaveLength(1);
  const [what] = studio.interrupted;
  expect(what).toMatchObject({ kind: 'kept', kept: { seconds: expect.closeTo(2, 1) } });
  if (what?.kind !== 'kept') return;
  const take = await studio.engine.context.library.takes.read(what.kept.takeId);
  expect(take.recording).toMatchObject({ end: 'interrupted', counts: countsAt(2) });
});

test('the port closes before the window says that it is done: nothing was interrupted', async () => {
  const id = await begin();
  await sendAll();
  studio.port.die();
  await studio.recordings.finish(id, 'stopped');
  await studio.recordings.interrupt();
  expect(studio.interrupted).toEqual([]);
});

test('a page that stands still after its port has closed still ends its take', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const id = await begin();
    await sendAll();
    studio.port.die();
    await vi.advanceTimersByTimeAsync(15_000);
    const takeId = await studio.recordings.finish(id, 'stopped');
    const take = await studio.engine.context.library.takes.read(takeId);
    expect(take.recording?.end).toBe('stopped');
    expect(studio.interrupted).toEqual([]);
  } finally {
    vi.useRealTimers();
  }
});

test('the program ends: what was recorded is left to the next start, which knows all that this one knew', async () => {
  const id = await begin();
  await sendAll(3);
  await studio.recordings.close();
  expect(await folders()).toEqual([id]);
  const { found } = await recoverRecordings(studio.engine.context, new AbortController().signal);
  expect(found).toMatchObject([{ kind: 'kept', kept: { seconds: expect.closeTo(2, 1) } }]);
  const [entry] = studio.engine.context.library.takes.index.values();
  const take = await studio.engine.context.library.takes.read(entry?.id ?? takeIdOf('none'));
  expect(take.recording).toMatchObject({ end: 'interrupted', counts: countsAt(2) });
});

test('the program ends after the window has died: that is left to the next start as well, and nothing is complained of', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const id = await begin();
    await sendAll(3);
    studio.port.die();
    await studio.recordings.close();
    await vi.advanceTimersByTimeAsync(5000);
    await studio.recordings.interrupt();
    await expect(studio.recordings.finish(id, 'stopped')).rejects.toMatchObject({
      code: 'RECORDING_NOT_FOUND',
    });
    expect({ interrupted: studio.interrupted, troubles: studio.troubles }).toEqual({
      interrupted: [],
      troubles: [],
    });
    expect(await folders()).toEqual([id]);
  } finally {
    vi.useRealTimers();
  }
});

test('one that cannot be kept when it ends is kept later, with all that was known', async () => {
  const id = await begin();
  await sendAll();
  const { takes, paths } = studio.engine.context.library;
  vi.spyOn(takes, 'adopt').mockRejectedValueOnce(new StudioError('DISK_FULL'));
  await expect(studio.recordings.finish(id, 'longest')).rejects.toMatchObject({ code: 'DISK_FULL' });
  expect(await folders()).toEqual([id]);
  const { found } = await recoverRecordings(studio.engine.context, new AbortController().signal);
  expect(found).toMatchObject([{ kind: 'kept', end: 'longest' }]);
  const [only = ''] = await readdir(paths.takes);
  expect((await takes.read(TakeIdSchema.parse(only))).recording).toEqual({
    setup: SETUP,
    end: 'longest',
    counts: countsAt(SECONDS),
    samplesWhole: true,
  });
});

test('more was recorded than can be read: it is set aside, and said', async () => {
  const id = await begin();
  await studio.port.send({ ...fragment(1), sequence: 0, counts: countsAt(3) });
  await expect(studio.recordings.finish(id, 'stopped')).rejects.toMatchObject({ code: 'RECORD_BROKEN' });
  expect((await folders()).map((name) => name.slice(0, 11))).toEqual(['.set-aside-']);
});

test('the same bytes a second time are the same take, and nothing is overwritten', async () => {
  const first = await begin();
  await sendAll();
  const takeId = await studio.recordings.finish(first, 'stopped');
  const { paths, takes } = studio.engine.context.library;
  await takes.update(takeId, (take) => ({ ...take, name: 'Mine' }));
  studio.port = new TestPort();
  const second = await begin();
  await sendAll();
  expect(await studio.recordings.finish(second, 'stopped')).toBe(takeId);
  expect((await takes.read(takeId)).name).toBe('Mine');
  expect((await folders()).map((name) => name.slice(0, 11))).toEqual(['.set-aside-']);
  expect(await readdir(paths.takes)).toHaveLength(1);
});
