/** The check from a take's file to its report: in the engine and in the command line, again, provisional, cancelled, trimmed. */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { libraryPaths } from '../../electron/library/paths.ts';
import { runningChildren } from '../../electron/media/children.ts';
import { measureTake } from '../../electron/media/measure/measureTake.ts';
import { checkTake } from '../../electron/studio/checkTake.ts';
import { createStudio } from '../../electron/studio/createStudio.ts';
import { type Engine, openEngine } from '../../electron/studio/engine.ts';
import { importFootage } from '../../electron/studio/importFootage.ts';
import { judgeRecorded } from '../../electron/studio/judgeRecorded.ts';
import { previewTake } from '../../electron/studio/previewTake.ts';
import { createRecordings } from '../../electron/studio/recordings.ts';
import type { Studio } from '../../electron/studio/studio.ts';
import { NO_EDIT } from '../../shared/domain/edit.ts';
import type { TakeId } from '../../shared/domain/ids.ts';
import { type Report, ReportSchema } from '../../shared/domain/report.ts';
import { Cancelled, EXIT } from '../../shared/errors.ts';
import { judgeTake } from '../../shared/quality/judgeTake.ts';
import { frameOf, windowOf } from '../doubles/coachSamples.ts';
import { bundledTools, composeTake } from '../footage/tools.ts';
import { runCli } from './support/cli.ts';
import { engineOptions } from './support/engineOptions.ts';
import { recordedFragments } from './support/recordedFile.ts';
import { countsAt, SETUP } from './support/recordingSetup.ts';
import { TestPort } from './support/testPort.ts';

const shot = 'head-and-shoulders';
const SECONDS = 5;
let material = '';
let file = '';
let fragments: readonly Buffer[];
let root = '';
let engine: Engine;
let closing: (() => Promise<void>)[] = [];

beforeAll(async () => {
  material = await mkdtemp(join(tmpdir(), 'twin-check-'));
  const { ffmpeg } = await bundledTools();
  file = await composeTake({ seconds: SECONDS, width: 640, height: 360 }, { ffmpeg });
  fragments = await recordedFragments(material, SECONDS);
});
afterAll(() => rm(material, { recursive: true, force: true }));

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'twin-checked-'));
  closing = [];
});
afterEach(async () => {
  for (const close of closing) await close();
  expect(runningChildren()).toEqual([]);
  await rm(root, { recursive: true, force: true });
});

async function open(): Promise<Engine> {
  engine = await openEngine(engineOptions(root));
  closing.push(() => engine.close());
  return engine;
}
async function openStudio(): Promise<Studio> {
  const studio = await createStudio(engineOptions(root));
  closing.push(() => studio.close());
  return studio;
}
const imported = async () => (await importFootage(engine.context, file, { shot })).takeId;
/** Everything but when it was made. */
const facts = ({ createdAt: _, ...report }: Report) => report;

/** Asks until it is so; the test's own time is the limit. */
async function until<T>(ask: () => Promise<T | null>): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (answer !== null) return answer;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
const completeReport = (studio: Studio, takeId: TakeId) =>
  until(async () => {
    const { take, report } = await studio.calls.getTake({ takeId });
    return take.check.kind === 'checked' && report?.depth === 'complete' ? { take, report } : null;
  });

