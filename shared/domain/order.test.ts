import { describe, expect, test } from 'vitest';
import {
  isCancellable,
  isUnfinished,
  needsPerson,
  type OrderEvent,
  type OrderProgress,
  spentOn,
  stageOf,
  totalUsd,
  transitionOrder,
} from './order.ts';

const at = '2026-01-02T03:04:05.000Z';
const later = '2026-01-02T04:00:00.000Z';
const error = { code: 'HOST_FAILED', message: 'The host answered with an error.' };
const look = { avatarId: 'avatar', avatarGroupId: 'group', consentStatus: 'accepted' };
const watch = { startedAt: at, checks: 0, nextCheckAt: later, lastError: null };
const price = { trainingUsd: 1.25, firstWordsUsd: 0.4 };

const EVENTS = {
  prepare: { kind: 'prepare' },
  upload: { kind: 'upload' },
  verify: { kind: 'verify' },
  order: { kind: 'order', at },
  ordered: { kind: 'ordered', request: 1, at, look, usd: 1.25, watch },
  refused: { kind: 'refused', request: 1, at, error },
  'answer-lost': { kind: 'answer-lost', request: 1, at, usd: 1.25 },
  fail: { kind: 'fail', at, stage: 'upload', error },
  cancel: { kind: 'cancel', at },
  resume: { kind: 'resume', watch },
  'interrupted unsent': { kind: 'interrupted', at, price, sent: false },
  'interrupted sent': { kind: 'interrupted', at, price, sent: true },
  'resolve-found': { kind: 'resolve-found', at, look, watch },
  'resolve-order-again': { kind: 'resolve-order-again' },
  'request-first-words': { kind: 'request-first-words', at },
  'not-ready': { kind: 'not-ready', watch },
  'first-words': { kind: 'first-words', request: 1, at, file: 'first-words.mp4', usd: 0.13 },
  'first-words-lost': { kind: 'first-words-lost', request: 1, at, usd: 0.4 },
  'accept-usable': { kind: 'accept-usable', at },
  'ask-first-words-again': { kind: 'ask-first-words-again', watch },
  stall: { kind: 'stall', at },
} as const satisfies Record<string, OrderEvent>;
type EventName = keyof typeof EVENTS;
const EVENT_NAMES = Object.keys(EVENTS) as EventName[];

/** Events that only a person causes. */
const PERSON = new Set<EventName>([
  'cancel',
  'resume',
  'resolve-found',
  'resolve-order-again',
  'accept-usable',
  'ask-first-words-again',
]);

const START: OrderProgress = {
  state: { kind: 'queued' },
  firstWords: { kind: 'none' },
  requests: { training: 0, firstWords: 0 },
  look: null,
  watch: null,
  spending: [],
};

/** The event as whoever sent the newest request would report it. */
function eventAt(progress: OrderProgress, name: EventName): OrderEvent {
  const event: OrderEvent = EVENTS[name];
  if (!('request' in event)) return event;
  const { training, firstWords } = progress.requests;
  return { ...event, request: event.kind.startsWith('first-words') ? firstWords : training };
}

/** Where an order stands, as one word: `training/requesting`, `failed/paid`. */
function nameOf({ state, firstWords }: OrderProgress): string {
  if (state.kind === 'failed') return state.paid ? 'failed/paid' : 'failed/unpaid';
  return firstWords.kind === 'none' ? state.kind : `${state.kind}/${firstWords.kind}`;
}

function follow(...events: EventName[]): OrderProgress {
  return events.reduce<OrderProgress>((progress, event) => {
    const next = transitionOrder(progress, eventAt(progress, event));
    if (next === null) throw new Error(`${event} does not fit ${nameOf(progress)}`);
    return next;
  }, START);
}

const TO_ORDERING = ['prepare', 'upload', 'verify', 'order'] as const;
const TO_TRAINING = [...TO_ORDERING, 'ordered'] as const;

