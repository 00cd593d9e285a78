import type { Order } from '../../shared/domain/order.ts';
import type { StoredError, Take } from '../../shared/domain/take.ts';
import type { TrainerKind } from '../../shared/domain/twin.ts';
import { ERRORS, StudioError, throwIfCancelled } from '../../shared/errors.ts';
import type { Lease } from '../library/lease.ts';
import type { FirstWordsAnswer, Trainer } from '../trainers/trainer.ts';
import type { WorkContext } from './context.ts';
import { atItsTurn } from './laneWork.ts';
import { type PaidOutcome, sendOnce } from './paidStep.ts';
import { pause } from './pause.ts';
import { stored } from './storedError.ts';
import { hostedVoice } from './uploadStage.ts';
import { hasStalled, planNextCheck } from './watchTimes.ts';

/** Longest a timer is set for, milliseconds: a computer that slept is noticed soon after it wakes. */
const LONGEST_TIMER_MS = 30_000;

/** Name of the video inside the order's folder. */
const FIRST_WORDS_FILE = 'first-words.mp4';

/** Answers after which the look will never become usable. */
const HOPELESS: ReadonlySet<string> = new Set(['TRAINER_REFUSED_FOOTAGE']);

/** Trouble that waiting does not mend; what passes by itself is not worth telling. */
function lastingTrouble(error: StudioError): StoredError | null {
  const passes = ERRORS[error.code].retry === 'auto' || error.code === 'TRAINER_FAILED';
  return passes ? null : stored(error);
}

/**
 * One look at whether the ordered look is usable: waits until it is time, asks for first words, stores what
 * came of it. Asking is a paid step: it is on disk before it is sent and never repeated after a lost answer.
 */
export async function watchStage(
  context: WorkContext,
  order: Order,
  lease: Lease,
  signal: AbortSignal,
): Promise<Order> {
  const { orders } = context.library;
  if (order.watch === null || order.look === null) throw new StudioError('ORDER_WRONG_STATE');
  await waitUntil(Date.parse(order.watch.nextCheckAt), context, order.trainer, signal);
  // Not given the signal while it asks: a paid request is waited for, also when the program closes.
  const look = await atItsTurn(context.lanes.trainer, signal, () => lookOnce(context, order, lease, signal));
  const { state, watch } = look;
  // Only after a look: somebody who was away for a day finds the look usable, not stalled.
  const stalled = watch !== null && hasStalled(watch, context.watchTimes(order.trainer), context.now());
  if (state.kind !== 'training' || look.firstWords.kind !== 'none' || !stalled) return look;
  return orders.transition(order.id, { kind: 'stall', at: context.now().toISOString() });
}

async function lookOnce(
  context: WorkContext,
  order: Order,
  lease: Lease,
  signal: AbortSignal,
): Promise<Order> {
  const { orders } = context.library;
  if (order.watch === null || order.look === null) throw new StudioError('ORDER_WRONG_STATE');
  const services = await reachServices(context, order, signal).catch((error: unknown) => {
    if (error instanceof StudioError) return error;
    throw error;
  });
  if (services instanceof StudioError) {
    // A key that was removed, or a bucket that is not set up here: the look is trained all the same.
    const times = context.watchTimes(order.trainer);
    const watch = planNextCheck(order.watch, times, context.now(), lastingTrouble(services));
    return orders.transition(order.id, { kind: 'not-ready', watch });
  }
  const { trainer, audioUrl } = services;
  const { avatarId } = order.look;
  // The take may have gone to the bin; what was ordered from it is watched all the same.
  const take = await context.library.takes.read(order.takeId).catch(() => null);
  throwIfCancelled(signal);

  const requesting = await orders.transition(order.id, {
    kind: 'request-first-words',
    at: context.now().toISOString(),
  });
  const outcome = await context.activities.run(
    {
      kind: 'first-words',
      label: take?.name ?? order.lookName,
      takeId: order.takeId,
      orderId: order.id,
      cancellable: false,
    },
    undefined,
    () =>
      sendOnce(
        context,
        requesting,
        'first-words',
        requesting.requests.firstWords,
        lease,
        () =>
          trainer.firstWords({
            avatarId,
            audioUrl,
            aspectRatio: isPortrait(take) ? '9:16' : '16:9',
            saveTo: context.library.paths.firstWords(order.id),
          }),
        (answer) => ({
          look: null,
          file: answer.kind === 'ready' ? FIRST_WORDS_FILE : null,
          usd: answer.kind === 'ready' ? answer.usd : 0,
          at: context.now().toISOString(),
        }),
      ),
  );
  return storeOutcome(context, requesting, outcome);
}

