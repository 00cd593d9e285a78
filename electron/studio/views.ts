import { stat } from 'node:fs/promises';
import type { CallOutput, ErrorData } from '../../shared/contract.ts';
import type { OrderId, TakeId, TwinId } from '../../shared/domain/ids.ts';
import { isUnfinished, needsPerson, type Order, spentOn } from '../../shared/domain/order.ts';
import {
  decisionCode,
  type OrderSummary,
  type TakeSummary,
  takeStateOf,
} from '../../shared/domain/summary.ts';
import { ERRORS, type ErrorCode, isErrorCode, type StudioError } from '../../shared/errors.ts';
import { errorSentence } from '../../shared/words/errors.ts';
import type { Library } from '../library/library.ts';
import type { OrderEntry } from '../library/orderStore.ts';
import type { TakeEntry } from '../library/takeStore.ts';
import type { WorkContext } from '../pipeline/context.ts';
import { findMaster } from '../pipeline/prepareStage.ts';

/** An error of the catalogue as data for people. */
export function errorData(error: StudioError): ErrorData {
  return {
    code: error.code,
    message: errorSentence(error.code, error.details),
    retry: ERRORS[error.code].retry,
  };
}

function plainErrorData(code: ErrorCode): ErrorData {
  return { code, message: errorSentence(code), retry: ERRORS[code].retry };
}

/** An order for lists. */
export function orderSummary(order: OrderEntry): OrderSummary {
  const { chargedUsd, possibleUsd } = spentOn(order);
  return {
    id: order.id,
    takeId: order.takeId,
    lookName: order.lookName,
    trainer: order.trainer,
    createdAt: order.createdAt,
    state: order.state,
    firstWords: order.firstWords,
    avatarId: order.look?.avatarId ?? null,
    avatarGroupId: order.look?.avatarGroupId ?? null,
    chargedUsd,
    possibleUsd,
  };
}

const newestFirst = (a: { createdAt: string }, b: { createdAt: string }) =>
  b.createdAt.localeCompare(a.createdAt);

/** Orders of every take, newest first. */
function ordersByTake(library: Library): Map<TakeId, OrderSummary[]> {
  const byTake = new Map<TakeId, OrderSummary[]>();
  for (const order of library.orders.index.values().map(orderSummary).sort(newestFirst)) {
    const list = byTake.get(order.takeId);
    if (list === undefined) byTake.set(order.takeId, [order]);
    else list.push(order);
  }
  return byTake;
}

function takeSummary(take: TakeEntry, orders: readonly OrderSummary[]): TakeSummary {
  const { id, name, createdAt, durationSeconds, hasPoster } = take;
  const { turn } = take.review.mends;
  return { id, name, createdAt, durationSeconds, hasPoster, turn, state: takeStateOf(take, orders) };
}

/** All takes, newest first, and how many orders go on. Answered from memory: no file is opened. */
export function listTakes(library: Library): CallOutput<'listTakes'> {
  const orders = ordersByTake(library);
  return {
    takes: library.takes.index
      .values()
      .map((take) => takeSummary(take, orders.get(take.id) ?? []))
      .sort(newestFirst),
    ordersOnTheirWay: library.orders.index
      .values()
      .filter((order) => isUnfinished(order.state) && !needsPerson(order)).length,
  };
}

const exists = (file: string) =>
  stat(file).then(
    () => true,
    () => false,
  );

/** Everything a take's page shows. @throws StudioError TAKE_NOT_FOUND */
export async function describeTake(library: Library, takeId: TakeId): Promise<CallOutput<'getTake'>> {
  const take = await library.takes.read(takeId);
  const orders = ordersByTake(library).get(takeId) ?? [];
  return {
    take,
    state: takeStateOf(take, orders),
    report: await library.takes.readReport(takeId),
    orders,
    sourcePresent: await exists(library.takes.sourceFile(take)),
    hasPoster: await exists(library.paths.poster(takeId)),
  };
}

/** Everything an order's page shows. @throws StudioError ORDER_NOT_FOUND */
export async function describeOrder(context: WorkContext, orderId: OrderId): Promise<CallOutput<'getOrder'>> {
  const { library } = context;
  const order = await library.orders.read(orderId);
  const twin = order.twin;
  const twinName =
    twin.kind === 'new' ? twin.name : (library.twins.index.get(twin.twinId)?.name ?? order.lookName);
  const master = await findMaster(context, order.takeId, order.recipe);
  return {
    order,
    twinName,
    error: orderError(order),
    ...spentOn(order),
    prepared:
      master === null
        ? null
        : {
            videoCopied: master.videoCopied,
            audioCopied: master.audioCopied,
            sizeBytes: master.sizeBytes,
          },
  };
}

/** What is the matter with an order, if anything: for people and for the command line. */
export function orderError(order: Pick<Order, 'state' | 'firstWords' | 'watch'>): ErrorData | null {
  if (needsPerson(order)) {
    const code = decisionCode(order);
    return isErrorCode(code) ? plainErrorData(code) : null;
  }
  const error = order.state.kind === 'failed' ? order.state.error : order.watch?.lastError;
  if (error == null || order.state.kind === 'ready') return null;
  return { ...error, retry: isErrorCode(error.code) ? ERRORS[error.code].retry : 'never' };
}

/** All twins, by name. */
export function listTwins(library: Library): CallOutput<'listTwins'> {
  const orders = library.orders.index.values();
  const training = new Set(
    orders.filter((order) => order.state.kind === 'training').map((order) => order.look?.avatarGroupId),
  );
  return {
    twins: library.twins.index
      .values()
      // One that was named for an order that was then refused has nothing to show.
      .filter((twin) => twin.looks.length > 0)
      .map((twin) => {
        const takeId = twin.looks.at(-1)?.takeId ?? null;
        return {
          id: twin.id,
          name: twin.name,
          trainer: twin.trainer,
          avatarGroupId: twin.avatarGroupId,
          looks: twin.looks.length,
          training: training.has(twin.avatarGroupId),
          takeId,
          turn: takeId === null ? 0 : (library.takes.index.get(takeId)?.review.mends.turn ?? 0),
        };
      })
      .sort((a, b) => a.name.localeCompare(b.name)),
  };
}

/** Everything a twin's page shows. @throws StudioError TWIN_NOT_FOUND */
export async function describeTwin(library: Library, twinId: TwinId): Promise<CallOutput<'getTwin'>> {
  const twin = await library.twins.read(twinId);
  const entries = library.orders.index
    .values()
    .filter(
      (order) =>
        order.trainer === twin.trainer &&
        order.account === twin.account &&
        (order.look?.avatarGroupId === twin.avatarGroupId ||
          (order.twin.kind === 'existing' && order.twin.twinId === twinId)),
    )
    .sort(newestFirst);
  const orders = await Promise.all(entries.map((entry) => library.orders.read(entry.id)));
  const spent = spentOn({ spending: orders.flatMap((order) => order.spending) });
  const takes = Object.fromEntries(
    entries.flatMap(({ takeId }) => {
      const take = library.takes.index.get(takeId);
      return take ? [[takeId, { name: take.name, turn: take.review.mends.turn }]] : [];
    }),
  );
  return {
    twin,
    ...spent,
    orders: entries.map(orderSummary),
    consents: orders.map((order) => order.consent),
    takes,
  };
}
