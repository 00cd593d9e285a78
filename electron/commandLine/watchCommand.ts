import type { ErrorData } from '../../shared/contract.ts';
import { type OrderId, OrderIdSchema } from '../../shared/domain/ids.ts';
import { isUnfinished, type Order } from '../../shared/domain/order.ts';
import { Cancelled, type ExitCode, StudioError } from '../../shared/errors.ts';
import { cliWords } from '../../shared/words/cli.ts';
import type { WorkContext } from '../pipeline/context.ts';
import { runOrder } from '../pipeline/orderRunner.ts';
import { emptyFields, type OrderFields, orderExit, orderFields, printOrder } from './orderResult.ts';
import { asErrorData, type CommandEnd, exitOf, type Session, worstExit } from './session.ts';

/**
 * Follows orders, all unfinished ones when none is named, until their looks are usable. What is wrong with one
 * of them is told in its own fields and ends none of the others.
 */
export async function watchCommand(session: Session, ids: readonly string[]): Promise<CommandEnd> {
  const { output } = session;
  const { context } = await session.engine();
  const unfinished = context.library.orders.index
    .values()
    .filter((order) => isUnfinished(order.state))
    .map((order) => order.id);
  const followed = ids.length > 0 ? ids : unfinished;
  if (followed.length === 0) output.talk(cliWords.watch.nothing);
  // Of one alone, the end of the command says what is wrong.
  const tellTrouble = (id: string, message: string): void => {
    if (followed.length > 1) output.talk(cliWords.watch.failed(id, message));
  };
  const settled = await Promise.allSettled(
    followed.map((id) => followOrder(session, context, id, tellTrouble)),
  );
  const ends = settled.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
  const exit = worstExit(ends.map((end) => end.exit));
  const error = ends.find((end) => end.error !== undefined && end.exit === exit)?.error;
  return {
    exit,
    fields: {
      status: error === undefined ? 'done' : 'failed',
      orders: ends.map(({ fields, error: own }) => ({ ...fields, ...errorField(own) })),
    },
    ...(error === undefined ? {} : { error }),
  };
}

interface OrderEnd {
  readonly fields: OrderFields;
  readonly exit: ExitCode;
  readonly error?: ErrorData;
}

async function followOrder(
  session: Session,
  context: WorkContext,
  id: string,
  tellTrouble: (id: string, message: string) => void,
): Promise<OrderEnd> {
  const { output, signal } = session;
  try {
    const order = await runOrder(context, orderIdOf(id), { signal, until: 'trouble' });
    const fields = await orderFields(context, order);
    const end = orderExit(order);
    output.event({ event: 'order', ...fields, ...errorField(end.error) });
    printOrder(session, context, order, fields);
    return { fields, ...end };
  } catch (error) {
    if (error instanceof Cancelled) throw error;
    const data = asErrorData(error);
    const order = await readOrder(context, id);
    const fields =
      order === null ? { ...emptyFields(null, 'failed'), orderId: id } : await orderFields(context, order);
    output.event({ event: 'order', ...fields, ...errorField(data) });
    tellTrouble(id, data.message);
    return { fields, exit: exitOf(data.code), error: data };
  }
}

function orderIdOf(id: string): OrderId {
  const parsed = OrderIdSchema.safeParse(id);
  if (!parsed.success) throw new StudioError('ORDER_NOT_FOUND');
  return parsed.data;
}

/** The order as it is on disk, or null when it cannot be read. */
function readOrder(context: WorkContext, id: string): Promise<Order | null> {
  const parsed = OrderIdSchema.safeParse(id);
  return parsed.success ? context.library.orders.read(parsed.data).catch(() => null) : Promise.resolve(null);
}

const errorField = (error: ErrorData | undefined) =>
  error === undefined ? {} : { error: { code: error.code, message: error.message } };
