/** Orders of parts of takes: which are the same order, which is published, and which never is. */
import { rm, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { frameTimesOf } from '../../electron/media/measure/frameTimes.ts';
import { probeWithFrames } from '../../electron/media/probe.ts';
import { Activities } from '../../electron/pipeline/activities.ts';
import type { WorkContext } from '../../electron/pipeline/context.ts';
import { prepareStage } from '../../electron/pipeline/prepareStage.ts';
import { type Engine, openEngine } from '../../electron/studio/engine.ts';
import { importFootage } from '../../electron/studio/importFootage.ts';
import { publish, requireOrderable } from '../../electron/studio/publish.ts';
import { NO_EDIT } from '../../shared/domain/edit.ts';
import type { TakeId } from '../../shared/domain/ids.ts';
import type { Order } from '../../shared/domain/order.ts';
import { NOT_REVIEWED, type Review } from '../../shared/domain/review.ts';
import { judgeTake } from '../../shared/quality/judgeTake.ts';
import {
  OBSERVATIONS_VERSION,
  type Observations,
  type SoundWindow,
} from '../../shared/quality/observations.ts';
import { DEFAULT_SETTINGS } from '../../shared/settings.ts';
import { takeOf } from '../doubles/takeObservations.ts';
import { goodTake, makeFolders, type StudioFolders } from './support/studioFolders.ts';

const PRICE = { trainingUsd: 0, firstWordsUsd: 0 };
const wish = (takeId: TakeId) =>
  ({
    takeId,
    host: 'practice',
    trainer: 'practice',
    twin: { kind: 'new', name: 'Ana' },
    lookName: 'Ana',
  }) as const;

let folders: StudioFolders;
let engine: Engine;
let context: WorkContext;
let takeId: TakeId;

beforeAll(async () => {
  folders = await makeFolders();
  engine = await openEngine({
    libraryDir: folders.library,
    settings: { get: () => DEFAULT_SETTINGS, save: () => undefined },
    secrets: { storage: 'session', get: () => null, set: () => undefined, originOf: () => 'missing' },
    environment: folders.environment,
    trialRuntime: false,
    version: '0',
  });
  context = engine.context;
  ({ takeId } = await importFootage(context, await goodTake(), { shot: 'head-and-shoulders' }));
  await observed(takeId);
});
afterAll(async () => {
  await engine.close();
  await folders.remove();
});
beforeEach(() => review({}));

/** As if the check had gone through it: a voice of -31 LUFS, and no person looked at. */
async function observed(id: TakeId): Promise<void> {
  const { takes, paths } = context.library;
  const take = await takes.read(id);
  const tools = await context.tools();
  const { media, times } = await probeWithFrames(takes.sourceFile(take), { tools });
  const voice = (atSeconds: number): SoundWindow => ({
    atSeconds,
    rmsDbfs: -28,
    peakDbfs: -12,
    quietDbfs: -40,
    clippedShare: 0,
    speech: 1,
    loudnessLufs: -31,
    truePeakDbtp: -12,
    humDb: 0,
  });
  const windows = Array.from({ length: Math.floor(media.durationSeconds / 0.4) }, (_, at) => voice(at * 0.4));
  const observations: Observations = {
    schema: 'twin-studio/observations',
    version: OBSERVATIONS_VERSION,
    source: 'check',
    turn: 0,
    media,
    durationSeconds: media.durationSeconds,
    frameTimes: frameTimesOf(times.all, times.keys),
    motion: null,
    pictures: [],
    cuts: [],
    sound: { windows, peaks: [], humHz: null, echoMs: null },
    letterbox: null,
    interlacedShare: null,
    uprightTurn: null,
    sync: null,
  };
  await writeFile(paths.observations(id), JSON.stringify(observations));
  await takes.update(id, (current) => ({
    ...current,
    media,
    check: { kind: 'checked', at: new Date().toISOString(), verdict: 'warn', topFinding: null },
  }));
}

async function review(changes: Partial<Review>): Promise<void> {
  await context.library.takes.update(takeId, (take) => ({
    ...take,
    review: { ...NOT_REVIEWED, ...changes },
  }));
}

const order = async (): Promise<Order> =>
  publish(context, wish(takeId), {
    confirmedPrice: PRICE,
    consent: {
      by: 'Ana',
      wording: 'agreed',
      at: new Date().toISOString(),
      how: { kind: 'confirmed-in-window' },
    },
  });
const trim = (startSeconds: number, endSeconds: number, exact = false) => ({
  startSeconds,
  endSeconds,
  exact,
});
const loud = { ...NOT_REVIEWED.mends, loudness: true };

describe('the same order', () => {
  it('is one of the same part with the same mends, whatever led there', async () => {
    const whole = await order();
    expect(whole.recipe).toBe('v1-copy-copy');
    await review({ trim: trim(0, 15.5) });
    const part = await order();
    expect(part.recipe).toBe('v2-copy-aac2-cut-0-15500');
    expect(part.id).not.toBe(whole.id);
    // Another start, the same key frame; and chosen again after something else.
    await review({ trim: trim(1.3, 15.5) });
    expect((await order()).id).toBe(part.id);
    await review({ trim: trim(0.4, 15.5, true) });
    expect((await order()).id).not.toBe(part.id);
    await review({ trim: trim(0, 15.2) });
    expect((await order()).id).not.toBe(part.id);
    await review({ mends: loud });
    const mended = await order();
    expect(mended.recipe).toBe('v2-copy-aac2-loud');
    expect([whole.id, part.id]).not.toContain(mended.id);
    // What is not offered changes nothing, and neither does a part that is all of it.
    await review({ mends: { ...NOT_REVIEWED.mends, letterbox: true, exposure: true }, trim: trim(0, 16) });
    expect((await order()).id).toBe(whole.id);
  });

  it('is prepared as it was ordered, also when the take is trimmed otherwise since', async () => {
    await review({ trim: trim(0, 15.5), mends: loud });
    const { edit, recipe } = await order();
    expect(edit).toMatchObject({ cut: { startSeconds: 0, endSeconds: 15.5 }, gainDb: 10 });
    await review({ trim: trim(0, 15.1) });
    const take = await context.library.takes.read(takeId);
    const activities = new Activities(() => undefined);
    const master = await activities.run({ kind: 'prepare', label: '' }, undefined, (activity) =>
      prepareStage(context, take, edit, activity),
    );
    expect(master.recipe).toBe(recipe);
    // Not the 15.1 of now; and at most the few frames more that are decoded together.
    expect(master.media.durationSeconds).toBeGreaterThanOrEqual(15.5);
    expect(master.media.durationSeconds).toBeLessThan(15.7);
  });
});

describe('is not published', () => {
  const refused = () => expect(requireOrderable(context, wish(takeId))).rejects;

  it('a take that a person rejected', async () => {
    await review({ decision: { kind: 'rejected', note: 'Hair', at: new Date().toISOString() } });
    await refused().toMatchObject({ code: 'TAKE_REJECTED' });
  });

  it('a part that is shorter than a trainer takes', async () => {
    await review({ trim: trim(2, 16.5, true) });
    await refused().toMatchObject({ code: 'TRIM_TOO_SHORT' });
  });

  it('a part that the check refuses, although it does not refuse the take', async () => {
    const { paths, takes } = context.library;
    await review({ trim: trim(0, 15.5) });
    const observations = await takes.readObservations(takeId);
    if (observations?.sound == null) throw new Error('no sound');
    const windows = observations.sound.windows.map((window) => ({
      ...window,
      ...(window.atSeconds < 15.6 && { rmsDbfs: -120, peakDbfs: -120, loudnessLufs: -120, speech: 0 }),
    }));
    await writeFile(
      paths.observations(takeId),
      JSON.stringify({ ...observations, sound: { ...observations.sound, windows } }),
    );
    await refused().toMatchObject({ code: 'CHECK_REFUSED' });
    await writeFile(paths.observations(takeId), JSON.stringify(observations));
  });
});

describe('a take on its side', () => {
  const shot = 'head-and-shoulders';
  const refused = () => expect(requireOrderable(context, wish(takeId))).rejects;
  let before: Observations;

  /** As if pictures of somebody, or of nobody, had been looked at this way up. */
  async function looked(turn: Observations['turn'], nobody: boolean): Promise<Observations> {
    const { pictures } = takeOf(shot, { frame: () => ({ nobody }) });
    const observations = { ...before, turn, pictures };
    await writeFile(context.library.paths.observations(takeId), JSON.stringify(observations));
    return observations;
  }

  const verdict = (kind: 'warn' | 'fail') =>
    context.library.takes.update(takeId, (take) => ({
      ...take,
      check: { kind: 'checked', at: new Date().toISOString(), verdict: kind, topFinding: null },
    }));

  beforeAll(async () => {
    const { takes } = context.library;
    const kept = await takes.readObservations(takeId);
    if (kept === null) throw new Error('nothing was measured');
    before = kept;
    const report = judgeTake(await looked(0, true), {
      shot,
      origin: 'imported',
      edit: NO_EDIT,
      now: new Date(),
    });
    await takes.writeReport(takeId, report);
    await verdict('fail');
  });
  afterAll(async () => {
    const { paths } = context.library;
    await writeFile(paths.observations(takeId), JSON.stringify(before));
    await rm(paths.report(takeId));
    await verdict('warn');
  });

  it('is refused as it is, and waits to be looked at where a turn is chosen', async () => {
    await refused().toMatchObject({ code: 'CHECK_REFUSED' });
    await review({ mends: { ...NOT_REVIEWED.mends, turn: 90 } });
    await refused().toMatchObject({ code: 'CHECK_MISSING' });
  });

  it('is published once somebody was seen in the turned picture, whatever the report of the other says', async () => {
    await looked(90, false);
    await review({ mends: { ...NOT_REVIEWED.mends, turn: 90 } });
    const { edit, recipe } = await requireOrderable(context, wish(takeId));
    expect(edit.turn).toBe(90);
    expect(recipe).toContain('turn90');
    // And not as it was, for nobody has looked at that any more.
    await writeFile(context.library.paths.report(takeId), '');
    await review({ mends: { ...NOT_REVIEWED.mends, turn: 180 } });
    await refused().toMatchObject({ code: 'CHECK_MISSING' });
  });
});
