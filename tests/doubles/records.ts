/** Takes and orders as the library stores them, for tests that do not care what is in them. */
import { createHash } from 'node:crypto';
import { OrderIdSchema, TakeIdSchema } from '../../shared/domain/ids.ts';
import { ORDER_SCHEMA_VERSION, type Order, OrderSchema } from '../../shared/domain/order.ts';
import { TAKE_SCHEMA_VERSION, type Take, TakeSchema } from '../../shared/domain/take.ts';

const AT = '2026-01-02T03:04:05.000Z';
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

/** The same name gives the same id. */
export const takeIdOf = (name: string) => TakeIdSchema.parse(`tk_${hashOf(name).slice(0, 24)}`);
export const orderIdOf = (name: string) => OrderIdSchema.parse(`or_${hashOf(name).slice(0, 24)}`);

export function takeOf(name: string, changes: Partial<Take> = {}): Take {
  return TakeSchema.parse({
    schemaVersion: TAKE_SCHEMA_VERSION,
    revision: 0,
    id: takeIdOf(name),
    name,
    createdAt: AT,
    origin: 'imported',
    shot: 'head-and-shoulders',
    source: {
      file: 'source.mp4',
      storage: 'held',
      sizeBytes: 1,
      sha256: hashOf(name),
      originalName: `${name}.mp4`,
    },
    media: null,
    check: { kind: 'waiting' },
    preview: { kind: 'needed' },
    ...changes,
  });
}

export function orderOf(name: string, changes: Partial<Order> = {}): Order {
  return OrderSchema.parse({
    schemaVersion: ORDER_SCHEMA_VERSION,
    revision: 0,
    id: orderIdOf(name),
    key: hashOf(name),
    createdAt: AT,
    updatedAt: AT,
    takeId: takeIdOf('take'),
    lookName: name,
    twin: { kind: 'new', name: 'Ana' },
    host: 'practice',
    trainer: 'practice',
    account: 'account',
    recipe: 'recipe',
    consent: { by: 'Ana', wording: 'Ana agrees.', at: AT, how: { kind: 'confirmed-by-flag' } },
    price: { trainingUsd: 1.25, firstWordsUsd: 0.4, confirmedAt: AT },
    state: { kind: 'queued' },
    firstWords: { kind: 'none' },
    requests: { training: 0, firstWords: 0 },
    look: null,
    watch: null,
    hosted: { master: null, voice: null },
    spending: [],
    ...changes,
  });
}
