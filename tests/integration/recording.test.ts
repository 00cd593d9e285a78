/** A recording from its first byte until it is a take. */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createRecording } from '../../electron/library/recordingStore.ts';
import { locateTools } from '../../electron/media/locate.ts';
import { type Engine, openEngine } from '../../electron/studio/engine.ts';
import { createRecordings, type Recordings } from '../../electron/studio/recordings.ts';
import { type InterruptedRecording, recoverRecordings } from '../../electron/studio/recoverRecordings.ts';
import { storeRecording } from '../../electron/studio/storeRecording.ts';
import { RecordingIdSchema } from '../../shared/recording/recording.ts';
import { takeIdOf } from '../doubles/records.ts';
import { engineOptions } from './support/engineOptions.ts';
import { recordedFragments } from './support/recordedFile.ts';
import { countsAt, SETUP } from './support/recordingSetup.ts';
import { TestPort } from './support/testPort.ts';

const run = promisify(execFile);
const SECONDS = 4;

let material: string;
let fragments: readonly Buffer[];
let root: string;
let engine: Engine;
let recordings: Recordings;
let port: TestPort;
let interrupted: InterruptedRecording[];
let troubles: unknown[];

beforeAll(async () => {
  material = await mkdtemp(join(tmpdir(), 'twin-recorded-'));
  fragments = await recordedFragments(material, SECONDS);
});
afterAll(() => rm(material, { recursive: true, force: true }));

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'twin-recording-'));
  engine = await openEngine(engineOptions(root));
  interrupted = [];
  troubles = [];
  recordings = createRecordings(
    engine.context,
    (what) => interrupted.push(what),
    (error) => troubles.push(error),
  );
  port = new TestPort();
});
afterEach(async () => {
  await recordings.interrupt();
  await engine.close();
  await rm(root, { recursive: true, force: true });
});

const begin = async () => {
  const begun = await recordings.begin({ shot: 'waist-up', setup: SETUP });
  begun.connect(port);
  return begun.id;
};
const fragment = (sequence: number) => ({
  kind: 'fragment',
  sequence,
  bytes: new Uint8Array(fragments[sequence] ?? Buffer.alloc(1)).buffer,
  counts: countsAt(sequence),
});
const sendAll = async (count = fragments.length) => {
  for (let sequence = 0; sequence < count; sequence += 1) await port.send(fragment(sequence));
};
const folders = async () => (await readdir(engine.context.library.paths.recordings)).sort();

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
  const file = join(engine.context.library.paths.recording(id), 'source.mp4');
  for (const sequence of fragments.keys()) {
    const answer = await port.send(fragment(sequence));
    expect(answer).toMatchObject({ kind: 'stored', sequence, bytesWritten: (await stat(file)).size });
  }
});

test('what comes at once is stored one after the other', async () => {
  const id = await begin();
  const answers = await Promise.all(fragments.map((_, sequence) => port.send(fragment(sequence))));
  expect(answers.map((answer) => answer.kind === 'stored' && answer.sequence)).toEqual([...fragments.keys()]);
  const takeId = await recordings.finish(id, 'stopped');
  expect(await frames(join(engine.context.library.paths.take(takeId), 'source.mp4'))).toBe(SECONDS * 30);
});

test('finished, it is a take at once, with all that is known of how it was made', async () => {
  const id = await begin();
  await port.send(fragment(0));
  port.tell({ kind: 'samples', samples: [{ kind: 'advice', atSeconds: 0.5, code: 'too-dark' }] });
  for (let sequence = 1; sequence < fragments.length; sequence += 1) await port.send(fragment(sequence));
  const takeId = await recordings.finish(id, 'longest');
  const { library } = engine.context;
  expect(await library.takes.read(takeId)).toMatchObject({
    name: expect.stringMatching(/^Take \d+ \w+, \d\d:\d\d$/),
    origin: 'recorded',
    shot: 'waist-up',
    preview: { kind: 'source' },
    check: { kind: 'waiting' },
    recording: { setup: SETUP, end: 'longest', counts: countsAt(SECONDS) },
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
  expect(await recordings.finish(id, 'longest')).toBe(takeId);
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
    expect(await port.send(message())).toMatchObject({ kind: 'failed', code: 'BAD_CALL' });
    const takeId = await recordings.finish(id, 'recorder-failed');
    expect(await frames(join(engine.context.library.paths.take(takeId), 'source.mp4'))).toBe(30);
  });
});

