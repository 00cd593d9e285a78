import type { Order } from '../../shared/domain/order.ts';
import { StudioError } from '../../shared/errors.ts';
import type { Lease } from '../library/lease.ts';
import type { Claim, OrderStore, PaidStep } from '../library/orderStore.ts';
import { POSSIBLY_CHARGED } from '../trainers/trainer.ts';
import type { WorkContext } from './context.ts';
import { beginWatch } from './watchTimes.ts';

/** How a paid request ended. */
export type PaidOutcome<T> =
  | { readonly kind: 'answered'; readonly value: T }
  /** The trainer said no, and charged nothing. */
  | { readonly kind: 'refused'; readonly error: StudioError }
  /** It may have been charged; only a person can tell. */
  | { readonly kind: 'lost'; readonly error: StudioError };

/**
 * Sends one paid request, at most once over all processes and machines that share the library.
 * The order must already say on disk that it is being requested (`ordering`, `requesting`).
 * @param answerOf what of the answer must not be lost; kept beside the claim before anything else happens.
 * @throws StudioError LEASE_LOST when somebody else took the order over, before anything was sent.
 */
export async function sendOnce<T>(
  context: WorkContext,
  order: Order,
  step: PaidStep,
  request: number,
  lease: Lease,
  send: () => Promise<T>,
  answerOf: (value: T) => Claim['answer'],
): Promise<PaidOutcome<T>> {
  const { orders } = context.library;
  if (!(await lease.isHeld())) throw new StudioError('LEASE_LOST');
  if (!(await orders.claim(order.id, step, request))) throw new StudioError('LEASE_LOST');
  let value: T;
  try {
    value = await send();
  } catch (error) {
    // An error we do not know says nothing about whether the request arrived.
    const known =
      error instanceof StudioError ? error : new StudioError('TRAINER_ANSWER_LOST', {}, { cause: error });
    await context.log.write(order.takeId, {
      what: `${step} failed`,
      orderId: order.id,
      code: known.code,
      ...known.details,
    });
    const possiblyCharged: readonly string[] = POSSIBLY_CHARGED;
    return { kind: possiblyCharged.includes(known.code) ? 'lost' : 'refused', error: known };
  }
  await orders.recordAnswer(order.id, step, request, answerOf(value)).catch((error: unknown) =>
    // The order itself is written next; this copy only covers a crash in between.
    context.log.write(order.takeId, { what: 'answer not kept', orderId: order.id, error: String(error) }),
  );
  return { kind: 'answered', value };
}

/**
 * Finds out what became of a request whose process is gone.
 * Claiming it ourselves proves that it was never sent, and keeps a process that only slept from sending it now.
 */
export async function settleClaim(
  orders: OrderStore,
  order: Order,
  step: PaidStep,
  request: number,
): Promise<{ sent: false } | { sent: true; answer: Claim['answer'] }> {
  if (await orders.claim(order.id, step, request, true)) return { sent: false };
  const claim = await orders.readClaim(order.id, step, request);
  if (claim?.void === true) return { sent: false };
  return { sent: true, answer: claim?.answer ?? null };
}

/**
 * Takes up an answer that came after its order had been given up for lost: it lies beside the claim. Asked before
 * anybody is told that an order is unconfirmed, and before anybody decides about it.
 */
export async function takeUpLateAnswer(context: WorkContext, order: Order): Promise<Order> {
  const { orders } = context.library;
  if (order.state.kind === 'unconfirmed') {
    const { request } = order.state;
    const answer = (await orders.readClaim(order.id, 'training', request))?.answer;
    if (answer?.look == null) return order;
    const { look, usd, at } = answer;
    const watch = beginWatch(context.watchTimes(order.trainer), context.now());
    return orders.transition(order.id, { kind: 'ordered', request, at, look, usd, watch });
  }
  if (order.firstWords.kind === 'unconfirmed') {
    const { request } = order.firstWords;
    const answer = (await orders.readClaim(order.id, 'first-words', request))?.answer;
    if (answer?.file == null) return order;
    const { file, usd, at } = answer;
    return orders.transition(order.id, { kind: 'first-words', request, at, file, usd });
  }
  return order;
}
