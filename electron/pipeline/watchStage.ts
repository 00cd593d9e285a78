import type { Order } from '../../shared/domain/order.ts';
import type { Take } from '../../shared/domain/take.ts';
import { Cancelled, StudioError } from '../../shared/errors.ts';
import type { Lease } from '../library/lease.ts';
import type { FirstWordsAnswer, Trainer } from '../trainers/trainer.ts';
import type { WorkContext } from './context.ts';
import { pause } from './heldWork.ts';
import { type PaidOutcome, sendOnce } from './paidStep.ts';
import { stored } from './storedError.ts';
import { hasStalled, planNextCheck } from './watchTimes.ts';

/** Longest a timer is set for, milliseconds: a computer that slept is noticed soon after it wakes. */
const LONGEST_TIMER_MS = 30_000;

/** Name of the video inside the order's folder. */
const FIRST_WORDS_FILE = 'first-words.mp4';

/** Answers after which the look will never become usable. */
const HOPELESS = new Set(['TRAINER_REFUSED_FOOTAGE', 'TRAINER_CANNOT_FETCH']);
/** Answers that say no more than that training goes on, or that the service has a bad moment. */
const PASSING = new Set(['TRAINER_BUSY', 'TRAINER_FAILED', 'TRAINER_UNREACHABLE', 'TRAINER_NOT_READY']);

/**
 * One look at whether the ordered look is usable: waits until it is time, asks for first words, stores what
 * came of it. Asking is a paid step: it is on disk before it is sent and never repeated after a lost answer.
 */
export async function watchStage(
  context: WorkContext,
  order: Order,
  take: Take,
  lease: Lease,
  signal: AbortSignal,
): Promise<Order> {
  const { orders } = context.library;
  if (order.watch === null || order.look === null) throw new StudioError('ORDER_WRONG_STATE');
  await waitUntil(Date.parse(order.watch.nextCheckAt), context, signal);
  if (hasStalled(order.watch, context.watchTimes(order.trainer), context.now())) {
    return orders.transition(order.id, { kind: 'stall', at: context.now().toISOString() });
  }
  const services = await reachServices(context, order).catch((error: unknown) => {
    if (error instanceof StudioError) return error;
    throw error;
  });
  if (services instanceof StudioError) {
    // A key that was removed, or a bucket that is not set up here: the look is trained all the same.
    const watch = planNextCheck(
      order.watch,
      context.watchTimes(order.trainer),
      context.now(),
      stored(services),
    );
    return orders.transition(order.id, { kind: 'not-ready', watch });
  }
  const { trainer, audioUrl } = services;
  const { avatarId } = order.look;

  const requesting = await orders.transition(order.id, {
    kind: 'request-first-words',
    at: context.now().toISOString(),
  });
  const outcome = await context.activities.run(
    { kind: 'first-words', label: take.name, takeId: take.id, orderId: order.id, cancellable: false },
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
): Promise<{ trainer: Trainer; audioUrl: string }> {
  const trainer = await context.trainer(order.trainer, order.takeId);
  if (trainer.accountFingerprint() !== order.account) throw new StudioError('TWIN_OTHER_ACCOUNT');
  const host = await context.host(order.host);
  const voice = order.hosted.voice;
  if (voice === null) throw new StudioError('HOST_FILE_NOT_FOUND');
  return { trainer, audioUrl: await host.addressOf(voice.objectKey) };
}

const isPortrait = (take: Take) =>
  take.media?.video != null && take.media.video.displayHeight > take.media.video.displayWidth;

async function waitUntil(time: number, context: WorkContext, signal: AbortSignal): Promise<void> {
  for (;;) {
    const left = time - context.now().getTime();
    if (signal.aborted) throw new Cancelled();
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
  if (plan === null) throw new StudioError('ORDER_WRONG_STATE');
  if (outcome.kind === 'answered' && outcome.value.kind === 'ready') {
    const ready = await orders.transition(order.id, {
      kind: 'first-words',
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
    return orders.transition(order.id, { kind: 'first-words-lost', at, usd: order.price.firstWordsUsd });
  }
  if (HOPELESS.has(error.code)) {
    return orders.transition(order.id, { kind: 'fail', at, stage: 'first-words', error });
  }
  return orders.transition(order.id, {
    kind: 'not-ready',
    watch: planNextCheck(
      plan,
      context.watchTimes(order.trainer),
      now,
      PASSING.has(error.code) ? null : error,
    ),
  });
}
