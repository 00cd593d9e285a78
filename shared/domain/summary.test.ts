import { expect, test } from 'vitest';
import { orderIdOf, orderOf, takeOf } from '../../tests/doubles/records.ts';
import type { FirstWordsState, OrderState } from './order.ts';
import { NOT_REVIEWED } from './review.ts';
import { decisionCode, groupOf, takeStateOf } from './summary.ts';
import type { CheckState } from './take.ts';

const at = '2026-01-02T03:04:05.000Z';
const error = { code: 'HOST_FAILED', message: 'The host answered with an error.' };

const STATES = {
  queued: { kind: 'queued' },
  preparing: { kind: 'preparing' },
  uploading: { kind: 'uploading' },
  verifying: { kind: 'verifying' },
  ordering: { kind: 'ordering', request: 1, at },
  unconfirmed: { kind: 'unconfirmed', request: 1, since: at },
  training: { kind: 'training', since: at },
  ready: { kind: 'ready', at },
  stalled: { kind: 'stalled', since: at },
  failed: { kind: 'failed', at, stage: 'upload', error, paid: false },
  cancelled: { kind: 'cancelled', at, stage: 'upload' },
} as const satisfies Record<OrderState['kind'], OrderState>;

const unconfirmed: FirstWordsState = { kind: 'unconfirmed', request: 1, since: at };
const order = (
  kind: keyof typeof STATES,
  firstWords: FirstWordsState = { kind: 'none' },
  name = kind as string,
) => orderOf(name, { state: STATES[kind], firstWords });
const passed: CheckState = { kind: 'checked', at, verdict: 'pass', topFinding: null };
const stateOf = (orders: ReturnType<typeof order>[], check: CheckState = passed) =>
  takeStateOf(takeOf('take', { check }), orders);

test.each([
  ['waiting', { kind: 'waiting' }, { kind: 'not-checked' }],
  ['checking', { kind: 'checking', since: at, checkedAt: null }, { kind: 'checking' }],
  ['failed', { kind: 'failed', at, error }, { kind: 'check-failed', ...error }],
  ['passed', passed, { kind: 'publish-it', verdict: 'pass', finding: null, accepted: false }],
  [
    'warned',
    { kind: 'checked', at, verdict: 'warn', topFinding: 'TOO_DARK' },
    { kind: 'publish-it', verdict: 'warn', finding: 'TOO_DARK', accepted: false },
  ],
  [
    'refused',
    { kind: 'checked', at, verdict: 'fail', topFinding: 'TOO_SHORT' },
    { kind: 'record-again', finding: 'TOO_SHORT' },
  ],
] satisfies [string, CheckState, object][])(
  'without an order, the check speaks: %s',
  (_name, check, state) => {
    expect(stateOf([], check)).toEqual(state);
  },
);

test('each state of a single order', () => {
  const kinds = Object.fromEntries(
    Object.keys(STATES).map((kind) => {
      const state = stateOf([order(kind as keyof typeof STATES)]);
      return [kind, [state.kind, groupOf(state)]];
    }),
  );
  expect(kinds).toEqual({
    queued: ['on-its-way', 'on-its-way'],
    preparing: ['on-its-way', 'on-its-way'],
    uploading: ['on-its-way', 'on-its-way'],
    verifying: ['on-its-way', 'on-its-way'],
    ordering: ['on-its-way', 'on-its-way'],
    unconfirmed: ['needs-you', 'waiting-for-you'],
    training: ['on-its-way', 'on-its-way'],
    ready: ['usable', 'usable'],
    stalled: ['needs-you', 'waiting-for-you'],
    failed: ['order-failed', 'waiting-for-you'],
    cancelled: ['publish-it', 'waiting-for-you'],
  });
});

test('a rejected take is that, unless an order runs, asks, or made a usable look', () => {
  const decided = (kind: 'accepted' | 'rejected', orders: ReturnType<typeof order>[]) =>
    takeStateOf(
      takeOf('take', { check: passed, review: { ...NOT_REVIEWED, decision: { kind, note: 'Hair', at } } }),
      orders,
    );
  expect(decided('accepted', [])).toMatchObject({ kind: 'publish-it', accepted: true });
  expect(decided('rejected', [])).toEqual({ kind: 'rejected', note: 'Hair' });
  expect(groupOf(decided('rejected', []))).toBe('rejected');
  expect(decided('rejected', [order('failed')]).kind).toBe('rejected');
  expect(decided('rejected', [order('cancelled')]).kind).toBe('rejected');
  expect(decided('rejected', [order('uploading')]).kind).toBe('on-its-way');
  expect(decided('rejected', [order('stalled')]).kind).toBe('needs-you');
  expect(decided('rejected', [order('ready')]).kind).toBe('usable');
});

test('an order that needs a person wins over all others, whatever its age', () => {
  const orders = [order('uploading'), order('ready'), order('unconfirmed')];
  expect(stateOf(orders)).toEqual({
    kind: 'needs-you',
    orderId: orderIdOf('unconfirmed'),
    code: 'ORDER_UNCONFIRMED',
  });
});

test('work in progress wins over what has ended', () => {
  expect(stateOf([order('failed'), order('ready'), order('verifying')])).toEqual({
    kind: 'on-its-way',
    orderId: orderIdOf('verifying'),
    stage: 'verify',
  });
});

test('a failure counts while nothing came after it', () => {
  expect(stateOf([order('failed'), order('ready')]).kind).toBe('order-failed');
  expect(stateOf([order('cancelled'), order('failed'), order('ready')]).kind).toBe('order-failed');
  expect(stateOf([order('ready'), order('failed')]).kind).toBe('usable');
});

test('what a person has to decide', () => {
  expect(decisionCode(order('training', unconfirmed))).toBe('FIRST_WORDS_UNCONFIRMED');
  expect(decisionCode(order('stalled'))).toBe('ORDER_STALLED');
  expect(decisionCode(order('unconfirmed'))).toBe('ORDER_UNCONFIRMED');
  expect(stateOf([order('training', unconfirmed)]).kind).toBe('needs-you');
});
