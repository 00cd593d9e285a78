import type { OrderId, TakeId } from '../../shared/domain/ids.ts';
import {
  isUnfinished,
  type Order,
  type OrderStage,
  spentOn,
  stageOf,
  totalUsd,
} from '../../shared/domain/order.ts';
import type { Take } from '../../shared/domain/take.ts';
import { Cancelled, StudioError } from '../../shared/errors.ts';
import { type Lease, tryLease } from '../library/lease.ts';
import type { Trainer, TrainingAnswer } from '../trainers/trainer.ts';
import type { ActivityKind, RunningActivity } from './activities.ts';
import type { WorkContext } from './context.ts';
import { requireChecked, requireRoomInTwin } from './orderGuards.ts';
import { type PaidOutcome, sendOnce, takeUpLateAnswer } from './paidStep.ts';
import { pause } from './pause.ts';
import { prepareStage } from './prepareStage.ts';
import { putBack } from './putBack.ts';
import { tryRegisterLook } from './registerLook.ts';
import { stored } from './storedError.ts';
import { failureFacts } from './takeLog.ts';
import { uploadStage, verifyStage } from './uploadStage.ts';
import { watchStage } from './watchStage.ts';
import { beginWatch } from './watchTimes.ts';

/** How often to look at an order that another process works on, milliseconds. */
const FOLLOW_MS = 500;

/** How often to look whether somebody else, in another window or command, cancelled the order, milliseconds. */
const LOOK_FOR_CANCEL_MS = 1_000;

const ACTIVITY_OF = {
  prepare: 'prepare',
  upload: 'upload',
  verify: 'verify',
  train: 'train',
  'first-words': 'first-words',
} as const satisfies Record<OrderStage, ActivityKind>;

export interface RunOptions {
  readonly signal: AbortSignal;
  /**
   * `ordered` returns as soon as the training is paid, `end` when the order has ended or a person is needed;
   * `trouble` also when a look at it failed for a reason that waiting does not mend.
   */
  readonly until: 'ordered' | 'trouble' | 'end';
}

/**
 * Takes an order as far as it goes. While another process works on it, it is followed instead.
 * Failures of the order are stored in it and not thrown.
 * @returns the order as it stands then.
 * @throws Cancelled when the signal is aborted: the order stays where it can be resumed.
 */
export async function runOrder(context: WorkContext, id: OrderId, options: RunOptions): Promise<Order> {
  const leases = context.library.paths.orderLeases(id);
  for (;;) {
    const order = await takeUpLateAnswer(context, await context.library.orders.read(id));
    if (hasArrived(order, options)) return order;
    const lease = await tryLease(leases, 'work', 'ORDER_NOT_FOUND');
    if (lease === null) {
      await pause(FOLLOW_MS, options.signal);
      continue;
    }
    try {
      return await new OrderRun(context, id, lease, options).run();
    } catch (error) {
      if (error instanceof StudioError && error.code === 'LEASE_LOST') continue;
      throw error;
    } finally {
      await lease.release();
    }
  }
}

function hasArrived(order: Order, { until }: RunOptions): boolean {
  if (!isUnfinished(order.state)) return true;
  if (order.state.kind !== 'training') return false;
  return until === 'ordered' || order.firstWords.kind === 'unconfirmed';
}

class OrderRun {
  readonly #context: WorkContext;
  readonly #id: OrderId;
  readonly #lease: Lease;
  readonly #options: RunOptions;

  constructor(context: WorkContext, id: OrderId, lease: Lease, options: RunOptions) {
    this.#context = context;
    this.#id = id;
    this.#lease = lease;
    this.#options = options;
  }

