import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import type { Notice } from '../../shared/contract.ts';
import type { OrderId, TakeId } from '../../shared/domain/ids.ts';
import type { Order } from '../../shared/domain/order.ts';
import { Cancelled, StudioError } from '../../shared/errors.ts';
import { noticeWords } from '../../shared/words/notices.ts';
import { recordingWords } from '../../shared/words/recordings.ts';
import { pause } from '../pipeline/pause.ts';
import { requireSource } from '../pipeline/prepareStage.ts';
import { checkTake } from './checkTake.ts';
import type { Engine } from './engine.ts';
import type { HeldNotices } from './heldNotices.ts';
import { importFootage } from './importFootage.ts';
import { judgeRecorded } from './judgeRecorded.ts';
import { OrdersAtWork } from './ordersAtWork.ts';
import { previewTake } from './previewTake.ts';
import type { InterruptedRecording } from './recoverRecordings.ts';
import type { SettingsStore } from './studio.ts';
import { orderError } from './views.ts';

/** Files that could not be imported and are told of one by one: the window shows four notices. */
const MOST_TOLD = 3;
/** Opening and playing a take comes first, milliseconds. */
const AFTER_RECORDING_MS = 6_000;
/** So does its first picture, before the file is read for its first report; milliseconds. */
const PLAYER_FIRST_MS = 1_000;

/** What goes on by itself while the desktop app is open, and tells the window how it ended. */
export interface BackgroundWork {
  readonly orders: OrdersAtWork;
  /**
   * Imports files, and checks each once it is there: one after the other, but no file has to wait for a check. Returns how
   * many were started.
   */
  importFiles(files: readonly string[]): number;
  check(takeId: TakeId): void;
  /** Makes what the window plays of a take, where it is needed and missing. */
  preview(takeId: TakeId): void;
  /** A take that has just been recorded: judged at once by what the stage measured, and checked a little later. */
  checkRecorded(takeId: TakeId): void;
  /** Tells what became of a recording that was interrupted, and checks what was kept. */
  tellRecording(what: InterruptedRecording): void;
  /** Tells of something that did not work and that nobody asked for. */
  tellTrouble(error: unknown): void;
  /**
   * Takes up what no living process holds: orders, checks that were interrupted, and then takes whose check was made by
   * an older version.
   */
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

  const tell = (
    tone: Notice['tone'],
    message: string,
    takeId: TakeId | null,
    { stays = false, id = randomUUID() }: { readonly stays?: boolean; readonly id?: Notice['id'] } = {},
  ) => {
    notices.tell({ id, tone, message, takeId, ...(stays && { stays }) });
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

  const check = async (takeId: TakeId, afterMs = 0) => {
    try {
      const report = await checkTake(context, takeId, { signal: stop.signal, afterMs, previewFirst: true });
      const name = context.library.takes.index.get(takeId)?.name ?? '';
      tell(
        // What a check finds is no failure of ours: where its take is open, that page says it.
        report.verdict === 'pass' ? 'pass' : 'warn',
        noticeWords.checked(name, report),
        takeId,
      );
      background(preview(takeId));
    } catch (error) {
      const message = sentence(error);
      if (message !== null) tell('fail', message, takeId);
    }
  };

  const preview = async (takeId: TakeId) => {
    try {
      await previewTake(context, takeId, stop.signal);
    } catch (error) {
      const message = sentence(error);
      if (message !== null) tell('fail', message, takeId);
    }
  };

  const checkRecorded = async (takeId: TakeId, afterMs: number) => {
    try {
      // Said from the first moment on: a take that waits, with nothing under way, looks like one whose check was stopped.
      const label = context.library.takes.index.get(takeId)?.name ?? '';
      await context.activities.run({ kind: 'check', label, takeId }, stop.signal, async (activity) => {
        if (afterMs > 0) await pause(PLAYER_FIRST_MS, activity.signal);
        await judgeRecorded(context, takeId, activity.signal);
      });
      changed();
    } catch (error) {
      // Only a first look is missing; whatever is the matter, the check finds it too and tells it.
      if (!(error instanceof StudioError) && !(error instanceof Cancelled)) throw error;
    }
    await check(takeId, afterMs);
  };

  /** One after the other, so that whatever somebody asks for meanwhile comes between them. */
  const checkOutdated = async (takeIds: readonly TakeId[]) => {
    for (const takeId of takeIds) {
      if (stop.signal.aborted) return;
      if (!(await context.library.takes.isJudged(takeId)) && (await hasSource(takeId))) await check(takeId);
    }
  };

  /** What is not there now is looked at another time: nobody has asked for this check. */
  const hasSource = (takeId: TakeId): Promise<boolean> =>
    context.library.takes
      .read(takeId)
      .then((take) => requireSource(context, take))
      .then(
        () => true,
        () => false,
      );

  /** Begun at once, so that everybody sees what is still to come; its turn is told by the lane. */
  const beginImport = (file: string) => {
    const imported = importFootage(context, file, { shot: settings.get().shot, signal: stop.signal });
    // Its failure is told when those before it have been.
    imported.catch(() => undefined);
    return { file, imported };
  };

  /** Each is told by itself while they are few; what comes then is told together, and stays. */
  const tellNotImported = () => {
    const id = randomUUID();
    const more: string[] = [];
    let told = 0;
    return (file: string, message: string) => {
      told += 1;
      if (told <= MOST_TOLD) return tell('fail', message, null);
      more.push(basename(file));
      tell('fail', noticeWords.notImported(more), null, { id, stays: true });
    };
  };

  const checkImported = async (
    { file, imported }: ReturnType<typeof beginImport>,
    fail: ReturnType<typeof tellNotImported>,
  ) => {
    try {
      const { takeId, known } = await imported;
      changed();
      const take = await context.library.takes.read(takeId);
      if (known) tell('info', noticeWords.known(basename(file), take.name), takeId);
      // The same content may have come twice.
      if (take.check.kind !== 'checked' && !context.activities.isUnderWay('check', takeId))
        background(check(takeId));
    } catch (error) {
      const message = sentence(error);
      if (message !== null) fail(file, message);
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
      const begun = files.map(beginImport);
      const fail = tellNotImported();
      background(
        begun.reduce(
          (before, one) => before.then(() => checkImported(one, fail)),
          Promise.resolve() as Promise<void>,
        ),
      );
      return files.length;
    },
    check: (takeId) => background(check(takeId)),
    preview: (takeId) => background(preview(takeId)),
    checkRecorded: (takeId) => background(checkRecorded(takeId, AFTER_RECORDING_MS)),
    tellRecording(what) {
      if (what.kind === 'kept') {
        const { takeId, seconds } = what.kept;
        const say = what.end === 'interrupted' ? recordingWords.kept : recordingWords.keptLater;
        // Nobody may be looking when the program starts again.
        tell('warn', say(what.startedAt, seconds), takeId, { stays: true });
        background(checkRecorded(takeId, 0));
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
      const takes = context.library.takes.index.values();
      const outdated: TakeId[] = [];
      for (const { id, check: state } of takes) {
        if (state.kind === 'waiting' || state.kind === 'checking') background(checkRecorded(id, 0));
        else if (state.kind === 'checked') outdated.push(id);
      }
      background(checkOutdated(outdated));
    },
    async close() {
      stop.abort(new Cancelled());
      await orders.close();
      // What ends may have begun something else.
      while (running.size > 0) await Promise.all(running);
    },
  };
}