/** Every place an order can stand, how it gets there, and what each event makes of it. Events left out do not fit. */
const PLACES: Record<string, { via: readonly EventName[]; becomes: Partial<Record<EventName, string>> }> = {
  queued: {
    via: [],
    becomes: { prepare: 'preparing', fail: 'failed/unpaid', cancel: 'cancelled' },
  },
  preparing: {
    via: ['prepare'],
    becomes: {
      prepare: 'preparing',
      upload: 'uploading',
      fail: 'failed/unpaid',
      cancel: 'cancelled',
      'interrupted unsent': 'queued',
      'interrupted sent': 'queued',
    },
  },
  uploading: {
    via: ['prepare', 'upload'],
    becomes: {
      prepare: 'preparing',
      verify: 'verifying',
      fail: 'failed/unpaid',
      cancel: 'cancelled',
      'interrupted unsent': 'queued',
      'interrupted sent': 'queued',
    },
  },
  verifying: {
    via: ['prepare', 'upload', 'verify'],
    becomes: {
      prepare: 'preparing',
      order: 'ordering',
      fail: 'failed/unpaid',
      cancel: 'cancelled',
      'interrupted unsent': 'queued',
      'interrupted sent': 'queued',
    },
  },
  ordering: {
    via: TO_ORDERING,
    becomes: {
      ordered: 'training',
      refused: 'failed/unpaid',
      'answer-lost': 'unconfirmed',
      'interrupted unsent': 'queued',
      'interrupted sent': 'unconfirmed',
    },
  },
  unconfirmed: {
    via: [...TO_ORDERING, 'answer-lost'],
    becomes: {
      'resolve-found': 'training',
      'resolve-order-again': 'queued',
      // The answer came after all.
      ordered: 'training',
      refused: 'failed/unpaid',
    },
  },
  training: {
    via: TO_TRAINING,
    becomes: {
      fail: 'failed/paid',
      'request-first-words': 'training/requesting',
      'not-ready': 'training',
      'accept-usable': 'ready/accepted',
      stall: 'stalled',
    },
  },
  'training/requesting': {
    via: [...TO_TRAINING, 'request-first-words'],
    becomes: {
      fail: 'failed/paid',
      'interrupted unsent': 'training',
      'interrupted sent': 'training/unconfirmed',
      'not-ready': 'training',
      'first-words': 'ready/ready',
      'first-words-lost': 'training/unconfirmed',
    },
  },
  'training/unconfirmed': {
    via: [...TO_TRAINING, 'request-first-words', 'first-words-lost'],
    becomes: {
      'accept-usable': 'ready/accepted',
      'ask-first-words-again': 'training',
      'first-words': 'ready/ready',
    },
  },
  stalled: {
    via: [...TO_TRAINING, 'stall'],
    becomes: { fail: 'failed/paid', resume: 'training', 'accept-usable': 'ready/accepted' },
  },
  'ready/ready': { via: [...TO_TRAINING, 'request-first-words', 'first-words'], becomes: {} },
  'ready/accepted': { via: [...TO_TRAINING, 'accept-usable'], becomes: {} },
  'failed/unpaid': { via: ['prepare', 'fail'], becomes: { resume: 'queued' } },
  'failed/paid': {
    via: [...TO_TRAINING, 'fail'],
    becomes: { resume: 'training', 'accept-usable': 'ready/accepted' },
  },
  cancelled: { via: ['cancel'], becomes: { resume: 'queued' } },
};

test.each(Object.entries(PLACES))('from %s', (place, { via, becomes }) => {
  const here = follow(...via);
  expect(nameOf(here)).toBe(place);
  const reached = EVENT_NAMES.map((event) => {
    const next = transitionOrder(here, eventAt(here, event));
    return [event, next === null ? null : nameOf(next)];
  });
  expect(Object.fromEntries(reached)).toEqual(
    Object.fromEntries(EVENT_NAMES.map((event) => [event, becomes[event] ?? null])),
  );
});

test('nothing that an order is given is changed in place', () => {
  const freeze = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    Object.freeze(value);
    for (const part of Object.values(value)) freeze(part);
  };
  for (const { via } of Object.values(PLACES)) {
    const progress = follow(...via);
    freeze(progress);
    for (const event of EVENT_NAMES) transitionOrder(progress, eventAt(progress, event));
  }
});

describe('what is spent', () => {
  test('a training is charged once, first words on top', () => {
    const done = follow(
      ...TO_TRAINING,
      'request-first-words',
      'not-ready',
      'request-first-words',
      'first-words',
    );
    expect(done.spending).toEqual([
      { what: 'training', request: 1, usd: 1.25, at, certainty: 'charged' },
      { what: 'first-words', request: 2, usd: 0.13, at, certainty: 'charged' },
    ]);
    expect(spentOn(done)).toEqual({ chargedUsd: 1.38, possibleUsd: 0 });
  });

  test('a lost answer may have been charged; an avatar that is found was', () => {
    const lost = follow(...TO_ORDERING, 'interrupted sent');
    expect(spentOn(lost)).toEqual({ chargedUsd: 0, possibleUsd: 1.25 });
    const found = transitionOrder(lost, EVENTS['resolve-found']);
    expect(found && spentOn(found)).toEqual({ chargedUsd: 1.25, possibleUsd: 0 });
    expect(found?.look).toEqual(look);
  });

  test('after ordering again, the first request stays possible and the second has its own number', () => {
    const again = follow(...TO_ORDERING, 'answer-lost', 'resolve-order-again', ...TO_TRAINING);
    expect(again.spending.map(({ request, certainty }) => [request, certainty])).toEqual([
      [1, 'possible'],
      [2, 'charged'],
    ]);
    expect(again.requests.training).toBe(2);
  });

  test('an answer that comes late takes the place of what may have been charged', () => {
    const lost = follow(...TO_ORDERING, 'answer-lost');
    const late = transitionOrder(lost, EVENTS.ordered);
    expect(late?.state.kind).toBe('training');
    expect(late && spentOn(late)).toEqual({ chargedUsd: 1.25, possibleUsd: 0 });
  });

  test('an answer to an earlier request is not booked as one to the present', () => {
    const again = follow(...TO_ORDERING, 'answer-lost', 'resolve-order-again', ...TO_ORDERING);
    expect(again.requests.training).toBe(2);
    expect(transitionOrder(again, EVENTS.ordered)).toBeNull();
  });

  test('sums are in whole hundredths of a cent', () => {
    expect(totalUsd({ trainingUsd: 0.1, firstWordsUsd: 0.2 })).toBe(0.3);
    const line = { what: 'first-words', request: 1, usd: 0.1, at, certainty: 'charged' } as const;
    expect(spentOn({ spending: [line, line, line] }).chargedUsd).toBe(0.3);
  });
});

