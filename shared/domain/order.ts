import { z } from 'zod';
import { EditSchema, NO_EDIT } from './edit.ts';
import { InstantSchema, OrderIdSchema, Sha256Schema, TakeIdSchema, TwinIdSchema } from './ids.ts';
import { StoredErrorSchema } from './take.ts';
import { HostKindSchema, TrainerKindSchema } from './twin.ts';

export const ORDER_SCHEMA_VERSION = 1 as const;

/** The steps of an order as a person sees them, in order. */
export const ORDER_STAGES = ['prepare', 'upload', 'verify', 'train', 'first-words'] as const;
export const OrderStageSchema = z.enum(ORDER_STAGES);
export type OrderStage = z.infer<typeof OrderStageSchema>;

/** Who agreed that a twin of them is made, to which words, when and how. Kept with the order for good. */
export const ConsentSchema = z.object({
  /** The person shown in the take. */
  by: z.string().min(1).max(200),
  /** The exact sentence that was agreed to. */
  wording: z.string().min(1).max(2000),
  at: InstantSchema,
  /** `url`: the trainer sends the person to this page to give consent themselves. */
  how: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('confirmed-in-window') }),
    z.object({ kind: z.literal('confirmed-by-flag') }),
    z.object({ kind: z.literal('url'), url: z.url({ protocol: /^https?$/ }) }),
  ]),
});
export type Consent = z.infer<typeof ConsentSchema>;

/** What a person agreed to pay at most, in US dollars. */
export const PriceSchema = z.object({
  trainingUsd: z.number().nonnegative(),
  firstWordsUsd: z.number().nonnegative(),
});
export type Price = z.infer<typeof PriceSchema>;

/** The whole of a price: training and first words. */
export function totalUsd(price: Price): number {
  return Math.round((price.trainingUsd + price.firstWordsUsd) * 10_000) / 10_000;
}

/** Which twin a look is ordered for. A new twin is made by the trainer with its first look. */
export const TwinChoiceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('new'), name: z.string().min(1).max(200) }),
  z.object({ kind: z.literal('existing'), twinId: TwinIdSchema }),
]);
export type TwinChoice = z.infer<typeof TwinChoiceSchema>;

/** The avatar as the trainer answered it. */
export const OrderedLookSchema = z.object({
  avatarId: z.string().min(1),
  avatarGroupId: z.string().min(1),
  /** As answered; `skipped` is not consent. */
  consentStatus: z.string(),
});
export type OrderedLook = z.infer<typeof OrderedLookSchema>;

/** One line of the ledger. `possible`: a request whose answer was lost may have been charged. */
export const SpendingSchema = z.object({
  what: z.enum(['training', 'first-words']),
  /** Number of the request within its step, from 1. */
  request: z.number().int().positive(),
  usd: z.number().nonnegative(),
  at: InstantSchema,
  certainty: z.enum(['charged', 'possible']),
});
export type Spending = z.infer<typeof SpendingSchema>;

/** A file of ours at the host. The address may change (practice host), the key does not. */
export const HostedFileSchema = z.object({
  objectKey: z.string().min(1),
  url: z.string(),
  sizeBytes: z.number().int().nonnegative(),
  uploadedAt: InstantSchema,
  /** After this day nobody needs it any more. */
  retainUntil: InstantSchema,
  removedAt: InstantSchema.nullable(),
});
export type HostedFile = z.infer<typeof HostedFileSchema>;

/**
 * Where an order stands.
 * `ordering` is on disk before the paid request is sent; found without a living lease it becomes
 * `unconfirmed`, which only a person resolves. `training` and later have been paid.
 */
export const OrderStateSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('queued') }),
  z.object({ kind: z.literal('preparing') }),
  z.object({ kind: z.literal('uploading') }),
  z.object({ kind: z.literal('verifying') }),
  z.object({ kind: z.literal('ordering'), request: z.number().int().positive(), at: InstantSchema }),
  z.object({ kind: z.literal('unconfirmed'), request: z.number().int().positive(), since: InstantSchema }),
  z.object({ kind: z.literal('training'), since: InstantSchema }),
  z.object({ kind: z.literal('ready'), at: InstantSchema }),
  z.object({ kind: z.literal('stalled'), since: InstantSchema }),
  z.object({
    kind: z.literal('failed'),
    at: InstantSchema,
    stage: OrderStageSchema,
    error: StoredErrorSchema,
    /** True once the training was charged: going on would pay again. */
    paid: z.boolean(),
  }),
  z.object({ kind: z.literal('cancelled'), at: InstantSchema, stage: OrderStageSchema }),
]);
export type OrderState = z.infer<typeof OrderStateSchema>;

