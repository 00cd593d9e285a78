import type { CallInput } from '../../shared/contract.ts';
import type { OrderId } from '../../shared/domain/ids.ts';
import type { Order, OrderEvent } from '../../shared/domain/order.ts';
import type { TrainerKind } from '../../shared/domain/twin.ts';
import type { WorkContext } from '../pipeline/context.ts';
import { takeUpLateAnswer } from '../pipeline/paidStep.ts';
import { tryRegisterLook } from '../pipeline/registerLook.ts';
import { beginWatch } from '../pipeline/watchTimes.ts';

/** What a person can say about an order that only a person can resolve. */
export type Decision = CallInput<'resolveOrder'>['answer'];

/**
 * Cancels an order that has cost nothing yet. Whatever process works on it notices.
 * @throws StudioError ORDER_WRONG_STATE once it is being paid
 */
export async function cancelOrder(context: WorkContext, id: OrderId): Promise<Order> {
  return context.library.orders.transition(id, { kind: 'cancel', at: context.now().toISOString() });
}

/**
 * Takes up an order that was cancelled, failed before it was paid, or stalled.
 * @throws StudioError ORDER_WRONG_STATE
 */
export async function resumeOrder(context: WorkContext, id: OrderId): Promise<Order> {
  const { trainer } = await context.library.orders.read(id);
  const watch = beginWatch(context.watchTimes(trainer), context.now());
  return context.library.orders.transition(id, { kind: 'resume', watch });
}

/**
 * Does what a person decided about an unconfirmed or stalled order.
 * @throws StudioError ORDER_WRONG_STATE when there is nothing of that kind to decide
 */
export async function decideOrder(context: WorkContext, id: OrderId, decision: Decision): Promise<Order> {
  const found = await context.library.orders.read(id);
  // The answer may have come after all: then there is nothing left to decide, and nothing is paid again.
  const current = await takeUpLateAnswer(context, found);
  if (current.revision !== found.revision) return current;
  const order = await context.library.orders.transition(id, eventOf(context, found.trainer, decision));
  if (decision.kind === 'found') await tryRegisterLook(context, order);
  await context.log.write(order.takeId, { what: 'decided', orderId: id, decision: decision.kind });
  return order;
}

function eventOf(context: WorkContext, trainer: TrainerKind, decision: Decision): OrderEvent {
  const at = context.now().toISOString();
  const watch = beginWatch(context.watchTimes(trainer), context.now());
  switch (decision.kind) {
    case 'found':
      return {
        kind: 'resolve-found',
        at,
        watch,
        look: {
          avatarId: decision.avatarId,
          avatarGroupId: decision.avatarGroupId,
          consentStatus: 'unknown',
        },
      };
    case 'order-again':
      return { kind: 'resolve-order-again' };
    case 'accept-usable':
      return { kind: 'accept-usable', at };
    case 'ask-first-words-again':
      return { kind: 'ask-first-words-again', watch };
    case 'go-on-watching':
      return { kind: 'resume', watch };
  }
}
