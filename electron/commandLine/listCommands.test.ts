import { expect, test } from 'vitest';
import type { OrderState } from '../../shared/domain/order.ts';
import { takeStateOf } from '../../shared/domain/summary.ts';
import { orderOf, takeOf } from '../../tests/doubles/records.ts';
import { stateText } from './listCommands.ts';

const at = '2026-01-02T03:04:05.000Z';
const error = { code: 'HOST_FAILED', message: 'The host answered with an error.' };
const take = takeOf('take');
const order = (name: string, state: OrderState) => orderOf(name, { takeId: take.id, state });
const ready = order('first', { kind: 'ready', at });
const failed = order('later', { kind: 'failed', at, stage: 'train', error, paid: false });

/** Orders are given newest first. */
const told = (...orders: ReturnType<typeof order>[]) =>
  stateText({ id: take.id, state: takeStateOf(take, orders) }, orders);

test('a usable look is told before what became of a later order', () => {
  expect(told(failed, ready)).toBe('usable; a later order failed');
  expect(told(order('later', { kind: 'training', since: at }), ready)).toBe(
    'usable; another look is on its way',
  );
  expect(told(ready)).toBe('usable');
  expect(told(failed)).toBe('order failed');
});

test('the order that needs somebody is not taken for another one', () => {
  const asking = { ...ready, firstWords: { kind: 'unconfirmed', request: 1, since: at } } as const;
  expect(told(asking)).toBe('needs you');
  expect(told(asking, order('other', { kind: 'ready', at }))).toBe('usable; another order needs you');
});