/** The paid proof that a look is usable. `accepted` is a person's word in place of the video. */
export const FirstWordsStateSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('requesting'), request: z.number().int().positive(), at: InstantSchema }),
  z.object({ kind: z.literal('unconfirmed'), request: z.number().int().positive(), since: InstantSchema }),
  z.object({ kind: z.literal('ready'), file: z.string(), at: InstantSchema }),
  z.object({ kind: z.literal('accepted'), at: InstantSchema }),
]);
export type FirstWordsState = z.infer<typeof FirstWordsStateSchema>;

/** When to look next whether a look is usable. */
export const WatchPlanSchema = z.object({
  startedAt: InstantSchema,
  checks: z.number().int().nonnegative(),
  nextCheckAt: InstantSchema,
  /** Why the last look at it failed for another reason than training going on; null when it did not. */
  lastError: StoredErrorSchema.nullable(),
});
export type WatchPlan = z.infer<typeof WatchPlanSchema>;

export const OrderSchema = z.object({
  schemaVersion: z.literal(ORDER_SCHEMA_VERSION),
  revision: z.number().int().nonnegative(),
  id: OrderIdSchema,
  /** SHA-256 over source, recipe, part, trainer, account, twin and look name. */
  key: Sha256Schema,
  createdAt: InstantSchema,
  updatedAt: InstantSchema,
  takeId: TakeIdSchema,
  lookName: z.string().min(1).max(200),
  twin: TwinChoiceSchema,
  host: HostKindSchema,
  trainer: TrainerKindSchema,
  account: z.string().min(1),
  recipe: z.string().min(1),
  /** The part and the mends that were looked at when it was ordered; what is chosen afterwards changes nothing. */
  edit: EditSchema.default(NO_EDIT),
  consent: ConsentSchema,
  price: PriceSchema.extend({ confirmedAt: InstantSchema }),
  state: OrderStateSchema,
  firstWords: FirstWordsStateSchema,
  /** Paid requests sent so far, by step; the next request's number is one more. */
  requests: z.object({
    training: z.number().int().nonnegative(),
    firstWords: z.number().int().nonnegative(),
  }),
  look: OrderedLookSchema.nullable(),
  watch: WatchPlanSchema.nullable(),
  hosted: z.object({ master: HostedFileSchema.nullable(), voice: HostedFileSchema.nullable() }),
  spending: z.array(SpendingSchema),
});
export type Order = z.infer<typeof OrderSchema>;

/** The part of an order that `transitionOrder` moves. */
export type OrderProgress = Pick<Order, 'state' | 'firstWords' | 'requests' | 'look' | 'watch' | 'spending'>;

export type OrderEvent =
  | { kind: 'prepare' }
  | { kind: 'upload' }
  | { kind: 'verify' }
  /** The paid request is about to be sent. */
  | { kind: 'order'; at: string }
  | { kind: 'ordered'; request: number; at: string; look: OrderedLook; usd: number; watch: WatchPlan }
  /** The trainer said no before charging. */
  | { kind: 'refused'; request: number; at: string; error: z.infer<typeof StoredErrorSchema> }
  | { kind: 'answer-lost'; request: number; at: string; usd: number }
  | { kind: 'fail'; at: string; stage: OrderStage; error: z.infer<typeof StoredErrorSchema> }
  | { kind: 'cancel'; at: string }
  /** A person, or a new run of the same order, goes on with it. */
  | { kind: 'resume'; watch: WatchPlan }
  /** No living process holds it any more; `sent` tells whether its paid request may have left. */
  | { kind: 'interrupted'; at: string; price: Price; sent: boolean }
  /** A person found the avatar in the dashboard. */
  | { kind: 'resolve-found'; at: string; look: OrderedLook; watch: WatchPlan }
  /** A person accepts that it may be paid twice. */
  | { kind: 'resolve-order-again' }
  | { kind: 'request-first-words'; at: string }
  | { kind: 'not-ready'; watch: WatchPlan }
  | { kind: 'first-words'; request: number; at: string; file: string; usd: number }
  | { kind: 'first-words-lost'; request: number; at: string; usd: number }
  /** A person saw in the dashboard that the look is usable. */
  | { kind: 'accept-usable'; at: string }
  | { kind: 'ask-first-words-again'; watch: WatchPlan }
  | { kind: 'stall'; at: string };

/** The stage that a state belongs to; `null` once the order has ended well. */
export function stageOf(state: OrderState): OrderStage | null {
  switch (state.kind) {
    case 'queued':
    case 'preparing':
      return 'prepare';
    case 'uploading':
      return 'upload';
    case 'verifying':
      return 'verify';
    case 'ordering':
    case 'unconfirmed':
      return 'train';
    case 'training':
    case 'stalled':
      return 'first-words';
    case 'failed':
    case 'cancelled':
      return state.stage;
    case 'ready':
      return null;
  }
}

