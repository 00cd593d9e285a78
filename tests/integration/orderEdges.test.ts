/** What goes wrong around a paid request. The trainer is scripted: it stands for what would cost money. */
import { rm } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { WorkContext } from '../../electron/pipeline/context.ts';
import { runOrder } from '../../electron/pipeline/orderRunner.ts';
import { decideOrder } from '../../electron/studio/decideOrder.ts';
import { type Engine, openEngine } from '../../electron/studio/engine.ts';
import { publish } from '../../electron/studio/publish.ts';
import { removeHosted } from '../../electron/studio/removeHosted.ts';
import { listTakes } from '../../electron/studio/views.ts';
import type { FirstWordsAnswer, Trainer, TrainingAnswer } from '../../electron/trainers/trainer.ts';
import type { TakeId } from '../../shared/domain/ids.ts';
import { type Order, spentOn } from '../../shared/domain/order.ts';
import { StudioError } from '../../shared/errors.ts';
import { DEFAULT_SETTINGS } from '../../shared/settings.ts';
import { checkedLibrary, goodTake, makeFolders, type StudioFolders } from './support/studioFolders.ts';

const PRICE = { trainingUsd: 1.25, firstWordsUsd: 0.4 };
const END = { signal: new AbortController().signal, until: 'end' } as const;
const ANSWER: TrainingAnswer = {
  look: { avatarId: 'avatar', avatarGroupId: 'group', consentStatus: 'skipped' },
  usd: 1.25,
  requestId: null,
};
const READY: FirstWordsAnswer = { kind: 'ready', usd: 0.2, requestId: null };

/** A library with one checked take; every test begins with a copy of it. */
let checked: Awaited<ReturnType<typeof checkedLibrary>>;
let folders: StudioFolders;
let engine: Engine;
let context: WorkContext;
let takeId: TakeId;
let train: () => Promise<TrainingAnswer>;
let firstWords: () => Promise<FirstWordsAnswer>;
let asked: { training: number; firstWords: number };
let price: typeof PRICE;
let clock: () => Date;

beforeAll(async () => {
  checked = await checkedLibrary(await goodTake());
  ({ takeId } = checked);
});
afterAll(() => checked.remove());

beforeEach(async () => {
  folders = await makeFolders();
  await checked.copyTo(folders);
  asked = { training: 0, firstWords: 0 };
  train = async () => ANSWER;
  firstWords = async () => READY;
  price = PRICE;
  clock = () => new Date();
  engine = await openEngine({
    libraryDir: folders.library,
    settings: { get: () => DEFAULT_SETTINGS, save: () => undefined },
    secrets: { storage: 'session', get: () => null, set: () => undefined, originOf: () => 'missing' },
    environment: { ...folders.environment, TWIN_STUDIO_WATCH_FIRST_CHECK_SECONDS: '0' },
    trialRuntime: false,
    version: '0',
  });
  const trainer: Trainer = {
    kind: 'practice',
    reach: 'this-machine',
    get price() {
      return price;
    },
    accountFingerprint: () => 'account',
    credits: async () => null,
    knowsTwin: async () => null,
    train: () => {
      asked.training += 1;
      return train();
    },
    firstWords: () => {
      asked.firstWords += 1;
      return firstWords();
    },
  };
  context = { ...engine.context, trainer: async () => trainer, now: () => clock() };
});
afterEach(async () => {
  await engine.close();
  await folders.remove();
});

const order = (confirmedPrice = price, by = 'Ana'): Promise<Order> =>
  publish(
    context,
    { takeId, host: 'practice', trainer: 'practice', twin: { kind: 'new', name: 'Ana' }, lookName: 'Ana' },
    {
      confirmedPrice,
      consent: { by, wording: 'agreed', at: new Date().toISOString(), how: { kind: 'confirmed-in-window' } },
    },
  );
const codeOf = (work: Promise<unknown>) => expect(work).rejects;