/** Numbers from 0 to 1 that are the same in every run (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

test('whatever happens in whatever order, nothing is paid twice without a person', () => {
  const reached = new Set<string>();
  const trainings = (progress: OrderProgress) => progress.spending.filter(({ what }) => what === 'training');
  const fits = (progress: OrderProgress) => (name: EventName) =>
    transitionOrder(progress, eventAt(progress, name)) !== null;

  for (let seed = 1; seed <= 1_000; seed += 1) {
    const random = seeded(seed);
    const story: string[] = [];
    const hold = (rule: string, holds: boolean) => {
      if (!holds) expect.fail(`${rule}, but not after (seed ${seed}) ${story.join(', ')}`);
    };
    let progress = START;
    /** Training requests that were charged or may have been, since a person last allowed another one. */
    let paid = 0;
    for (let step = 0; step < 40; step += 1) {
      // Half of the time something that fits, or nothing would ever get far.
      const choice = random() < 0.5 ? EVENT_NAMES.filter(fits(progress)) : EVENT_NAMES;
      const event = choice[Math.floor(random() * choice.length)];
      const next = event && transitionOrder(progress, eventAt(progress, event));
      if (!event || !next) continue;
      story.push(event);
      reached.add(nameOf(next));
      const before = progress;
      progress = next;

      if (event === 'resolve-order-again') paid = 0;
      paid += trainings(next).length - trainings(before).length;
      hold('a training is paid once', paid <= 1);
      const charged = trainings(next).filter(({ certainty }) => certainty === 'charged');
      hold('a training is charged once', charged.length <= 1);
      const asked = before.state.kind === 'ordering' || before.state.kind === 'unconfirmed';
      hold('only what was asked for was ordered', event !== 'ordered' || asked);
      const wasPaid =
        ['unconfirmed', 'training', 'stalled', 'ready'].includes(before.state.kind) ||
        (before.state.kind === 'failed' && before.state.paid);
      hold(
        'only a person sends what was paid back to the start',
        !wasPaid || !isCancellable(next.state) || event === 'resolve-order-again',
      );

      const isTraining = next.state.kind === 'training';
      hold(
        'what is trained is known and watched',
        !isTraining || (next.look !== null && next.watch !== null),
      );
      hold('first words are asked for in training', next.firstWords.kind !== 'requesting' || isTraining);
      const requests = next.spending.map(({ what, request }) => `${what} ${request}`);
      hold('every request has a number of its own', new Set(requests).size === requests.length);
      const shorter = next.spending.length < before.spending.length;
      hold('only a refusal takes a line out of the ledger', !shorter || event === 'refused');
      hold('numbers only grow', next.requests.training >= before.requests.training);
      hold(
        'a person who is asked has an answer',
        !needsPerson(next) || EVENT_NAMES.filter(fits(next)).some((name) => PERSON.has(name)),
      );
    }
  }
  expect([...reached].sort()).toEqual(Object.keys(PLACES).sort());
});

test('stages and their ends', () => {
  const kinds = Object.fromEntries(
    Object.values(PLACES).map(({ via }) => {
      const { state } = follow(...via);
      return [state.kind, [stageOf(state), isUnfinished(state), isCancellable(state)]];
    }),
  );
  expect(kinds).toEqual({
    queued: ['prepare', true, true],
    preparing: ['prepare', true, true],
    uploading: ['upload', true, true],
    verifying: ['verify', true, true],
    ordering: ['train', true, false],
    unconfirmed: ['train', false, false],
    training: ['first-words', true, false],
    stalled: ['first-words', false, false],
    ready: [null, false, false],
    failed: ['upload', false, false],
    cancelled: ['prepare', false, false],
  });
});