async function reachServices(
  context: WorkContext,
  order: Order,
  signal: AbortSignal,
): Promise<{ trainer: Trainer; audioUrl: string }> {
  const trainer = await context.trainer(order.trainer, order.takeId);
  if (trainer.accountFingerprint() !== order.account) throw new StudioError('TWIN_OTHER_ACCOUNT');
  const { firstWordsUsd } = trainer.price;
  if (firstWordsUsd > order.price.firstWordsUsd) {
    throw new StudioError('PRICE_CHANGED', { usd: firstWordsUsd.toFixed(2) });
  }
  const host = await context.host(order.host);
  return { trainer, audioUrl: await hostedVoice(context, order, host, signal) };
}

const isPortrait = (take: Take | null) =>
  take?.media?.video != null && take.media.video.displayHeight > take.media.video.displayWidth;

/** Waits for the time on the clock, but no longer than any pause of the watch: the clock may be set back. */
async function waitUntil(
  time: number,
  context: WorkContext,
  trainer: TrainerKind,
  signal: AbortSignal,
): Promise<void> {
  const { firstCheckSeconds, pausesSeconds } = context.watchTimes(trainer);
  const longestMs = Math.max(firstCheckSeconds, ...pausesSeconds) * 1000;
  const began = performance.now();
  for (;;) {
    throwIfCancelled(signal);
    const left = Math.min(time - context.now().getTime(), longestMs - (performance.now() - began));
    if (left <= 0) return;
    await pause(Math.min(left, LONGEST_TIMER_MS), signal);
  }
}

async function storeOutcome(
  context: WorkContext,
  order: Order,
  outcome: PaidOutcome<FirstWordsAnswer>,
): Promise<Order> {
  const { orders } = context.library;
  const now = context.now();
  const at = now.toISOString();
  const plan = order.watch;
  const request = order.requests.firstWords;
  if (plan === null) throw new StudioError('ORDER_WRONG_STATE');
  if (outcome.kind === 'answered' && outcome.value.kind === 'ready') {
    const ready = await orders.transition(order.id, {
      kind: 'first-words',
      request,
      at,
      file: FIRST_WORDS_FILE,
      usd: outcome.value.usd,
    });
    await context.log.write(order.takeId, {
      what: 'usable',
      orderId: order.id,
      requestId: outcome.value.requestId,
    });
    return ready;
  }
  if (outcome.kind === 'answered') {
    return orders.transition(order.id, {
      kind: 'not-ready',
      watch: planNextCheck(plan, context.watchTimes(order.trainer), now, null),
    });
  }
  const error = stored(outcome.error);
  if (outcome.kind === 'lost') {
    return orders.transition(order.id, {
      kind: 'first-words-lost',
      request,
      at,
      usd: order.price.firstWordsUsd,
    });
  }
  if (HOPELESS.has(error.code)) {
    return orders.transition(order.id, { kind: 'fail', at, stage: 'first-words', error });
  }
  return orders.transition(order.id, {
    kind: 'not-ready',
    watch: planNextCheck(plan, context.watchTimes(order.trainer), now, lastingTrouble(outcome.error)),
  });
}
