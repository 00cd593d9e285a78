import type { OrderId } from '../../shared/domain/ids.ts';
import { isUnfinished, needsPerson, type Order } from '../../shared/domain/order.ts';
import { Cancelled, ERRORS, isErrorCode } from '../../shared/errors.ts';
import type { WorkContext } from '../pipeline/context.ts';
import { runOrder } from '../pipeline/orderRunner.ts';
import { resumeOrder } from './decideOrder.ts';

/** Pauses before an order that could not go on is taken up again, milliseconds; the last one repeats. */
const TRY_AGAIN_MS = [15_000, 60_000, 300_000, 900_000] as const;

interface RunningOrder {
  readonly stop: AbortController;
  readonly done: Promise<void>;
  /** Somebody has taken it up again while this run was ending. */
  again: boolean;
}

/** The orders that this process works on, each at most once. */
export class OrdersAtWork {
  readonly #context: WorkContext;
  readonly #onEnd: (order: Order) => void;
  readonly #onTrouble: (orderId: OrderId, error: unknown) => void;
  readonly #running = new Map<OrderId, RunningOrder>();
  readonly #retries = new Map<OrderId, NodeJS.Timeout>();
  readonly #tries = new Map<OrderId, number>();
  /** What has been told of an order, so that the same trouble is told once. */
  readonly #told = new Map<OrderId, string>();
  #closed = false;

  /**
   * @param onEnd called with an order that has ended or waits for a person.
   * @param onTrouble called with an error that could not be kept in the order itself; it is tried again later.
   */
  constructor(
    context: WorkContext,
    onEnd: (order: Order) => void,
    onTrouble: (orderId: OrderId, error: unknown) => void,
  ) {
    this.#context = context;
    this.#onEnd = onEnd;
    this.#onTrouble = onTrouble;
  }

  /** Takes up what nobody here works on: orders left by another start, and those of commands that have ended. */
  resumeAll(): void {
    for (const order of this.#context.library.orders.index.values()) {
      const idle = !this.#running.has(order.id) && !this.#retries.has(order.id);
      if (idle && isUnfinished(order.state)) this.#start(order.id);
    }
  }

  /** Looks at orders that wait for a person: the answer that was lost may have come meanwhile. */
  lookAtUnconfirmed(): void {
    for (const order of this.#context.library.orders.index.values()) {
      if (needsPerson(order)) this.work(order.id);
    }
  }

  /** Works on an order until it ends. One whose run is just ending is taken up again after it. */
  work(id: OrderId): void {
    const running = this.#running.get(id);
    if (running !== undefined) running.again = true;
    else this.#start(id);
  }

  #start(id: OrderId): void {
    if (this.#closed) return;
    clearTimeout(this.#retries.get(id));
    this.#retries.delete(id);
    const stop = new AbortController();
    const done = runOrder(this.#context, id, { signal: stop.signal, until: 'end' }).then(
      (order) => this.#ended(id, order),
      (error: unknown) => this.#stopped(id, error),
    );
    this.#running.set(id, { stop, done, again: false });
  }

  #ended(id: OrderId, order: Order): void {
    const again = this.#leave(id);
    this.#tell(id, `${order.state.kind}/${order.firstWords.kind}`, () => this.#onEnd(order));
    if (again) this.#start(id);
    else if (passesByItself(order)) this.#later(id, () => resumeOrder(this.#context, id));
    else this.#tries.delete(id);
  }

  #stopped(id: OrderId, error: unknown): void {
    const again = this.#leave(id);
    if (again) this.#start(id);
    else if (!(error instanceof Cancelled)) {
      this.#tell(id, String(error), () => this.#onTrouble(id, error));
      this.#later(id, () => Promise.resolve());
    }
  }

  #leave(id: OrderId): boolean {
    const again = this.#running.get(id)?.again ?? false;
    this.#running.delete(id);
    return again;
  }

  #tell(id: OrderId, what: string, tell: () => void): void {
    if (this.#told.get(id) === what) return;
    this.#told.set(id, what);
    tell();
  }

  #later(id: OrderId, before: () => Promise<unknown>): void {
    if (this.#closed) return;
    const tries = this.#tries.get(id) ?? 0;
    this.#tries.set(id, tries + 1);
    const timer = setTimeout(
      () => {
        this.#retries.delete(id);
        // Somebody may have cancelled it meanwhile; then it stays as it is.
        before().then(
          () => this.work(id),
          () => undefined,
        );
      },
      TRY_AGAIN_MS[Math.min(tries, TRY_AGAIN_MS.length - 1)],
    );
    timer.unref();
    this.#retries.set(id, timer);
  }

  /** Stops all work where it can be resumed, and waits for what must not be interrupted. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const timer of this.#retries.values()) clearTimeout(timer);
    for (const { stop } of this.#running.values()) stop.abort(new Cancelled());
    await Promise.all([...this.#running.values()].map(({ done }) => done));
  }
}

/** True when an order stopped, unpaid, for a reason that goes away: the network, a busy service. */
function passesByItself({ state }: Order): boolean {
  if (state.kind !== 'failed' || state.paid) return false;
  return isErrorCode(state.error.code) && ERRORS[state.error.code].retry === 'auto';
}
