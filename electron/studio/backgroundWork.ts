import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import type { Notice } from '../../shared/contract.ts';
import type { OrderId, TakeId } from '../../shared/domain/ids.ts';
import type { Order } from '../../shared/domain/order.ts';
import { Cancelled } from '../../shared/errors.ts';
import { noticeWords } from '../../shared/words/notices.ts';
import { recordingWords } from '../../shared/words/recordings.ts';
import { checkTake } from './checkTake.ts';
import type { Engine } from './engine.ts';
import type { HeldNotices } from './heldNotices.ts';
import { importFootage } from './importFootage.ts';
import { OrdersAtWork } from './ordersAtWork.ts';
import type { InterruptedRecording } from './recoverRecordings.ts';
import type { SettingsStore } from './studio.ts';
import { orderError } from './views.ts';

/** What goes on by itself while the desktop app is open, and tells the window how it ended. */
export interface BackgroundWork {
  readonly orders: OrdersAtWork;
  /** Imports and checks files one after the other; returns how many were started. */
  importFiles(files: readonly string[]): number;
  check(takeId: TakeId): void;
  /** Tells what became of a recording that was interrupted, and checks what was kept. */
  tellRecording(what: InterruptedRecording): void;
  /** Tells of something that did not work and that nobody asked for. */
  tellTrouble(error: unknown): void;
  /** Takes up what no living process holds: orders, and checks that were interrupted. */
  resume(): void;
  close(): Promise<void>;
}

export function backgroundWork(
  engine: Engine,
  settings: SettingsStore,
  notices: HeldNotices,
): BackgroundWork {
  const { context } = engine;
  const stop = new AbortController();
  const running = new Set<Promise<void>>();

  const tell = (tone: Notice['tone'], message: string, takeId: TakeId | null) => {
    notices.tell({ id: randomUUID(), tone, message, takeId });
  };
  const changed = () => engine.emit('libraryChanged', {});
  const background = (work: Promise<void>) => {
    const done = work.finally(() => {
      running.delete(done);
      changed();
    });
    running.add(done);
  };
  /** Somebody who cancels knows it; every other end is told. */
  const sentence = (error: unknown): string | null =>
    error instanceof Cancelled ? null : engine.sentenceFor(error);

  const check = async (takeId: TakeId) => {
    try {
      const report = await checkTake(context, takeId, stop.signal);
      const name = context.library.takes.index.get(takeId)?.name ?? '';
      tell(
        report.verdict === 'fail' ? 'fail' : report.verdict,
        noticeWords.checked(name, report.verdict),
        takeId,
      );
    } catch (error) {
      const message = sentence(error);
      if (message !== null) tell('fail', message, takeId);
    }
  };

  const importOne = async (file: string) => {
    try {
      const { takeId, known } = await importFootage(context, file, {
        shot: settings.get().shot,
        signal: stop.signal,
      });
      changed();
      const take = await context.library.takes.read(takeId);
      if (known) tell('info', noticeWords.known(basename(file), take.name), takeId);
      if (take.check.kind !== 'checked') await check(takeId);
    } catch (error) {
      const message = sentence(error);
      if (message !== null) tell('fail', message, null);
    }
  };

  const orders = new OrdersAtWork(
    context,
    (order) => {
      tellEnd(order);
      changed();
    },
    (_orderId: OrderId, error) => {
      const message = sentence(error);
      if (message !== null) tell('fail', message, null);
    },
  );
  const tellEnd = (order: Order) => {
    if (order.state.kind === 'ready') tell('pass', noticeWords.usable(order.lookName), order.takeId);
    const error = orderError(order);
    if (error !== null) tell(order.state.kind === 'failed' ? 'fail' : 'warn', error.message, order.takeId);
  };

  return {
    orders,
    importFiles(files) {
      // One after the other: they share one disk, and the first one can be looked at sooner.
      background(
        files.reduce(
          (before, file) => before.then(() => (stop.signal.aborted ? undefined : importOne(file))),
          Promise.resolve() as Promise<void>,
        ),
      );
      return files.length;
    },
    check: (takeId) => background(check(takeId)),
    tellRecording(what) {
      if (what.kind === 'kept') {
        const { takeId, seconds } = what.kept;
        tell('warn', recordingWords.kept(what.startedAt, seconds), takeId);
        background(check(takeId));
      } else if (what.kind === 'nothing') tell('warn', recordingWords.nothingKept(what.startedAt), null);
      else tell('fail', recordingWords.setAside(what.startedAt, what.folder), null);
    },
    tellTrouble(error) {
      const message = sentence(error);
      if (message !== null) tell('fail', message, null);
    },
    resume() {
      orders.resumeAll();
      orders.lookAtUnconfirmed();
      for (const take of context.library.takes.index.values()) {
        const interrupted = take.check.kind === 'waiting' || take.check.kind === 'checking';
        if (interrupted) background(check(take.id));
      }
    },
    async close() {
      stop.abort(new Cancelled());
      await Promise.all([orders.close(), ...running]);
    },
  };
}
