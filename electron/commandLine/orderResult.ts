import { stat } from 'node:fs/promises';
import type { ErrorData } from '../../shared/contract.ts';
import { type Order, spentOn } from '../../shared/domain/order.ts';
import { EXIT, type ExitCode } from '../../shared/errors.ts';
import { cliWords } from '../../shared/words/cli.ts';
import type { WorkContext } from '../pipeline/context.ts';
import { orderError } from '../studio/views.ts';
import { exitOf, type Session } from './session.ts';

/** The fields of a result line that tell of one order; each is always there, null while unknown. */
export interface OrderFields {
  readonly takeId: string | null;
  readonly orderId: string | null;
  readonly status: string;
  readonly avatarId: string | null;
  readonly avatarGroupId: string | null;
  readonly consentStatus: string | null;
  readonly masterUrl: string | null;
  readonly firstWordsFile: string | null;
  readonly costUsd: number;
  readonly possibleUsd: number;
}

/** The fields before there is an order. */
export function emptyFields(takeId: string | null, status: string): OrderFields {
  return {
    takeId,
    orderId: null,
    status,
    avatarId: null,
    avatarGroupId: null,
    consentStatus: null,
    masterUrl: null,
    firstWordsFile: null,
    costUsd: 0,
    possibleUsd: 0,
  };
}

/** What became of an order, for programs. */
export async function orderFields(context: WorkContext, order: Order): Promise<OrderFields> {
  const { chargedUsd, possibleUsd } = spentOn(order);
  const { paths } = context.library;
  const file = paths.firstWords(order.id);
  const hasFirstWords = order.firstWords.kind === 'ready' && (await stat(file).catch(() => null)) !== null;
  const { master } = order.hosted;
  return {
    takeId: order.takeId,
    orderId: order.id,
    status: order.firstWords.kind === 'unconfirmed' ? 'unconfirmed' : order.state.kind,
    avatarId: order.look?.avatarId ?? null,
    avatarGroupId: order.look?.avatarGroupId ?? null,
    consentStatus: order.look?.consentStatus ?? null,
    masterUrl:
      master === null || master.removedAt !== null ? null : await addressNow(context, order, master.url),
    firstWordsFile: hasFirstWords ? file : null,
    costUsd: chargedUsd,
    possibleUsd,
  };
}

/** The address as it is now; the practice host's changes with every start. */
async function addressNow(context: WorkContext, order: Order, stored: string): Promise<string> {
  if (order.host !== 'practice' || order.hosted.master === null) return stored;
  const host = await context.host('practice');
  return host.addressOf(order.hosted.master.objectKey);
}

/** How a command ends that was about this order. */
export function orderExit(order: Order): { exit: ExitCode; error?: ErrorData } {
  const error = orderError(order);
  if (error !== null) return { exit: exitOf(error.code), error };
  return { exit: order.state.kind === 'cancelled' ? EXIT.CANCELLED : EXIT.OK };
}

/** The result for people: what they will need next, one to a line. */
export function printOrder(session: Session, context: WorkContext, order: Order, fields: OrderFields): void {
  const { output } = session;
  const { lines, noConsentAsked } = cliWords.result;
  if (order.state.kind === 'ready') output.print(cliWords.result.ready(order.lookName));
  if (order.state.kind === 'training') output.print(cliWords.result.training(order.id));
  const rows: [string, string | null][] = [
    [lines.avatarId, fields.avatarId],
    [lines.avatarGroupId, fields.avatarGroupId],
    [lines.consentStatus, fields.consentStatus === 'skipped' ? noConsentAsked : fields.consentStatus],
    [lines.firstWordsFile, fields.firstWordsFile],
    // The practice host's address ends with this command.
    [lines.masterUrl, order.host === 'practice' ? null : fields.masterUrl],
    [lines.costUsd, `$${fields.costUsd.toFixed(2)}`],
    [lines.possibleUsd, fields.possibleUsd > 0 ? `$${fields.possibleUsd.toFixed(2)}` : null],
    [lines.take, fields.takeId],
    [lines.order, fields.orderId],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  for (const [name, value] of rows) {
    if (value !== null) output.print(`  ${name.padEnd(width)}  ${value}`);
  }
  output.print(cliWords.result.files(context.library.paths.root));
}
