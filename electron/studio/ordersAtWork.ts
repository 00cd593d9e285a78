import type { OrderId } from '../../shared/domain/ids.ts';
import { isUnfinished, type Order } from '../../shared/domain/order.ts';
import { Cancelled } from '../../shared/errors.ts';
import type { WorkContext } from '../pipeline/context.ts';
import { runOrder } from '../pipeline/orderRunner.ts';

/** Pause before an order that stopped on trouble of our own is taken up again, milliseconds. */
const TRY_AGAIN_MS = 60_000;

/** The orders that this process works on, each at most once. */
export class OrdersAtWork {
  readonly #context: WorkContext;
  readonly #onEnd: (order: Order) => void;
  readonly #onTrouble: (orderId: OrderId, error: unknown) => void;
  readonly #running = new Map<OrderId, { stop: AbortController; done: Promise<void> }>();
  readonly #retries = new Set<NodeJS.Timeout>();
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

  /** Takes up every order that is unfinished. Those that living processes hold are followed. */
  resumeAll(): void {
    for (const order of this.#context.library.orders.index.values()) {
      if (isUnfinished(order.state)) this.work(order.id);
    }
  }

  /** Works on an order until it ends; one that is worked on already is left alone. */
  work(id: OrderId): void {
    if (this.#closed || this.#running.has(id)) return;
    const stop = new AbortController();
    const done = runOrder(this.#context, id, { signal: stop.signal, until: 'end' })
      .then(
        (order) => this.#onEnd(order),
        (error: unknown) => {
          if (error instanceof Cancelled) return;
          this.#onTrouble(id, error);
          this.#workLater(id);
        },
      )
      .finally(() => this.#running.delete(id));
    this.#running.set(id, { stop, done });
  }

  #workLater(id: OrderId): void {
    const timer = setTimeout(() => {
      this.#retries.delete(timer);
      this.work(id);
    }, TRY_AGAIN_MS);
    timer.unref();
    this.#retries.add(timer);
  }

  /** Stops all work where it can be resumed, and waits for what must not be interrupted. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const timer of this.#retries) clearTimeout(timer);
    for (const { stop } of this.#running.values()) stop.abort(new Cancelled());
    await Promise.all([...this.#running.values()].map(({ done }) => done));
  }
}