test('a disk that takes no more is said, and not called full', async () => {
  const { paths } = engine.context.library;
  const id = RecordingIdSchema.parse('rc_0123456789abcdef');
  const startedAt = new Date().toISOString();
  const record = { schemaVersion: 1, id, startedAt, shot: 'waist-up', setup: SETUP, counts: null } as const;
  const made = await createRecording(paths, record);
  const storage = storeRecording(made, async () => 1e12);
  storage.connect(port);
  await port.send(fragment(0));
  // As when the disk is unplugged: the file can no longer be written to.
  await made.source.close();
  expect(await port.send(fragment(1))).toMatchObject({ kind: 'failed', code: 'RECORDING_WRITE_FAILED' });
  expect(await storage.end()).toMatchObject({ counts: countsAt(0) });
  await made.lease.release();
});

test('nearly full: the take is told to end, once', async () => {
  const { paths } = engine.context.library;
  const id = RecordingIdSchema.parse('rc_0123456789abcdef');
  const startedAt = new Date().toISOString();
  const record = { schemaVersion: 1, id, startedAt, shot: 'waist-up', setup: SETUP, counts: null } as const;
  const made = await createRecording(paths, record);
  const room = [500_000_000, 200_000_001, 199_999_999, 100_000_000, 100_000_000];
  const storage = storeRecording(made, async () => room.shift() ?? 0);
  storage.connect(port);
  await sendAll();
  expect(port.answers.map(({ kind }) => kind)).toEqual([
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
  await recordings.finish(id, 'stopped');
  const again = await begin();
  expect(again).not.toBe(id);
});

test('one without a whole second is discarded, and says so', async () => {
  const id = await begin();
  await port.send(fragment(0));
  await expect(recordings.finish(id, 'stopped')).rejects.toMatchObject({ code: 'RECORDING_EMPTY' });
  expect(await folders()).toEqual([]);
  await expect(recordings.finish(id, 'stopped')).rejects.toMatchObject({ code: 'RECORDING_EMPTY' });
});

test('a recording that is not known is said to be none', async () => {
  const unknown = 'rc_0123456789abcdef' as Awaited<ReturnType<typeof begin>>;
  await expect(recordings.finish(unknown, 'stopped')).rejects.toMatchObject({ code: 'RECORDING_NOT_FOUND' });
});

test('the window dies: what it recorded is a take, and is told', async () => {
  await begin();
  await sendAll(3);
  port.die();
  await expect.poll(() => interrupted, { timeout: 8000 }).toHaveLength(1);
  const [what] = interrupted;
  expect(what).toMatchObject({ kind: 'kept', kept: { seconds: expect.closeTo(2, 1) } });
  if (what?.kind !== 'kept') return;
  const take = await engine.context.library.takes.read(what.kept.takeId);
  expect(take.recording).toMatchObject({ end: 'interrupted', counts: countsAt(2) });
});

test('the port closes before the window says that it is done: nothing was interrupted', async () => {
  const id = await begin();
  await sendAll();
  port.die();
  await recordings.finish(id, 'stopped');
  await recordings.interrupt();
  expect(interrupted).toEqual([]);
});

test('the program ends: what was recorded is left to the next start, which knows all that this one knew', async () => {
  const id = await begin();
  await sendAll(3);
  await recordings.close();
  expect(await folders()).toEqual([id]);
  const { found } = await recoverRecordings(engine.context);
  expect(found).toMatchObject([{ kind: 'kept', kept: { seconds: expect.closeTo(2, 1) } }]);
  const [entry] = engine.context.library.takes.index.values();
  const take = await engine.context.library.takes.read(entry?.id ?? takeIdOf('none'));
  expect(take.recording).toMatchObject({ end: 'interrupted', counts: countsAt(2) });
});

test('more was recorded than can be read: it is set aside, and said', async () => {
  const id = await begin();
  await port.send({ ...fragment(1), sequence: 0, counts: countsAt(3) });
  await expect(recordings.finish(id, 'stopped')).rejects.toMatchObject({ code: 'RECORD_BROKEN' });
  expect((await folders()).map((name) => name.slice(0, 11))).toEqual(['.set-aside-']);
});

test('the same bytes a second time are the same take, and nothing is overwritten', async () => {
  const first = await begin();
  await sendAll();
  const takeId = await recordings.finish(first, 'stopped');
  const { paths, takes } = engine.context.library;
  await takes.update(takeId, (take) => ({ ...take, name: 'Mine' }));
  port = new TestPort();
  const second = await begin();
  await sendAll();
  expect(await recordings.finish(second, 'stopped')).toBe(takeId);
  expect((await takes.read(takeId)).name).toBe('Mine');
  expect((await folders()).map((name) => name.slice(0, 11))).toEqual(['.set-aside-']);
  expect(await readdir(paths.takes)).toHaveLength(1);
});

test('with nothing left behind there is nothing to recover', async () => {
  expect(await recoverRecordings(engine.context)).toEqual({ found: [], held: 0, troubles: [] });
  await begin();
  expect(await recoverRecordings(engine.context)).toEqual({ found: [], held: 1, troubles: [] });
});
