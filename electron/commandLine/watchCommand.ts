import { type OrderId, OrderIdSchema } from '../../shared/domain/ids.ts';
import { isUnfinished } from '../../shared/domain/order.ts';
import { StudioError } from '../../shared/errors.ts';
import { cliWords } from '../../shared/words/cli.ts';
import { runOrder } from '../pipeline/orderRunner.ts';
import { orderExit, orderFields, printOrder } from './orderResult.ts';
import { type CommandEnd, type Session, worstExit } from './session.ts';

/** Follows orders, all unfinished ones when none is named, until their looks are usable. */
export async function watchCommand(session: Session, ids: readonly string[]): Promise<CommandEnd> {
  const { output, signal } = session;
  const { context } = await session.engine();
  const named = ids.map((id): OrderId => {
    const parsed = OrderIdSchema.safeParse(id);
    if (!parsed.success) throw new StudioError('ORDER_NOT_FOUND');
    return parsed.data;
  });
  const unfinished = context.library.orders.index
    .values()
    .filter((order) => isUnfinished(order.state))
    .map((order) => order.id);
  const followed = named.length > 0 ? named : unfinished;
  if (followed.length === 0) output.talk(cliWords.watch.nothing);
  const ends = await Promise.all(
    followed.map(async (id) => {
      const order = await runOrder(context, id, { signal, until: 'trouble' });
      const fields = await orderFields(context, order);
      const end = orderExit(order);
      output.event({ event: 'order', ...fields, ...(end.error === undefined ? {} : { error: end.error }) });
      printOrder(session, context, order, fields);
      return { fields, ...end };
    }),
  );
  const exit = worstExit(ends.map((end) => end.exit));
  const error = ends.find((end) => end.error !== undefined && end.exit === exit)?.error;
  return {
    exit,
    fields: { status: error === undefined ? 'done' : 'failed', orders: ends.map((end) => end.fields) },
    ...(error === undefined ? {} : { error }),
  };
}
