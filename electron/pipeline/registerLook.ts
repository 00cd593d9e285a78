import type { Order } from '../../shared/domain/order.ts';
import { StudioError } from '../../shared/errors.ts';
import type { Library } from '../library/library.ts';
import type { WorkContext } from './context.ts';

/** Adds an order's look to its twin, making the twin where it is new. Doing it twice changes nothing. */
export async function registerLook(library: Library, order: Order): Promise<void> {
  if (order.look === null) return;
  // Needed only where the twin has to be made; a record that broke or went must not lose a look that is paid.
  const name =
    order.twin.kind === 'new'
      ? order.twin.name
      : (library.twins.index.get(order.twin.twinId)?.name ?? order.lookName);
  await library.twins.addLook(
    { name, trainer: order.trainer, account: order.account, avatarGroupId: order.look.avatarGroupId },
    {
      avatarId: order.look.avatarId,
      name: order.lookName,
      orderId: order.id,
      takeId: order.takeId,
      orderedAt: order.createdAt,
    },
  );
}

/**
 * Registers a look; a twin that cannot be written keeps nobody from watching what was paid for. It is tried again
 * at the next start.
 */
export async function tryRegisterLook(context: WorkContext, order: Order): Promise<void> {
  try {
    await registerLook(context.library, order);
  } catch (error) {
    if (!(error instanceof StudioError)) throw error;
    await context.log.write(order.takeId, {
      what: 'look not registered',
      orderId: order.id,
      code: error.code,
    });
  }
}
