/** What becomes of recordings that were left behind. */
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { recoverRecordings } from '../../electron/studio/recoverRecordings.ts';
import { TakeIdSchema } from '../../shared/domain/ids.ts';
import { Cancelled } from '../../shared/errors.ts';
import { recordingsInTest } from './support/recordingStudio.ts';
import { TestPort } from './support/testPort.ts';

const SECONDS = 4;
const { studio, fragments, begin, sendAll, folders } = recordingsInTest(SECONDS);

const never = new AbortController().signal;
const recover = (signal = never) => recoverRecordings(studio.engine.context, signal);
/** Folder of a recording of this many seconds that was left to the next start. */
async function left(seconds = SECONDS): Promise<string> {
  studio.port = new TestPort();
  const id = await begin();
  await sendAll(seconds + 1);
  await studio.recordings.close();
  return studio.engine.context.library.paths.recording(id);
}
const recoveryHasBegun = async (folder: string) =>
  (await readdir(join(folder, '.leases'))).some((name) => name.startsWith('recovery.lease.'));
const takes = async () => {
  const { library } = studio.engine.context;
  const names = await readdir(library.paths.takes);
  return Promise.all(names.map((name) => library.takes.read(TakeIdSchema.parse(name))));
};

test('waits while a take is recorded, and keeps nobody from recording', async () => {
  await left();
  studio.engine.context.quiet.record(true);
  const recovered = recover();
  await expect.poll(async () => recoveryHasBegun(await only())).toBe(true);
  await begin();
  expect(await takes()).toEqual([]);
  await studio.recordings.close();
  expect((await recovered).found).toMatchObject([{ kind: 'kept' }]);
});

const only = async () => join(studio.engine.context.library.paths.recordings, (await folders())[0] ?? '');

test('told to stop, it leaves it as it is', async () => {
  const folder = await left();
  const stop = new AbortController();
  studio.engine.context.quiet.record(true);
  const recovered = recover(stop.signal);
  await expect.poll(() => recoveryHasBegun(folder)).toBe(true);
  stop.abort(new Cancelled());
  expect(await recovered).toEqual({ found: [], held: 1, troubles: [] });
  studio.engine.context.quiet.record(false);
  expect((await recover()).found).toMatchObject([{ kind: 'kept' }]);
});

test('one that something odd stands in the way of costs the others nothing', async () => {
  await left(SECONDS);
  await left(SECONDS - 1);
  vi.spyOn(studio.engine.context.library.takes, 'adopt').mockRejectedValueOnce(new TypeError('odd'));
  const { found, troubles } = await recover();
  expect(found).toMatchObject([{ kind: 'kept' }]);
  expect(troubles).toEqual([new TypeError('odd')]);
  expect((await recover()).found).toMatchObject([{ kind: 'kept' }]);
});

test('one whose maker died before it had a file is nothing', async () => {
  const folder = await left();
  await rm(join(folder, 'source.mp4'));
  await rm(join(folder, 'stage.ndjson'));
  expect(await recover()).toMatchObject({ found: [{ kind: 'nothing' }], troubles: [] });
  expect(await folders()).toEqual([]);
});

test.each([
  ['torn', '{ "schemaVersion": 1, "na'],
  ['of another shape', '{ "schemaVersion": 1 }'],
  ['gone', null],
])('one whose record is %s is a take all the same', async (_what, text) => {
  const folder = await left();
  if (text === null) await rm(join(folder, 'recording.json'));
  else await writeFile(join(folder, 'recording.json'), text);
  expect(await recover()).toMatchObject({ found: [{ kind: 'kept' }], troubles: [] });
  const [take] = await takes();
  expect(take).toMatchObject({ origin: 'recorded', recording: null });
  const names = await readdir(studio.engine.context.library.paths.take(take?.id ?? ''));
  expect(names.filter((name) => name.startsWith('recording.json')).map((name) => name.slice(0, 21))).toEqual(
    text === null ? [] : ['recording.json.broken'],
  );
});

test('one that a newer program made stays as it is', async () => {
  const folder = await left();
  await writeFile(join(folder, 'recording.json'), '{ "schemaVersion": 2 }');
  expect(await recover()).toMatchObject({ found: [], troubles: [{ code: 'LIBRARY_NEWER' }] });
  expect(await readFile(join(folder, 'recording.json'), 'utf8')).toBe('{ "schemaVersion": 2 }');
});

test('of one with a hole, what stands behind it is kept with the take, and its log says so', async () => {
  const folder = await left();
  const file = join(folder, 'source.mp4');
  const bytes = await readFile(file);
  const third = bytes.length - (fragments()[3]?.length ?? 0) - (fragments()[4]?.length ?? 0);
  await writeFile(file, bytes.fill(0, third, third + 5000));
  expect(await recover()).toMatchObject({
    found: [{ kind: 'kept', kept: { seconds: expect.closeTo(2, 1) } }],
  });
  const [take] = await takes();
  const { paths } = studio.engine.context.library;
  const rest = await readFile(join(paths.take(take?.id ?? ''), 'source.rest'));
  expect(rest.equals(bytes.subarray(third))).toBe(true);
  const log = await readFile(paths.takeLog(take?.id ?? ''), 'utf8');
  expect(JSON.parse(log)).toMatchObject({ what: 'recorded', rest: 'source.rest', restBytes: rest.length });
});

test('with nothing left behind there is nothing to recover', async () => {
  expect(await recoverRecordings(studio.engine.context, new AbortController().signal)).toEqual({
    found: [],
    held: 0,
    troubles: [],
  });
  await begin();
  expect(await recoverRecordings(studio.engine.context, new AbortController().signal)).toEqual({
    found: [],
    held: 1,
    troubles: [],
  });
});
