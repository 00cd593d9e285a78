import { isUnfinished } from '../../shared/domain/order.ts';
import { StudioError } from '../../shared/errors.ts';
import { isLeased } from '../library/lease.ts';
import { listRecordings } from '../library/recordingStore.ts';
import { backgroundWork } from './backgroundWork.ts';
import { studioCalls } from './calls.ts';
import { openEngine, type StudioOptions } from './engine.ts';
import { holdNotices } from './heldNotices.ts';
import { findMedia } from './mediaFiles.ts';
import { createMendsPreviews } from './mendsPreviews.ts';
import { createMoments } from './moments.ts';
import { createRecordings } from './recordings.ts';
import { recoverInBackground } from './recoverInBackground.ts';
import type { InterruptedRecording } from './recoverRecordings.ts';
import { reportOfTake } from './reportOfTake.ts';
import type { Studio } from './studio.ts';

/** The engine with everything that goes on by itself, as the desktop uses it. */
export async function createStudio(options: StudioOptions): Promise<Studio> {
  const engine = await openEngine(options);
  const { context } = engine;
  const { library } = context;
  const notices = holdNotices((notice) => engine.emit('notice', notice));
  const background = backgroundWork(engine, options.settings, notices);
  const lookAgain = () => engine.emit('libraryChanged', {});
  const tellRecording = (what: InterruptedRecording) => {
    background.tellRecording(what);
    lookAgain();
  };
  const recordings = createRecordings(context, tellRecording, background.tellTrouble);
  const recovery = recoverInBackground(context, tellRecording, background.tellTrouble);
  let closing = false;
  // One that could not be finished is left as if its maker had died.
  recordings.follow((isRunning) => {
    if (!isRunning && !closing) recovery.start();
  });
  const moments = createMoments(context);
  const mends = createMendsPreviews(context);
  const calls = studioCalls(engine, options, { background, recordings, notices, mends });
  let stopWatching = () => {};
  return {
    calls,
    recordings,
    importFiles: (files) => background.importFiles(files),
    async folderOfTake(takeId) {
      await library.takes.read(takeId);
      return library.paths.take(takeId);
    },
    async deleteTake(takeId, moveToBin) {
      const unfinished = library.orders.index
        .values()
        .some(
          (order) =>
            order.takeId === takeId && (isUnfinished(order.state) || order.state.kind === 'unconfirmed'),
        );
      const worked = context.activities.list().some((activity) => activity.takeId === takeId);
      if (unfinished || worked) throw new StudioError('TAKE_BUSY');
      await library.takes.read(takeId);
      const leases = library.paths.takeLeases(takeId);
      for (const work of ['check', 'masters'])
        if (await isLeased(leases, work)) throw new StudioError('TAKE_BUSY');
      await moveToBin(library.paths.take(takeId));
      await library.takes.noteChange(takeId);
      lookAgain();
    },
    openReport: (takeId) => reportOfTake(context, moments, takeId),
    mediaOf: (of, id, what) => findMedia(library, { moments, mends }, of, id, what),
    on: engine.on,
    async unfinishedRecordings() {
      return (await listRecordings(library.paths)).length;
    },
    windowIsGone(how) {
      notices.pageGone();
      if (how === 'died') void recordings.interrupt();
      else recordings.pageLeft();
    },
    isPaying: () => context.activities.list().some(({ kind }) => kind === 'train' || kind === 'first-words'),
    async start() {
      stopWatching = library.watch(() => {
        lookAgain();
        // What a command ordered and did not wait for.
        background.orders.resumeAll();
      });
      recovery.start();
      background.resume();
      return Promise.resolve();
    },
    async close() {
      closing = true;
      stopWatching();
      const pictured = moments.close();
      // First: what was recorded comes before everything else. What cannot be closed keeps nothing else open.
      const failures: unknown[] = [];
      for (const close of [
        () => recordings.close(),
        () => recovery.stop(),
        () => pictured,
        () => mends.close(),
        () => background.close(),
        () => engine.close(),
      ])
        await close().catch((error: unknown) => failures.push(error));
      if (failures.length > 0) throw failures[0];
    },
  };
}