/** True while some process should be working on the order, or will have to look after it later. */
export function isUnfinished(state: OrderState): boolean {
  return !['ready', 'failed', 'cancelled', 'stalled', 'unconfirmed'].includes(state.kind);
}

const BEFORE_PAYING: ReadonlySet<OrderState['kind']> = new Set([
  'queued',
  'preparing',
  'uploading',
  'verifying',
]);

/** True while the order can still be cancelled without having cost anything. */
export function isCancellable(state: OrderState): boolean {
  return BEFORE_PAYING.has(state.kind);
}

/**
 * The next progress of an order, or `null` when the event does not fit the state: then nothing may be done.
 * Pure; the caller writes the result to disk before acting on it.
 */
export function transitionOrder(progress: OrderProgress, event: OrderEvent): OrderProgress | null {
  const { state, firstWords } = progress;
  switch (event.kind) {
    case 'prepare':
      return BEFORE_PAYING.has(state.kind) ? { ...progress, state: { kind: 'preparing' } } : null;
    case 'upload':
      return state.kind === 'preparing' ? { ...progress, state: { kind: 'uploading' } } : null;
    case 'verify':
      return state.kind === 'uploading' ? { ...progress, state: { kind: 'verifying' } } : null;
    case 'order': {
      if (state.kind !== 'verifying') return null;
      const request = progress.requests.training + 1;
      return {
        ...progress,
        requests: { ...progress.requests, training: request },
        state: { kind: 'ordering', request, at: event.at },
      };
    }
    case 'ordered':
      // Also from `unconfirmed`: the answer came after somebody else had given it up for lost.
      if (!isAskedFor(state, ['ordering', 'unconfirmed'], event.request)) return null;
      return {
        ...progress,
        state: { kind: 'training', since: event.at },
        look: event.look,
        watch: event.watch,
        spending: [
          ...withoutRequest(progress.spending, 'training', event.request),
          { what: 'training', request: event.request, usd: event.usd, at: event.at, certainty: 'charged' },
        ],
      };
    case 'refused':
      if (!isAskedFor(state, ['ordering', 'unconfirmed'], event.request)) return null;
      return {
        ...progress,
        spending: withoutRequest(progress.spending, 'training', event.request),
        state: { kind: 'failed', at: event.at, stage: 'train', error: event.error, paid: false },
      };
    case 'answer-lost':
      if (!isAskedFor(state, ['ordering'], event.request)) return null;
      return {
        ...progress,
        state: { kind: 'unconfirmed', request: event.request, since: event.at },
        spending: [
          ...progress.spending,
          { what: 'training', request: event.request, usd: event.usd, at: event.at, certainty: 'possible' },
        ],
      };
    case 'fail': {
      const failable = BEFORE_PAYING.has(state.kind) || state.kind === 'training' || state.kind === 'stalled';
      // While a person is asked about first words, their answer must still have something to answer to.
      if (!failable || firstWords.kind === 'unconfirmed') return null;
      const paid = !BEFORE_PAYING.has(state.kind);
      return {
        ...progress,
        firstWords: firstWords.kind === 'requesting' ? { kind: 'none' } : firstWords,
        state: { kind: 'failed', at: event.at, stage: event.stage, error: event.error, paid },
      };
    }
    case 'cancel':
      if (!BEFORE_PAYING.has(state.kind)) return null;
      return { ...progress, state: { kind: 'cancelled', at: event.at, stage: stageOf(state) ?? 'prepare' } };
    case 'resume':
      if (state.kind === 'cancelled') return { ...progress, state: { kind: 'queued' } };
      if (state.kind === 'failed' && !state.paid) return { ...progress, state: { kind: 'queued' } };
      // What was paid for is watched on: the look may be usable all the same.
      if (state.kind === 'failed' && progress.look !== null) {
        return { ...progress, watch: event.watch, state: { kind: 'training', since: state.at } };
      }
      if (state.kind === 'stalled') {
        return { ...progress, watch: event.watch, state: { kind: 'training', since: state.since } };
      }
      return null;
    case 'interrupted':
      return transitionInterrupted(progress, event);
    case 'resolve-found':
      if (state.kind !== 'unconfirmed') return null;
      return {
        ...progress,
        state: { kind: 'training', since: event.at },
        look: event.look,
        watch: event.watch,
        // The avatar exists, so the request was charged.
        spending: progress.spending.map((line) =>
          line.what === 'training' && line.request === state.request
            ? { ...line, certainty: 'charged' }
            : line,
        ),
      };
    case 'resolve-order-again':
      return state.kind === 'unconfirmed' ? { ...progress, state: { kind: 'queued' } } : null;
    case 'request-first-words': {
      if (state.kind !== 'training' || firstWords.kind !== 'none') return null;
      const request = progress.requests.firstWords + 1;
      return {
        ...progress,
        requests: { ...progress.requests, firstWords: request },
        firstWords: { kind: 'requesting', request, at: event.at },
      };
    }
    case 'not-ready':
      if (state.kind !== 'training') return null;
      if (firstWords.kind !== 'requesting' && firstWords.kind !== 'none') return null;
      return { ...progress, firstWords: { kind: 'none' }, watch: event.watch };
    case 'first-words':
      if (state.kind !== 'training') return null;
      if (!isAskedFor(firstWords, ['requesting', 'unconfirmed'], event.request)) return null;
      return {
        ...progress,
        state: { kind: 'ready', at: event.at },
        firstWords: { kind: 'ready', file: event.file, at: event.at },
        spending: [
          ...withoutRequest(progress.spending, 'first-words', event.request),
          {
            what: 'first-words',
            request: event.request,
            usd: event.usd,
            at: event.at,
            certainty: 'charged',
          },
        ],
      };
    case 'first-words-lost':
      if (!isAskedFor(firstWords, ['requesting'], event.request)) return null;
      return {
        ...progress,
        firstWords: { kind: 'unconfirmed', request: event.request, since: event.at },
        spending: [
          ...progress.spending,
          {
            what: 'first-words',
            request: event.request,
            usd: event.usd,
            at: event.at,
            certainty: 'possible',
          },
        ],
      };
    case 'accept-usable':
      if (progress.look === null) return null;
      if (state.kind !== 'training' && state.kind !== 'stalled' && state.kind !== 'failed') return null;
      if (firstWords.kind === 'requesting') return null;
      return {
        ...progress,
        state: { kind: 'ready', at: event.at },
        firstWords: { kind: 'accepted', at: event.at },
      };
    case 'ask-first-words-again':
      if (state.kind !== 'training' || firstWords.kind !== 'unconfirmed') return null;
      return { ...progress, firstWords: { kind: 'none' }, watch: event.watch };
    case 'stall':
      if (state.kind !== 'training' || firstWords.kind !== 'none') return null;
      return { ...progress, state: { kind: 'stalled', since: event.at } };
  }
}

