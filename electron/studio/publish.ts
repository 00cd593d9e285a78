import { type Edit, NO_EDIT } from '../../shared/domain/edit.ts';
import type { OrderId, TakeId } from '../../shared/domain/ids.ts';
import {
  type Consent,
  ORDER_SCHEMA_VERSION,
  type Order,
  type Price,
  type TwinChoice,
  totalUsd,
  transitionOrder,
} from '../../shared/domain/order.ts';
import type { Take } from '../../shared/domain/take.ts';
import type { HostKind, TrainerKind } from '../../shared/domain/twin.ts';
import { StudioError } from '../../shared/errors.ts';
import { editOf } from '../../shared/quality/edit.ts';
import { planMaster, recipeOf } from '../media/recipe.ts';
import type { WorkContext } from '../pipeline/context.ts';
import { requireChecked, requireRoomInTwin } from '../pipeline/orderGuards.ts';
import { beginWatch } from '../pipeline/watchTimes.ts';
import type { Trainer } from '../trainers/trainer.ts';
import { orderIdOf, orderKey } from './orderKey.ts';

/** What is to be ordered. */
export interface OrderWish {
  readonly takeId: TakeId;
  readonly host: HostKind;
  readonly trainer: TrainerKind;
  readonly twin: TwinChoice;
  readonly lookName: string;
}

/** A person's agreement to an order. */
export interface OrderConfirmation {
  readonly consent: Consent;
  /** The price the person saw; refused when it is no longer the price. */
  readonly confirmedPrice: Price;
  /** The most that may be spent, training and first words together. */
  readonly maxUsd?: number;
}

/** A wish that nothing stands in the way of. */
interface Orderable {
  readonly take: Take;
  readonly edit: Edit;
  readonly trainer: Trainer;
  readonly recipe: string;
  readonly key: string;
  readonly orderId: OrderId;
}

/**
 * Looks for everything that stands in the way of an order, before anything is prepared, sent or paid.
 * @throws StudioError the first obstacle
 */
export async function requireOrderable(context: WorkContext, wish: OrderWish): Promise<Orderable> {
  if (wish.host === 'practice' && wish.trainer !== 'practice')
    throw new StudioError('PRACTICE_HOST_REAL_TRAINER');
  const take = await context.library.takes.read(wish.takeId);
  if (take.check.kind !== 'checked') throw new StudioError('CHECK_MISSING');
  const edit = await editOfTake(context, take);
  await requireChecked(context, take, edit);
  const trainer = await context.trainer(wish.trainer);
  await context.host(wish.host);
  const account = trainer.accountFingerprint();
  if (take.media === null) throw new StudioError('CHECK_MISSING');
  const recipe = recipeOf(planMaster(take.media, edit));
  const key = orderKey({
    sourceSha256: take.source.sha256,
    recipe,
    trim: edit.cut,
    trainer: wish.trainer,
    account,
    twin: wish.twin,
    lookName: wish.lookName,
  });
  const orderId = orderIdOf(key);
  await requireRoomInTwin(context, wish.twin, wish.trainer, account, orderId);
  return { take, edit, trainer, recipe, key, orderId };
}

/**
 * What the person has chosen of the take and for it, with its figures.
 * @throws StudioError CHECK_MISSING when something was chosen and there is nothing to take the figures from
 */
async function editOfTake(context: WorkContext, take: Take): Promise<Edit> {
  const { trim, mends } = take.review;
  if (trim === null && Object.values(mends).every((chosen) => !chosen)) return NO_EDIT;
  const observations = await context.library.takes.readObservations(take.id);
  if (observations === null) throw new StudioError('CHECK_MISSING');
  return editOf(observations, take.review);
}

/**
 * Turns a confirmed wish into an order, or finds the one that is there: the same order is not made twice.
 * One that failed or was cancelled before anything was paid is taken up again.
 * @throws StudioError what stands in the way; PRICE_CHANGED, PRICE_OVER_MAXIMUM
 */
export async function publish(
  context: WorkContext,
  wish: OrderWish,
  confirmation: OrderConfirmation,
): Promise<Order> {
  const { take, edit, trainer, recipe, key, orderId } = await requireOrderable(context, wish);
  const { price } = trainer;
  const usd = totalUsd(price).toFixed(2);
  if (price.trainingUsd !== confirmation.confirmedPrice.trainingUsd)
    throw new StudioError('PRICE_CHANGED', { usd });
  if (price.firstWordsUsd > confirmation.confirmedPrice.firstWordsUsd)
    throw new StudioError('PRICE_CHANGED', { usd });
  if (confirmation.maxUsd !== undefined && totalUsd(price) > confirmation.maxUsd) {
    throw new StudioError('PRICE_OVER_MAXIMUM', { usd, maxUsd: confirmation.maxUsd });
  }
  const now = context.now().toISOString();
  const created = await context.library.orders.create({
    schemaVersion: ORDER_SCHEMA_VERSION,
    revision: 0,
    id: orderId,
    key,
    createdAt: now,
    updatedAt: now,
    takeId: take.id,
    lookName: wish.lookName,
    twin: wish.twin,
    host: wish.host,
    trainer: wish.trainer,
    account: trainer.accountFingerprint(),
    recipe,
    edit,
    consent: confirmation.consent,
    price: { ...price, confirmedAt: now },
    state: { kind: 'queued' },
    firstWords: { kind: 'none' },
    requests: { training: 0, firstWords: 0 },
    look: null,
    watch: null,
    hosted: { master: null, voice: null },
    spending: [],
  });
  const order = await context.library.orders.read(orderId);
  return created ? order : takeUpAgain(context, order, wish.host, price, confirmation);
}

/** Nothing has been paid for it, so what is agreed to now is what counts. */
async function takeUpAgain(
  context: WorkContext,
  order: Order,
  host: HostKind,
  price: Price,
  { consent }: OrderConfirmation,
): Promise<Order> {
  const { state } = order;
  // Ordering it anew would pay again; watching on is a decision of its own.
  if (state.kind === 'failed' && state.paid) throw new StudioError('ORDER_ALREADY_REQUESTED');
  if (state.kind !== 'cancelled' && state.kind !== 'failed') return order;
  const watch = beginWatch(context.watchTimes(order.trainer), context.now());
  return context.library.orders.update(order.id, (current) => {
    const progress = transitionOrder(current, { kind: 'resume', watch });
    if (progress === null) return null;
    const confirmedAt = context.now().toISOString();
    return { ...current, ...progress, host, consent, price: { ...price, confirmedAt } };
  });
}
