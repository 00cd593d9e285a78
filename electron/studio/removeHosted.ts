import type { OrderId } from '../../shared/domain/ids.ts';
import { isUnfinished, needsPerson, type Order } from '../../shared/domain/order.ts';
import { StudioError } from '../../shared/errors.ts';
import type { WorkContext } from '../pipeline/context.ts';

/**
 * Removes an order's files from the host, once nobody needs them any more, and notes when.
 * @throws StudioError ORDER_WRONG_STATE while the order needs them; HOST_*
 */
export async function removeHosted(context: WorkContext, id: OrderId, signal: AbortSignal): Promise<Order> {
  const { orders } = context.library;
  const order = await orders.read(id);
  if (isUnfinished(order.state) || needsPerson(order)) {
    throw new StudioError('ORDER_WRONG_STATE', { state: order.state.kind });
  }
  const host = await context.host(order.host);
  for (const what of ['master', 'voice'] as const) {
    const file = order.hosted[what];
    if (file === null || file.removedAt !== null) continue;
    await host.remove(file.objectKey, signal);
    const removedAt = context.now().toISOString();
    await orders.update(id, (current) => {
      const hosted = current.hosted[what];
      return hosted === null
        ? null
        : { ...current, hosted: { ...current.hosted, [what]: { ...hosted, removedAt } } };
    });
  }
  return orders.read(id);
}