describe('the engine and the command line', () => {
  test('give the same report of the same file, and the engine keeps what it was made from', async () => {
    await open();
    const { context } = engine;
    const takeId = await imported();
    const report = await checkTake(context, takeId);
    expect(ReportSchema.parse(report)).toEqual(report);
    expect(report).toMatchObject({ depth: 'complete', verdict: 'fail' });
    expect(report.findings[0]?.code).toBe('DURATION_TOO_SHORT');
    // Somebody is seen, lit and heard.
    const values = new Map(report.measures.map(({ code, value }) => [code, value]));
    for (const code of ['FACE_PRESENT', 'FACE_SIZE', 'EXPOSURE', 'LOUDNESS', 'TRUE_PEAK'])
      expect(values.get(code), code).toEqual(expect.any(Number));
    const kept = await context.library.takes.readObservations(takeId);
    if (kept === null) throw new Error('nothing was kept');
    expect(facts(judgeTake(kept, { shot, origin: 'imported', edit: NO_EDIT, now: new Date() }))).toEqual(
      facts(report),
    );
    const { check } = await context.library.takes.read(takeId);
    expect(check).toMatchObject({ kind: 'checked', verdict: 'fail', topFinding: 'DURATION_TOO_SHORT' });

    const outside = await runCli(['check', file, '--shot', shot, '--library', join(root, 'none')], {
      TWIN_STUDIO_USER_DATA: join(root, 'user-data'),
    });
    expect(outside.code).toBe(EXIT.REFUSED);
    const event = outside.events.find(({ event: kind }) => kind === 'report');
    if (event === undefined) throw new Error('no report was told');
    const { event: _kind, file: _file, ...told } = event;
    expect(facts(ReportSchema.parse(told))).toEqual(facts(report));
    expect(outside.events.some(({ event: kind }) => kind === 'progress')).toBe(true);
    await expect(readdir(join(root, 'none'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('a take of the library is judged for the shot that is asked for, and stays as it is', async () => {
    await open();
    const { context } = engine;
    const takeId = await imported();
    const report = await checkTake(context, takeId);
    const told = async (...more: string[]) => {
      const { events } = await runCli(['check', takeId, '--library', root, ...more], {
        TWIN_STUDIO_USER_DATA: join(root, 'user-data'),
      });
      const found = events.find(({ event: kind }) => kind === 'report');
      if (found === undefined) throw new Error('no report was told');
      const { event: _kind, file: _file, ...rest } = found;
      return ReportSchema.parse(rest);
    };
    expect(await told()).toEqual(report);
    // This shot asks for hands, which nobody has looked for yet.
    const waistUp = await told('--shot', 'waist-up');
    expect(waistUp.shot).toBe('waist-up');
    expect(waistUp.measures.find(({ code }) => code === 'HANDS')?.state).not.toBe('unknown');
    expect(await context.library.takes.readReport(takeId)).toEqual(report);
    expect((await context.library.takes.read(takeId)).shot).toBe(shot);
  });
});

describe('another choice', () => {
  test('of the part or the shot is judged at once, without measuring again', async () => {
    const studio = await openStudio();
    await studio.start();
    studio.importFiles([file]);
    const first = await until(async () => (await studio.calls.listTakes({})).takes[0] ?? null);
    const { take, report } = await completeReport(studio, first.id);
    expect(report.range).toEqual({ startSeconds: 0, endSeconds: report.media.durationSeconds });
    const measuredAt = take.check.kind === 'checked' ? take.check.at : '';

    const trim = { startSeconds: 1, endSeconds: 4, exact: true };
    await studio.calls.setTrim({ takeId: take.id, trim });
    const trimmed = await studio.calls.getTake({ takeId: take.id });
    expect(trimmed.report?.range.startSeconds).toBeCloseTo(1, 1);
    expect(trimmed.report?.range.endSeconds).toBeCloseTo(4, 1);
    expect(trimmed.report?.findings[0]).toMatchObject({ code: 'DURATION_TOO_SHORT', measured: '3 s' });
    expect(trimmed.take.check).toMatchObject({ kind: 'checked', at: measuredAt });

    await studio.calls.setTrim({ takeId: take.id, trim: null });
    const whole = await studio.calls.getTake({ takeId: take.id });
    expect(whole.report && facts(whole.report)).toEqual(facts(report));

    // Hands were not looked for: this shot has to be measured, and says so meanwhile.
    await studio.calls.setShot({ takeId: take.id, shot: 'waist-up' });
    const { take: waiting } = await studio.calls.getTake({ takeId: take.id });
    expect(['waiting', 'checking']).toContain(waiting.check.kind);
    const again = await completeReport(studio, take.id);
    expect(again.report.shot).toBe('waist-up');
    expect(again.report.measures.find(({ code }) => code === 'HANDS')?.state).not.toBe('unknown');
    // Back, and hands are of no interest any more.
    await studio.calls.setShot({ takeId: take.id, shot });
    const { take: back, report: last } = await studio.calls.getTake({ takeId: take.id });
    expect(back.check.kind).toBe('checked');
    expect(last?.shot).toBe(shot);
  });
});

describe('a take on its side', () => {
  let sideways = '';
  beforeAll(async () => {
    const { ffmpeg } = await bundledTools();
    sideways = join(material, 'sideways.mp4');
    await promisify(execFile)(ffmpeg, [
      ...['-v', 'error', '-nostdin', '-y', '-i', file, '-t', '3', '-vf', 'transpose=clock'],
      ...['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '16', '-c:a', 'copy', sideways],
    ]);
  });

  test('has a face once it is turned, and is measured again for that', async () => {
    const studio = await openStudio();
    await studio.start();
    studio.importFiles([sideways]);
    const { id: takeId } = await until(async () => (await studio.calls.listTakes({})).takes[0] ?? null);
    const { take, report } = await completeReport(studio, takeId);
    expect(report.findings.find(({ code }) => code === 'LIES_ON_SIDE')).toMatchObject({
      message: 'The picture does not stand upright: it needs a quarter turn left (turn270).',
    });
    expect(report.media.video).toMatchObject({ displayWidth: 360, displayHeight: 640, rotationDegrees: 0 });

    // Nobody has looked for faces that way up.
    await studio.calls.setMends({ takeId, mends: { ...take.review.mends, turn: 270 } });
    const turning = await studio.calls.getTake({ takeId });
    expect(['waiting', 'checking']).toContain(turning.take.check.kind);
    expect(turning.report).toMatchObject({ depth: 'provisional', mended: { turn: 270 } });
    expect(turning.report?.findings.map(({ code }) => code)).not.toContain('LIES_ON_SIDE');
    // Lists show its picture that way up as well.
    expect((await studio.calls.listTakes({})).takes[0]?.turn).toBe(270);
    const turned = await completeReport(studio, takeId);
    const codes = turned.report.findings.map(({ code }) => code);
    expect(codes).not.toContain('FACE_ABSENT');
    expect(codes).not.toContain('LIES_ON_SIDE');
    expect(codes).toContain('MENDED');
    const measures = new Map(turned.report.measures.map(({ code, text, value }) => [code, { text, value }]));
    expect(measures.get('RESOLUTION')?.text).toBe('640 × 360');
    expect(measures.get('FACE_PRESENT')?.value).toBe(1);

    // The face is where it is in the upright take.
    const { observations } = await studio.calls.getObservations({ takeId });
    const upright = await measureTake(file, { tools: await bundledTools(), shot });
    expect(observations?.turn).toBe(270);

    // Chosen and taken back while that is being looked at: what was measured before stands, and nothing is lost.
    const mends = (turn: 270 | 180) =>
      studio.calls.setMends({ takeId, mends: { ...take.review.mends, turn } });
    await mends(180);
    await until(async () => {
      const { take: now } = await studio.calls.getTake({ takeId });
      return now.check.kind === 'checking' ? true : null;
    });
    await mends(270);
    const back = await completeReport(studio, takeId);
    expect(facts(back.report)).toEqual(facts(turned.report));
    expect((await studio.calls.getObservations({ takeId })).observations?.turn).toBe(270);
    expect(observations?.pictures).toHaveLength(3);
    for (const [index, { frame }] of (observations?.pictures ?? []).entries()) {
      const wanted = upright.pictures[index]?.frame.faces[0]?.box;
      for (const side of ['x', 'y', 'width', 'height'] as const)
        expect(frame.faces[0]?.box[side]).toBeCloseTo(wanted?.[side] ?? Number.NaN, 1.5);
    }
  });
});

describe('a recorded take', () => {
  /** What the stage would have measured: somebody who is too far right. */
  const samples = Array.from({ length: SECONDS * 2 }, (_unused, index) => ({
    kind: 'frame' as const,
    sample: frameOf(shot, { centre: 0.7 }, index / 2),
  }));
  const sounds = Array.from({ length: Math.floor(SECONDS / 0.4) }, (_unused, index) => ({
    kind: 'sound' as const,
    sample: windowOf(index % 4 === 3 ? 'room' : 'speech', index % 4 === 3 ? -65 : -20, (index + 1) * 0.4),
  }));

  async function record(): Promise<TakeId> {
    const { context } = await open();
    const recordings = createRecordings(
      context,
      () => undefined,
      (error) => {
        throw error;
      },
    );
    const port = new TestPort();
    const begun = await recordings.begin({ shot, setup: SETUP });
    begun.connect(port);
    for (const [sequence, bytes] of fragments.entries()) {
      await port.send({
        kind: 'fragment',
        sequence,
        bytes: new Uint8Array(bytes).buffer,
        counts: countsAt(sequence),
      });
      if (sequence === 0) port.tell({ kind: 'samples', samples: [...samples, ...sounds] });
    }
    return recordings.finish(begun.id, 'stopped');
  }

  test('is judged by what the stage measured, and then by the check, also when the program ended between', async () => {
    const takeId = await record();
    const { context } = engine;
    await judgeRecorded(context, takeId, new AbortController().signal);
    const { takes } = context.library;
    const first = await takes.readReport(takeId);
    expect(first).toMatchObject({ depth: 'provisional', shot });
    expect(first?.findings.map(({ code }) => code)).toContain('FACE_OFF_CENTRE');
    const states = new Map(first?.measures.map(({ code, state }) => [code, state]));
    expect(states.get('CUTS')).toBe('unknown');
    expect(states.get('SYNC')).toBe('pass');
    // It has its picture in the library before the check has looked at it.
    expect(takes.index.get(takeId)?.hasPoster).toBe(true);
    // Nothing can be ordered on it.
    expect((await takes.read(takeId)).check.kind).toBe('waiting');
    await engine.close();

    // The next start finds it waiting.
    const studio = await openStudio();
    await studio.start();
    expect((await studio.calls.getTake({ takeId })).report?.depth).toBe('provisional');
    const { report } = await completeReport(studio, takeId);
    // A test picture: nobody is in it.
    expect(report.findings.map(({ code }) => code)).toContain('FACE_ABSENT');
    expect(report.measures.find(({ code }) => code === 'SYNC')?.state).toBe('pass');
  });

  test('whose last line was cut off is judged by the lines before it', async () => {
    const takeId = await record();
    const { context } = engine;
    const stage = context.library.paths.stageSamples(takeId);
    await writeFile(stage, `${(await readFile(stage, 'utf8')).trimEnd().slice(0, -5)}\n{"kind":"fra`);
    await judgeRecorded(context, takeId, new AbortController().signal);
    expect((await context.library.takes.readReport(takeId))?.depth).toBe('provisional');
  });
});

test('a check that is cancelled leaves nothing, and the take can be checked again', async () => {
  await open();
  const { context } = engine;
  const takeId = await imported();
  const stop = new AbortController();
  const stopOnProgress = setInterval(() => {
    if ((context.activities.list()[0]?.progress ?? 0) > 0.1) stop.abort(new Cancelled());
  }, 5);
  await expect(checkTake(context, takeId, { signal: stop.signal })).rejects.toBeInstanceOf(Cancelled);
  clearInterval(stopOnProgress);
  expect(runningChildren()).toEqual([]);
  expect((await context.library.takes.read(takeId)).check).toEqual({ kind: 'waiting' });
  const files = await readdir(context.library.paths.take(takeId));
  expect(files).not.toContain('report.json');
  expect(files.filter((name) => name.includes('observations'))).toEqual([]);
});

test('a check that is begun again and cancelled leaves the result before, of the part that is chosen now', async () => {
  await open();
  const { context } = engine;
  const { takes } = context.library;
  const takeId = await imported();
  await checkTake(context, takeId);
  const { check: before } = await takes.read(takeId);
  const stop = new AbortController();
  const again = checkTake(context, takeId, { signal: stop.signal });
  await until(async () => ((await takes.read(takeId)).check.kind === 'checking' ? true : null));
  const trim = { startSeconds: 1, endSeconds: 4, exact: true };
  await takes.update(takeId, (take) => ({ ...take, review: { ...take.review, trim } }));
  stop.abort(new Cancelled());
  await expect(again).rejects.toBeInstanceOf(Cancelled);
  expect((await takes.read(takeId)).check).toEqual(before);
  expect((await takes.readReport(takeId))?.range.startSeconds).toBeCloseTo(1, 1);
});

test('a check that fails takes nothing away from the one before, and a choice that is taken back is judged by it', async () => {
  const studio = await openStudio();
  await studio.start();
  studio.importFiles([file]);
  const { id: takeId } = await until(async () => (await studio.calls.listTakes({})).takes[0] ?? null);
  const { take, report } = await completeReport(studio, takeId);
  const told: string[] = [];
  studio.on('notice', ({ tone }) => told.push(tone));
  // What is told waits for a page.
  await studio.calls.listActivities({});
  const failed = () => until(async () => (told.splice(0).includes('fail') ? true : null));
  const source = libraryPaths(root).take(takeId);
  const name = take.source.storage === 'held' ? take.source.file : '';
  await rename(join(source, name), join(source, 'elsewhere'));

  await studio.calls.checkTake({ takeId });
  await failed();
  expect((await studio.calls.getTake({ takeId })).take.check).toEqual(take.check);

  // The other way up nobody has looked at it, and nobody can.
  const mends = (turn: 0 | 90) => studio.calls.setMends({ takeId, mends: { ...take.review.mends, turn } });
  await mends(90);
  await failed();
  expect((await studio.calls.getTake({ takeId })).take.check).toMatchObject({ kind: 'failed' });
  await mends(0);
  const again = await studio.calls.getTake({ takeId });
  expect(again.take.check).toMatchObject({ kind: 'checked', verdict: report.verdict });
  expect(again.report === null ? null : facts(again.report)).toEqual(facts(report));
});

describe('a take that the window cannot play', () => {
  let odd = '';
  beforeAll(async () => {
    const { ffmpeg } = await bundledTools();
    odd = await composeTake(
      { seconds: SECONDS, width: 640, height: 360, codec: 'hevc', container: 'mkv' },
      { ffmpeg },
    );
  });

  test('is checked without a preview, which is made afterwards, for all to see, and can be stopped', async () => {
    await open();
    const { context } = engine;
    const { takes, paths } = context.library;
    const { takeId } = await importFootage(context, odd, { shot });
    await checkTake(context, takeId);
    expect(await takes.read(takeId)).toMatchObject({
      check: { kind: 'checked' },
      preview: { kind: 'needed' },
    });
    const stop = new AbortController();
    const seen: (number | null)[] = [];
    const ofPreview = () => context.activities.list().find(({ kind }) => kind === 'preview');
    const stopOnProgress = setInterval(() => {
      const making = ofPreview();
      if (making !== undefined) seen.push(making.progress);
      if (making?.takeId === takeId && making.cancellable) stop.abort(new Cancelled());
    }, 5);
    await expect(previewTake(context, takeId, stop.signal)).rejects.toBeInstanceOf(Cancelled);
    clearInterval(stopOnProgress);
    expect(seen).not.toEqual([]);
    expect(await takes.read(takeId)).toMatchObject({
      check: { kind: 'checked' },
      preview: { kind: 'needed' },
    });
    await previewTake(context, takeId, new AbortController().signal);
    expect((await takes.read(takeId)).preview).toEqual({ kind: 'ready' });
    const made = await stat(paths.preview(takeId));
    // Checked again it has one.
    await checkTake(context, takeId);
    await previewTake(context, takeId, new AbortController().signal);
    expect((await takes.read(takeId)).preview).toEqual({ kind: 'ready' });
    expect((await stat(paths.preview(takeId))).ino).toBe(made.ino);
  });

  test('gets its preview by itself in the window', async () => {
    const studio = await openStudio();
    await studio.start();
    const seen = new Set<string>();
    studio.on('activities', ({ activities }) => {
      for (const { kind, progress } of activities) seen.add(`${kind} ${progress !== null}`);
    });
    studio.importFiles([odd]);
    const { id } = await until(async () => (await studio.calls.listTakes({})).takes[0] ?? null);
    const { take } = await completeReport(studio, id);
    expect(take.preview.kind).not.toBe('source');
    await until(async () => {
      const { take: now } = await studio.calls.getTake({ takeId: id });
      return now.preview.kind === 'ready' ? true : null;
    });
    expect([...seen]).toContain('preview false');
  });
});

test('what only stands in a container that the window cannot play can be played while it is checked', async () => {
  const { ffmpeg } = await bundledTools();
  const source = await composeTake(
    { seconds: SECONDS, width: 640, height: 360, container: 'mkv' },
    { ffmpeg },
  );
  const studio = await openStudio();
  await studio.start();
  studio.importFiles([source]);
  const { id } = await until(async () => (await studio.calls.listTakes({})).takes[0] ?? null);
  const { take, report } = await completeReport(studio, id);
  expect(take.preview).toEqual({ kind: 'ready' });
  const made = await stat(join(root, 'takes', id, 'preview.mp4'));
  expect(made.mtimeMs).toBeLessThan(Date.parse(report.createdAt));
});

test('a take that an older version has checked is checked again by itself', async () => {
  await open();
  const { context } = engine;
  const takeId = await imported();
  const { paths, takes } = context.library;
  const at = '2026-01-02T03:04:05.000Z';
  await takes.update(takeId, (take) => ({
    ...take,
    check: { kind: 'checked', at, verdict: 'pass', topFinding: null },
  }));
  const old = { schema: 'twin-studio/report', version: 1, depth: 'first', verdict: 'pass', findings: [] };
  await writeFile(paths.report(takeId), JSON.stringify(old));
  expect(await takes.readReport(takeId)).toBeNull();
  await engine.close();

  const studio = await openStudio();
  const seen: string[] = [];
  studio.on('activities', ({ activities }) => seen.push(...activities.map(({ kind }) => kind)));
  await studio.start();
  const { take, report } = await completeReport(studio, takeId);
  expect(report).toMatchObject({ version: 2, depth: 'complete', verdict: 'fail' });
  expect(take.check).not.toMatchObject({ at });
  expect(seen).toContain('check');
  await studio.close();

  // Also where only what was measured has another version, which the report does not show.
  const measured = await readFile(paths.observations(takeId), 'utf8');
  await writeFile(paths.observations(takeId), measured.replace(/"version":\d+/, '"version":1'));
  const later = await openStudio();
  await later.start();
  const anew = await until(async () => {
    const { observations } = await later.calls.getObservations({ takeId });
    return observations === null ? null : completeReport(later, takeId);
  });
  expect(anew.take.check).not.toEqual(take.check);
});
