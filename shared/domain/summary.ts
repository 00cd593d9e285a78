import { z } from 'zod';
import { InstantSchema, OrderIdSchema, TakeIdSchema, TwinIdSchema } from './ids.ts';
import {
  FirstWordsStateSchema,
  isUnfinished,
  needsPerson,
  type Order,
  OrderStageSchema,
  OrderStateSchema,
  stageOf,
} from './order.ts';
import { VerdictSchema } from './report.ts';
import { type Decision, TurnSchema } from './review.ts';
import type { Take } from './take.ts';
import { TrainerKindSchema } from './twin.ts';

/** What a take wants or is doing, as one thing. The library groups and words takes by it. */
export const TakeStateSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('checking') }),
  /** Nobody is checking it: its check was cancelled or has yet to begin. */
  z.object({ kind: z.literal('not-checked') }),
  /** The check could not be made. */
  z.object({ kind: z.literal('check-failed'), code: z.string(), message: z.string() }),
  /** The check refuses it. */
  z.object({ kind: z.literal('record-again'), finding: z.string().nullable() }),
  /** A person does not want it; `note` says why, or is empty. */
  z.object({ kind: z.literal('rejected'), note: z.string() }),
  /** It can be published; `finding` names the weakest point, if any. */
  z.object({
    kind: z.literal('publish-it'),
    verdict: VerdictSchema,
    finding: z.string().nullable(),
    accepted: z.boolean(),
  }),
  z.object({ kind: z.literal('on-its-way'), orderId: OrderIdSchema, stage: OrderStageSchema }),
  z.object({ kind: z.literal('needs-you'), orderId: OrderIdSchema, code: z.string() }),
  z.object({
    kind: z.literal('order-failed'),
    orderId: OrderIdSchema,
    code: z.string(),
    message: z.string(),
  }),
  z.object({ kind: z.literal('usable'), orderId: OrderIdSchema, lookName: z.string() }),
]);
export type TakeState = z.infer<typeof TakeStateSchema>;

/** The groups of the library's filter. */
export const TAKE_GROUPS = ['waiting-for-you', 'on-its-way', 'usable', 'rejected'] as const;
export type TakeGroup = (typeof TAKE_GROUPS)[number];

/** The group that a state belongs to. */
export function groupOf(state: TakeState): TakeGroup {
  switch (state.kind) {
    case 'checking':
    case 'on-its-way':
      return 'on-its-way';
    case 'usable':
      return 'usable';
    case 'rejected':
      return 'rejected';
    default:
      return 'waiting-for-you';
  }
}

/** The part of an order that lists need. */
export const OrderSummarySchema = z.object({
  id: OrderIdSchema,
  takeId: TakeIdSchema,
  lookName: z.string(),
  trainer: TrainerKindSchema,
  createdAt: InstantSchema,
  state: OrderStateSchema,
  firstWords: FirstWordsStateSchema,
  avatarId: z.string().nullable(),
  avatarGroupId: z.string().nullable(),
  chargedUsd: z.number(),
  possibleUsd: z.number(),
});
export type OrderSummary = z.infer<typeof OrderSummarySchema>;

/** The part of a take that lists need. */
export const TakeSummarySchema = z.object({
  id: TakeIdSchema,
  name: z.string(),
  createdAt: InstantSchema,
  /** Of the part that is kept; null until the first check has probed it. */
  durationSeconds: z.number().nullable(),
  hasPoster: z.boolean(),
  /** Which way up its picture is to be. */
  turn: TurnSchema,
  state: TakeStateSchema,
});
export type TakeSummary = z.infer<typeof TakeSummarySchema>;

/** A part of a twin for lists and for the choice in the publish panel. */
export const TwinSummarySchema = z.object({
  id: TwinIdSchema,
  name: z.string(),
  trainer: TrainerKindSchema,
  avatarGroupId: z.string(),
  looks: z.number().int().nonnegative(),
  training: z.boolean(),
  /** The take of its newest look, for a picture, and which way up that is to be. */
  takeId: TakeIdSchema.nullable(),
  turn: TurnSchema,
});
export type TwinSummary = z.infer<typeof TwinSummarySchema>;

/** The code that says what a person has to decide about an order. */
export function decisionCode(order: Pick<Order, 'state' | 'firstWords'>): string {
  if (order.firstWords.kind === 'unconfirmed') return 'FIRST_WORDS_UNCONFIRMED';
  return order.state.kind === 'stalled' ? 'ORDER_STALLED' : 'ORDER_UNCONFIRMED';
}

/**
 * The one state of a take, from the take and its orders (newest first). An order a person must look at wins,
 * then work in progress; a take that was rejected since is just that, unless a usable look came of it; then the last
 * order if it failed, then what is usable. A cancelled order leaves the take as it was.
 */
export function takeStateOf(
  take: Pick<Take, 'check'> & { readonly review: { readonly decision: Pick<Decision, 'kind' | 'note'> } },
  orders: readonly Pick<OrderSummary, 'id' | 'state' | 'firstWords' | 'lookName'>[],
): TakeState {
  const waiting = orders.find((order) => needsPerson(order));
  if (waiting) return { kind: 'needs-you', orderId: waiting.id, code: decisionCode(waiting) };
  const latest = orders.find((order) => order.state.kind !== 'cancelled');
  const moving = orders.find((order) => isUnfinished(order.state));
  if (moving)
    return { kind: 'on-its-way', orderId: moving.id, stage: stageOf(moving.state) ?? 'first-words' };
  const usable = orders.find((order) => order.state.kind === 'ready');
  const { decision } = take.review;
  if (decision.kind === 'rejected' && !usable) return { kind: 'rejected', note: decision.note };
  if (latest?.state.kind === 'failed') {
    const { code, message } = latest.state.error;
    return { kind: 'order-failed', orderId: latest.id, code, message };
  }
  if (usable) return { kind: 'usable', orderId: usable.id, lookName: usable.lookName };
  switch (take.check.kind) {
    case 'waiting':
      return { kind: 'not-checked' };
    case 'checking':
      return { kind: 'checking' };
    case 'failed':
      return { kind: 'check-failed', code: take.check.error.code, message: take.check.error.message };
    case 'checked':
      return take.check.verdict === 'fail'
        ? { kind: 'record-again', finding: take.check.topFinding }
        : {
            kind: 'publish-it',
            verdict: take.check.verdict,
            finding: take.check.topFinding,
            accepted: decision.kind === 'accepted',
          };
  }
}