/** True while this very request is the one that is waited for. */
function isAskedFor(step: OrderState | FirstWordsState, kinds: readonly string[], request: number): boolean {
  return 'request' in step && kinds.includes(step.kind) && step.request === request;
}

/** The ledger without what a request may have cost, now that it is known. */
function withoutRequest(spending: readonly Spending[], what: Spending['what'], request: number): Spending[] {
  return spending.filter((line) => line.what !== what || line.request !== request);
}

function transitionInterrupted(
  progress: OrderProgress,
  event: Extract<OrderEvent, { kind: 'interrupted' }>,
): OrderProgress | null {
  const { state, firstWords } = progress;
  if (state.kind === 'ordering') {
    if (!event.sent) return { ...progress, state: { kind: 'queued' } };
    const { request } = state;
    return transitionOrder(progress, {
      kind: 'answer-lost',
      request,
      at: event.at,
      usd: event.price.trainingUsd,
    });
  }
  if (firstWords.kind === 'requesting') {
    if (!event.sent) return { ...progress, firstWords: { kind: 'none' } };
    return transitionOrder(progress, {
      kind: 'first-words-lost',
      request: firstWords.request,
      at: event.at,
      usd: event.price.firstWordsUsd,
    });
  }
  if (state.kind === 'preparing' || state.kind === 'uploading' || state.kind === 'verifying') {
    return { ...progress, state: { kind: 'queued' } };
  }
  return null;
}

/** What an order has cost for certain, and what it may have cost on top, in US dollars. */
export function spentOn(order: Pick<Order, 'spending'>): { chargedUsd: number; possibleUsd: number } {
  const sum = (certainty: Spending['certainty']) =>
    order.spending
      .filter((line) => line.certainty === certainty)
      .reduce((total, line) => total + line.usd, 0);
  const cents = (usd: number) => Math.round(usd * 10_000) / 10_000;
  return { chargedUsd: cents(sum('charged')), possibleUsd: cents(sum('possible')) };
}

/** True when only a person can say how the order goes on. */
export function needsPerson(order: Pick<Order, 'state' | 'firstWords'>): boolean {
  return (
    order.state.kind === 'unconfirmed' ||
    order.state.kind === 'stalled' ||
    order.firstWords.kind === 'unconfirmed'
  );
}