  async run(): Promise<Order> {
    let order = await putBack(this.#context, this.#id);
    while (!hasArrived(order, this.#options)) {
      if (this.#options.signal.aborted) throw new Cancelled();
      order = await this.#step(order);
      if (this.#options.until === 'trouble' && order.watch?.lastError) return order;
    }
    return order;
  }

  async #step(order: Order): Promise<Order> {
    const stage = stageOf(order.state) ?? 'prepare';
    try {
      switch (order.state.kind) {
        case 'queued':
        case 'preparing':
        case 'uploading':
        case 'verifying':
          return await this.#toOrdering(order, await this.#context.library.takes.read(order.takeId));
        case 'training':
          return await watchStage(this.#context, order, this.#lease, this.#options.signal);
        default:
          throw new StudioError('ORDER_WRONG_STATE', { state: order.state.kind });
      }
    } catch (error) {
      return this.#fail(error, stage);
    }
  }

  /** Everything up to the paid request, and that request. */
  async #toOrdering(order: Order, take: Take): Promise<Order> {
    const { orders } = this.#context.library;
    const host = await this.#context.host(order.host);
    const trainer = await this.#context.trainer(order.trainer, order.takeId);
    if (trainer.accountFingerprint() !== order.account) throw new StudioError('TWIN_OTHER_ACCOUNT');

    await orders.transition(this.#id, { kind: 'prepare' });
    const master = await this.#activity('prepare', take, undefined, (activity) =>
      prepareStage(this.#context, take, order.edit, activity),
    );

    const uploading = await orders.transition(this.#id, { kind: 'upload' });
    await this.#activity('upload', take, master.sizeBytes, (activity) =>
      uploadStage(this.#context, uploading, take, master, host, activity),
    );

    const verifying = await orders.transition(this.#id, { kind: 'verify' });
    const addresses = await this.#activity('verify', take, undefined, async (activity) => {
      await this.#context.quiet.pass(activity.signal);
      return verifyStage(this.#context, verifying, host, trainer, activity);
    });
    const avatarGroupId = await this.#requirePayable(order, trainer);
    if (this.#options.signal.aborted) throw new Cancelled();

    const at = this.#context.now().toISOString();
    const ordering = await orders.transition(this.#id, { kind: 'order', at });
    const outcome = await this.#activity('train', take, undefined, () =>
      sendOnce(
        this.#context,
        ordering,
        'training',
        ordering.requests.training,
        this.#lease,
        () =>
          trainer.train({
            name: order.twin.kind === 'new' ? order.twin.name : order.lookName,
            videoUrl: addresses.masterUrl,
            avatarGroupId,
            consentUrl: order.consent.how.kind === 'url' ? order.consent.how.url : null,
          }),
        ({ look, usd }) => ({ look, usd, file: null, at: this.#context.now().toISOString() }),
      ),
    );
    return this.#afterOrdering(ordering, outcome);
  }

  async #afterOrdering(ordering: Order, outcome: PaidOutcome<TrainingAnswer>): Promise<Order> {
    const { orders } = this.#context.library;
    const at = this.#context.now().toISOString();
    const request = ordering.requests.training;
    switch (outcome.kind) {
      case 'answered': {
        const { look, usd, requestId } = outcome.value;
        const watch = beginWatch(this.#context.watchTimes(ordering.trainer), this.#context.now());
        const ordered = await orders.transition(this.#id, { kind: 'ordered', request, at, look, usd, watch });
        await tryRegisterLook(this.#context, ordered);
        await this.#context.log.write(ordered.takeId, {
          what: 'ordered',
          orderId: ordered.id,
          usd,
          requestId,
        });
        return ordered;
      }
      case 'refused':
        return orders.transition(this.#id, { kind: 'refused', request, at, error: stored(outcome.error) });
      case 'lost':
        return orders.transition(this.#id, {
          kind: 'answer-lost',
          request,
          at,
          usd: ordering.price.trainingUsd,
        });
    }
  }

  /** Everything that may have changed since the order was made. @returns the twin's id at the trainer */
  async #requirePayable(order: Order, trainer: Trainer): Promise<string | null> {
    const { library, quiet } = this.#context;
    await quiet.pass(this.#options.signal);
    await library.catchUp();
    await this.#untilChecked(order.takeId);
    await requireChecked(this.#context, await library.takes.read(order.takeId), order.edit);
    const group = await requireRoomInTwin(this.#context, order.twin, order.trainer, order.account, order.id);
    const usd = totalUsd(trainer.price);
    if (usd > totalUsd(order.price)) throw new StudioError('PRICE_CHANGED', { usd: usd.toFixed(2) });
    const credits = await trainer.credits(this.#options.signal);
    if (credits !== null && credits < usd) throw new StudioError('TRAINER_NO_CREDITS');
    return group;
  }

  /** Somebody may have begun to check the take again: what comes of that is what counts, and it is waited for. */
  async #untilChecked(takeId: TakeId): Promise<void> {
    const { check } = await this.#context.library.takes.read(takeId);
    if (check.kind !== 'waiting' && check.kind !== 'checking') return;
    await this.#unlessEnded((signal) => this.#context.check(takeId, signal));
  }

  #activity<T>(
    stage: OrderStage,
    take: Take,
    totalBytes: number | undefined,
    work: (activity: RunningActivity) => Promise<T>,
  ): Promise<T> {
    const subject = {
      kind: ACTIVITY_OF[stage],
      label: take.name,
      takeId: take.id,
      orderId: this.#id,
      cancellable: stage !== 'train',
      ...(totalBytes === undefined ? {} : { totalBytes }),
    };
    return this.#unlessEnded((signal) => this.#context.activities.run(subject, signal, work));
  }

  /** Runs work that stops when the program closes, and when somebody else ends the order meanwhile. */
  async #unlessEnded<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const abort = new AbortController();
    const stop = () => abort.abort(new Cancelled());
    if (this.#options.signal.aborted) stop();
    this.#options.signal.addEventListener('abort', stop, { once: true });
    const look = setInterval(() => {
      this.#context.library.orders.read(this.#id).then(
        (order) => {
          if (!isUnfinished(order.state)) stop();
        },
        () => undefined,
      );
    }, LOOK_FOR_CANCEL_MS);
    look.unref();
    try {
      return await work(abort.signal);
    } finally {
      clearInterval(look);
      this.#options.signal.removeEventListener('abort', stop);
    }
  }

  async #fail(error: unknown, stage: OrderStage): Promise<Order> {
    const { orders } = this.#context.library;
    const order = await orders.read(this.#id);
    if (error instanceof Cancelled) {
      // The program closes: the order stays where it is, and the next start puts it back.
      if (this.#options.signal.aborted) throw error;
      // Queued: somebody cancelled it and has taken it up again meanwhile.
      if (!isUnfinished(order.state) || order.state.kind === 'queued') return order;
      return orders.transition(this.#id, { kind: 'cancel', at: this.#context.now().toISOString() });
    }
    if (!(error instanceof StudioError) || error.code === 'LEASE_LOST') throw error;
    // What was paid for, or may be, does not fail because of trouble on our side (a full disk).
    if (order.state.kind === 'training' || order.state.kind === 'ordering') throw error;
    // Somebody cancelled or resolved it from elsewhere while we worked: that decision stands.
    if (error.code === 'ORDER_WRONG_STATE' && !isUnfinished(order.state)) return order;
    await this.#context.log.write(order.takeId, {
      what: 'order failed',
      orderId: order.id,
      stage: stageOf(order.state) ?? stage,
      spentUsd: spentOn(order).chargedUsd,
      ...failureFacts(error),
    });
    return orders.transition(this.#id, {
      kind: 'fail',
      at: this.#context.now().toISOString(),
      stage: stageOf(order.state) ?? stage,
      error: stored(error),
    });
  }
}
