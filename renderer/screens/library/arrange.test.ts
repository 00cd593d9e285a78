import { expect, test } from 'vitest';
import { OrderIdSchema, TakeIdSchema } from '../../../shared/domain/ids.ts';
import type { TakeState, TakeSummary } from '../../../shared/domain/summary.ts';
import { arrange } from './arrange.ts';

const take = (number: number, state: TakeState): TakeSummary => ({
  id: TakeIdSchema.parse(`tk_${String(number).padStart(12, '0')}`),
  name: `Take ${number}`,
  createdAt: `2026-01-02T03:04:0${number}.000Z`,
  durationSeconds: 60,
  hasPoster: true,
  turn: 0,
  state,
});
const usable = take(1, {
  kind: 'usable',
  orderId: OrderIdSchema.parse(`or_${'1'.padStart(24, '0')}`),
  lookName: 'Look',
});
const rejected = take(2, { kind: 'rejected', note: '' });
const waiting = take(3, { kind: 'not-checked' });
const checking = take(4, { kind: 'checking' });

const titles = (takes: readonly TakeSummary[], search = '') =>
  arrange(takes, 'all', 'newest', search).map(({ title, takes: of }) => `${title} ${of.length}`);

test('only what is all of the library is called so', () => {
  expect(titles([usable, checking])).toEqual(['All takes 2']);
  expect(titles([usable, rejected])).toEqual(['On its way or usable 1', 'Rejected 1']);
  expect(titles([usable, checking], 'Take 1')).toEqual(['On its way or usable 1']);
  expect(titles([rejected, checking, waiting, usable])).toEqual([
    'Waiting for you 1',
    'On its way or usable 2',
    'Rejected 1',
  ]);
  expect(titles([waiting])).toEqual(['Waiting for you 1']);
});
