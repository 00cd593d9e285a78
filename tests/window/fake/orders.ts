import type { OrderDetail, TwinDetail } from '../../../shared/contract.ts';
import { editsPicture, NO_EDIT } from '../../../shared/domain/edit.ts';
import { type TwinId, TwinIdSchema } from '../../../shared/domain/ids.ts';
import { type Order, type OrderState, spentOn } from '../../../shared/domain/order.ts';
import type { OrderSummary, TwinSummary } from '../../../shared/domain/summary.ts';
import { consentWording } from '../../../shared/words/appPublish.ts';
import { ago, inMinutes, orderId, takeId } from './takes.ts';

export const twinId = (number: number): TwinId =>
  TwinIdSchema.parse(`tw_${number.toString(16).padStart(24, '0')}`);

const LOOK = {
  avatarId: 'd02f6b1e88a94c1fb6b23f6d1a0c7e55',
  avatarGroupId: '7f3e21c09b5e4a35a1b2f9cd0e6b8a41',
  consentStatus: 'approved',
};

const CONSENT: Order['consent'] = {
  by: 'Ana Ruiz',
  wording: consentWording.confirmed('Ana Ruiz'),
  at: ago(40),
  how: { kind: 'confirmed-in-window' },
};

const MASTER: NonNullable<Order['hosted']['master']> = {
  objectKey: 'masters/one.mp4',
  url: 'https://videos.example.com/masters/one.mp4',
  sizeBytes: 227_000_000,
  uploadedAt: ago(20),
  retainUntil: inMinutes(60 * 24 * 7),
  removedAt: null,
};

/** An order in a state; `changes` replaces what else differs. */
export function makeOrder(state: OrderState, changes: Partial<Order> = {}): Order {
  const reached = !['queued', 'preparing', 'uploading', 'cancelled'].includes(state.kind);
  const paid = ['training', 'ready', 'stalled'].includes(state.kind);
  return {
    schemaVersion: 1,
    revision: 4,
    id: orderId(1),
    key: 'b'.repeat(64),
    createdAt: ago(40),
    updatedAt: ago(1),
    takeId: takeId(1),
    lookName: 'Blue jacket, window',
    twin: { kind: 'existing', twinId: twinId(1) },
    host: 's3',
    trainer: 'segmind',
    account: 'acc',
    recipe: 'r1',
    edit: NO_EDIT,
    consent: CONSENT,
    price: { trainingUsd: 1.25, firstWordsUsd: 0.4, confirmedAt: ago(40) },
    state,
    firstWords: { kind: 'none' },
    requests: { training: paid ? 1 : 0, firstWords: 0 },
    look: paid ? LOOK : null,
    watch: paid ? { startedAt: ago(9), checks: 2, nextCheckAt: inMinutes(4), lastError: null } : null,
    hosted: { master: reached ? MASTER : null, voice: null },
    spending: paid ? [{ what: 'training', request: 1, usd: 1.25, at: ago(9), certainty: 'charged' }] : [],
    ...changes,
  };
}

export function orderDetail(order: Order, error: OrderDetail['error'] = null): OrderDetail {
  return {
    order,
    twinName: 'Ana Ruiz',
    error,
    ...spentOn(order),
    prepared: ['queued', 'preparing'].includes(order.state.kind)
      ? null
      : { videoCopied: !editsPicture(order.edit), audioCopied: false, sizeBytes: 227_000_000 },
  };
}

export function orderSummary(order: Order): OrderSummary {
  const { id, lookName, trainer, createdAt, state, firstWords, look } = order;
  return {
    id,
    takeId: order.takeId,
    lookName,
    trainer,
    createdAt,
    state,
    firstWords,
    avatarId: look?.avatarId ?? null,
    avatarGroupId: look?.avatarGroupId ?? null,
    ...spentOn(order),
  };
}

export const TWINS: readonly TwinSummary[] = [
  {
    id: twinId(1),
    name: 'Ana Ruiz',
    trainer: 'segmind',
    avatarGroupId: LOOK.avatarGroupId,
    looks: 3,
    training: false,
    takeId: takeId(1),
    turn: 0,
  },
  {
    id: twinId(2),
    name: 'Priya Nair',
    trainer: 'segmind',
    avatarGroupId: 'b1',
    looks: 1,
    training: false,
    takeId: takeId(2),
    turn: 0,
  },
  {
    id: twinId(3),
    name: 'Sam Okafor',
    trainer: 'segmind',
    avatarGroupId: 'b2',
    looks: 1,
    training: true,
    takeId: takeId(3),
    turn: 0,
  },
  {
    id: twinId(4),
    name: 'Maximiliane Wolkenstein-Hohenberg',
    trainer: 'practice',
    avatarGroupId: 'practice-2',
    looks: 2,
    training: false,
    takeId: null,
    turn: 0,
  },
];

const DAY = 60 * 24;

/** Ana's three looks: one in training, two usable, one of them from a take that is gone. */
export function twinDetail(): TwinDetail {
  const ready = (number: number, minutes: number): Order =>
    makeOrder(
      { kind: 'ready', at: ago(minutes) },
      {
        id: orderId(number),
        createdAt: ago(minutes),
        firstWords: { kind: 'ready', file: 'first-words.mp4', at: ago(minutes) },
        spending: [
          { what: 'training', request: 1, usd: 1.25, at: ago(minutes), certainty: 'charged' },
          { what: 'first-words', request: 1, usd: 0.3, at: ago(minutes), certainty: 'charged' },
        ],
      },
    );
  const orders = [
    makeOrder({ kind: 'training', since: ago(9) }, { id: orderId(21) }),
    ready(22, 2 * DAY),
    ready(23, 19 * DAY),
  ];
  const look = (number: number, name: string, take: number, minutes: number) => ({
    avatarId: `${number}${LOOK.avatarId.slice(2)}`,
    name,
    orderId: orderId(number),
    takeId: takeId(take),
    orderedAt: ago(minutes),
  });
  return {
    twin: {
      schemaVersion: 1,
      revision: 5,
      id: twinId(1),
      name: 'Ana Ruiz',
      trainer: 'segmind',
      account: 'acc',
      avatarGroupId: LOOK.avatarGroupId,
      createdAt: ago(19 * DAY),
      looks: [
        look(21, 'Blue jacket, window', 1, 9),
        look(22, 'Grey wall', 12, 2 * DAY),
        look(23, 'First look', 50, 19 * DAY),
      ],
    },
    chargedUsd: 4.35,
    possibleUsd: 0,
    orders: orders.map(orderSummary),
    consents: [
      CONSENT,
      { ...CONSENT, at: ago(19 * DAY), how: { kind: 'url', url: 'https://example.com/consent/ana' } },
    ],
    takes: {
      [takeId(1)]: { name: 'Ana, welcome message', turn: 0 },
      [takeId(12)]: { name: 'Ana, grey wall', turn: 0 },
    },
  };
}