describe('an answer that comes late', () => {
  it('is booked although the order was given up for lost meanwhile', async () => {
    const { id } = await order();
    train = async () => {
      // Another process took the order over while this one slept.
      await context.library.orders.transition(id, {
        kind: 'answer-lost',
        request: 1,
        at: new Date().toISOString(),
        usd: 1.25,
      });
      return ANSWER;
    };
    const ended = await runOrder(context, id, END);
    expect(ended.state.kind).toBe('ready');
    expect(spentOn(ended)).toEqual({ chargedUsd: 1.45, possibleUsd: 0 });
  });

  it('lies beside its claim, and keeps a person from paying again', async () => {
    const { id } = await order();
    const { orders } = context.library;
    for (const kind of ['prepare', 'upload', 'verify'] as const) await orders.transition(id, { kind });
    await orders.transition(id, { kind: 'order', at: new Date().toISOString() });
    await orders.claim(id, 'training', 1);
    await orders.transition(id, { kind: 'answer-lost', request: 1, at: new Date().toISOString(), usd: 1.25 });
    await orders.recordAnswer(id, 'training', 1, {
      look: ANSWER.look,
      file: null,
      usd: 1.25,
      at: new Date().toISOString(),
    });
    const decided = await decideOrder(context, id, { kind: 'order-again' });
    expect(decided.state.kind).toBe('training');
    expect(decided.look?.avatarId).toBe('avatar');
    expect(asked.training).toBe(0);
  });
});

describe('a look that was paid for', () => {
  it('is not given up because the speech could not be fetched once', async () => {
    const { id } = await order();
    let first = true;
    firstWords = async () => {
      if (!first) return READY;
      first = false;
      throw new StudioError('TRAINER_CANNOT_FETCH');
    };
    expect((await runOrder(context, id, END)).state.kind).toBe('ready');
    expect(asked).toEqual({ training: 1, firstWords: 2 });
  });

  it('is looked at before it is called stalled, however long nobody was there', async () => {
    const { id } = await order();
    await runOrder(context, id, { ...END, until: 'ordered' });
    clock = () => new Date(Date.now() + 3 * 86_400_000);
    expect((await runOrder(context, id, END)).state.kind).toBe('ready');
  });

  it('is stalled after a day of looks that found it not usable', async () => {
    const { id } = await order();
    await runOrder(context, id, { ...END, until: 'ordered' });
    clock = () => new Date(Date.now() + 3 * 86_400_000);
    firstWords = async () => ({ kind: 'not-ready' });
    expect((await runOrder(context, id, END)).state.kind).toBe('stalled');
    firstWords = async () => READY;
    clock = () => new Date();
    await decideOrder(context, id, { kind: 'go-on-watching' });
    expect((await runOrder(context, id, END)).state.kind).toBe('ready');
  });

  it('is on its way until it is usable or somebody has to decide, also while nothing runs here', async () => {
    const onTheirWay = () => listTakes(context.library).ordersOnTheirWay;
    expect(onTheirWay()).toBe(0);
    const { id } = await order();
    await runOrder(context, id, { ...END, until: 'ordered' });
    expect(onTheirWay()).toBe(1);
    clock = () => new Date(Date.now() + 3 * 86_400_000);
    firstWords = async () => ({ kind: 'not-ready' });
    expect((await runOrder(context, id, END)).state.kind).toBe('stalled');
    expect(onTheirWay()).toBe(0);
    firstWords = async () => READY;
    clock = () => new Date();
    await decideOrder(context, id, { kind: 'go-on-watching' });
    expect(onTheirWay()).toBe(1);
    await runOrder(context, id, END);
    expect(onTheirWay()).toBe(0);
  });

  it('is watched to its end although its take is gone', async () => {
    const { id } = await order();
    await runOrder(context, id, { ...END, until: 'ordered' });
    await rm(context.library.paths.take(takeId), { recursive: true });
    await context.library.takes.noteChange(takeId);
    expect((await runOrder(context, id, END)).state.kind).toBe('ready');
  });

  it('gets its speech hosted again when that was removed', async () => {
    const { id } = await order();
    firstWords = async () => {
      throw new StudioError('TRAINER_REFUSED_FOOTAGE');
    };
    expect((await runOrder(context, id, END)).state).toMatchObject({ kind: 'failed', paid: true });
    await removeHosted(context, id, END.signal);
    firstWords = async () => READY;
    await context.library.orders.transition(id, {
      kind: 'resume',
      watch: {
        startedAt: new Date().toISOString(),
        checks: 0,
        nextCheckAt: new Date().toISOString(),
        lastError: null,
      },
    });
    const ended = await runOrder(context, id, END);
    expect(ended.state.kind).toBe('ready');
    expect(ended.hosted.voice?.removedAt).toBeNull();
    expect(asked.training).toBe(1);
  });

  it('is never ordered a second time by publishing it again', async () => {
    const { id } = await order();
    firstWords = async () => {
      throw new StudioError('TRAINER_REFUSED_FOOTAGE');
    };
    await runOrder(context, id, END);
    await codeOf(order()).toMatchObject({ code: 'ORDER_ALREADY_REQUESTED' });
    expect(asked.training).toBe(1);
  });
});

