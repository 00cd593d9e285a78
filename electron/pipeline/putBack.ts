import type { OrderId } from '../../shared/domain/ids.ts';
import { isUnfinished, type Order } from '../../shared/domain/order.ts';
import type { WorkContext } from './context.ts';
import { settleClaim } from './paidStep.ts';
import { tryRegisterLook } from './registerLook.ts';
import { beginWatch, planNextCheck } from './watchTimes.ts';

/**
 * Brings an order back to where it can go on. To be called by whoever holds its lease: a state that says that
 * somebody is at work was then left by a process that is gone, or by one that slept and has lost its lease.
 */
export async function putBack(context: WorkContext, id: OrderId): Promise<Order> {
  const order = await context.library.orders.read(id);
  if (order.state.kind === 'ordering') return settleTraining(context, order, order.state.request);
  if (order.firstWords.kind === 'requesting')
    return settleFirstWords(context, order, order.firstWords.request);
  if (order.state.kind === 'training') {
    // Its look may be missing in the twin when the program died between the two writes.
    await tryRegisterLook(context, order);
    return order;
  }
  if (order.state.kind === 'queued' || !isUnfinished(order.state)) return order;
  return interrupt(context, order, false);
}

async function settleTraining(context: WorkContext, order: Order, request: number): Promise<Order> {
  const { orders } = context.library;
  const found = await settleClaim(orders, order, 'training', request);
  if (!found.sent || !found.answer?.look) return interrupt(context, order, found.sent);
  const { look, usd, at } = found.answer;
  const watch = beginWatch(context.watchTimes(order.trainer), context.now());
  const ordered = await orders.transition(order.id, { kind: 'ordered', request, at, look, usd, watch });
  await tryRegisterLook(context, ordered);
  return ordered;
}

async function settleFirstWords(context: WorkContext, order: Order, request: number): Promise<Order> {
  const { orders } = context.library;
  const found = await settleClaim(orders, order, 'first-words', request);
  if (!found.sent || found.answer === null || order.watch === null) {
    return interrupt(context, order, found.sent);
  }
  const { file, usd, at } = found.answer;
  if (file !== null) return orders.transition(order.id, { kind: 'first-words', request, at, file, usd });
  const watch = planNextCheck(order.watch, context.watchTimes(order.trainer), context.now(), null);
  return orders.transition(order.id, { kind: 'not-ready', watch });
}

function interrupt(context: WorkContext, order: Order, sent: boolean): Promise<Order> {
  const at = context.now().toISOString();
  return context.library.orders.transition(order.id, { kind: 'interrupted', at, price: order.price, sent });
}
