import { spentOn } from '../../shared/domain/order.ts';
import type { OrderSummary, TakeSummary } from '../../shared/domain/summary.ts';
import { LOOKS_PER_TWIN } from '../../shared/domain/twin.ts';
import { EXIT } from '../../shared/errors.ts';
import { wholeLength } from '../../shared/words/appNumbers.ts';
import { orderWords } from '../../shared/words/appOrder.ts';
import { cliWords } from '../../shared/words/cli.ts';
import { listTakes, listTwins, orderSummary } from '../studio/views.ts';
import type { CommandEnd, Session } from './session.ts';

/** Lists takes and orders, and what was spent. */
export async function statusCommand(session: Session): Promise<CommandEnd> {
  const { output } = session;
  const { context } = await session.engine();
  const { takes } = listTakes(context.library);
  const orders = context.library.orders.index.values();
  for (const take of takes) output.event({ event: 'take', ...take });
  for (const order of orders) output.event({ event: 'order', ...orderSummary(order) });
  const problems = context.library.problems();
  for (const problem of problems) output.event({ event: 'problem', code: problem.code, ...problem.details });
  const spent = spentOn({ spending: orders.flatMap((order) => order.spending) });

  if (takes.length === 0) output.print(cliWords.status.empty);
  const { columns } = cliWords.status;
  const rows = takes.map((take) => [
    take.id,
    take.name,
    take.durationSeconds === null ? '' : wholeLength(take.durationSeconds),
    stateText(take, orders),
  ]);
  if (rows.length > 0)
    printTable(session, [[columns.take, columns.name, columns.length, columns.state], ...rows]);
  if (orders.length > 0) printOrders(session, orders.map(orderSummary));
  output.print(cliWords.status.totals(takes.length, orders.length, spent.chargedUsd, spent.possibleUsd));
  return {
    exit: EXIT.OK,
    fields: {
      status: 'listed',
      library: session.libraryDir,
      takes: takes.length,
      orders: orders.length,
      costUsd: spent.chargedUsd,
      possibleUsd: spent.possibleUsd,
      problems: problems.length,
    },
  };
}

/** The best news first: a look that is usable stays so, whatever becomes of a later order. */
export function stateText(
  { id, state }: Pick<TakeSummary, 'id' | 'state'>,
  orders: readonly Pick<OrderSummary, 'id' | 'takeId' | 'state'>[],
): string {
  const { states, besideUsable } = cliWords.status;
  const { kind } = state;
  if (kind !== 'on-its-way' && kind !== 'needs-you' && kind !== 'order-failed') return states[kind];
  const isUsable = orders.some(
    (order) => order.takeId === id && order.state.kind === 'ready' && order.id !== state.orderId,
  );
  return isUsable ? besideUsable[kind] : states[kind];
}

function printOrders(session: Session, orders: readonly OrderSummary[]): void {
  const { orderColumns: columns } = cliWords.status;
  const rows = [...orders]
    .sort((a, b) => b.createdAt.localeCompare(a.createdAt))
    .map((order) => [
      order.id,
      order.lookName,
      orderWords.states[order.state.kind],
      `$${order.chargedUsd.toFixed(2)}`,
    ]);
  session.output.print('');
  printTable(session, [[columns.order, columns.look, columns.state, columns.paid], ...rows]);
}

/** Lists twins with their looks. */
export async function twinsCommand(session: Session): Promise<CommandEnd> {
  const { output } = session;
  const { context } = await session.engine();
  const { twins } = listTwins(context.library);
  if (twins.length === 0) output.print(cliWords.twins.empty);
  for (const twin of twins) {
    const looks = (await context.library.twins.read(twin.id)).looks;
    output.event({ event: 'twin', ...twin, looks });
    output.print(cliWords.twins.line(twin.name, twin.trainer, looks.length, LOOKS_PER_TWIN));
    output.print(`  ${cliWords.result.lines.avatarGroupId}  ${twin.avatarGroupId}`);
    for (const look of looks)
      output.print(`  ${cliWords.result.lines.avatarId}  ${look.avatarId}  ${look.name}`);
  }
  if (twins.some(({ trainer }) => trainer !== 'practice')) output.print(cliWords.twins.deletion);
  return { exit: EXIT.OK, fields: { status: 'listed', twins: twins.length } };
}

function printTable(session: Session, rows: readonly (readonly string[])[]): void {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  for (const row of rows) {
    session.output.print(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  }
}