describe('before anything is paid', () => {
  it('a take whose check fails meanwhile is not ordered', async () => {
    const { id } = await order();
    await context.library.takes.update(takeId, (take) => ({
      ...take,
      check: { kind: 'checked', at: new Date().toISOString(), verdict: 'fail', topFinding: null },
    }));
    expect((await runOrder(context, id, END)).state).toMatchObject({
      kind: 'failed',
      paid: false,
      error: { code: 'CHECK_REFUSED' },
    });
    expect(asked.training).toBe(0);
  });

  it('a check that somebody began anew meanwhile is waited for', async () => {
    const { id } = await order();
    await context.library.takes.update(takeId, (take) => ({ ...take, check: { kind: 'waiting' } }));
    expect((await runOrder(context, id, END)).state.kind).toBe('ready');
    expect((await context.library.takes.read(takeId)).check.kind).toBe('checked');
    expect(asked.training).toBe(1);
  });

  it('a take whose new check comes to no end is not ordered', async () => {
    const { id } = await order();
    await context.library.takes.update(takeId, (take) => ({ ...take, check: { kind: 'waiting' } }));
    const failing: WorkContext = {
      ...context,
      check: async () => {
        throw new StudioError('FILE_TRUNCATED');
      },
    };
    expect((await runOrder(failing, id, END)).state).toMatchObject({
      kind: 'failed',
      paid: false,
      error: { code: 'FILE_TRUNCATED' },
    });
    expect(asked.training).toBe(0);
  });

  it('a price that rose is confirmed anew, with the consent of then', async () => {
    const { id } = await order();
    price = { trainingUsd: 2, firstWordsUsd: 0.4 };
    expect((await runOrder(context, id, END)).state).toMatchObject({ error: { code: 'PRICE_CHANGED' } });
    expect(asked.training).toBe(0);
    await codeOf(order(PRICE)).toMatchObject({ code: 'PRICE_CHANGED' });
    const confirmed = await order(price, 'Ana Ruiz');
    expect(confirmed).toMatchObject({ id, price: { trainingUsd: 2 }, consent: { by: 'Ana Ruiz' } });
    expect((await runOrder(context, id, END)).state.kind).toBe('ready');
  });

  it('an order whose take is gone fails, and costs nothing', async () => {
    const { id } = await order();
    await rm(context.library.paths.take(takeId), { recursive: true });
    expect((await runOrder(context, id, END)).state).toMatchObject({
      kind: 'failed',
      paid: false,
      error: { code: 'TAKE_NOT_FOUND' },
    });
    expect(asked.training).toBe(0);
  });

  it('files are not removed from the host while an order is unconfirmed', async () => {
    const { id } = await order();
    train = async () => {
      throw new StudioError('TRAINER_ANSWER_LOST');
    };
    expect((await runOrder(context, id, END)).state.kind).toBe('unconfirmed');
    await codeOf(removeHosted(context, id, END.signal)).toMatchObject({ code: 'ORDER_WRONG_STATE' });
  });
});
