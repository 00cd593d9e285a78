import { Cancelled, ERRORS, StudioError } from '../../shared/errors.ts';
import type { WorkContext } from '../pipeline/context.ts';
import { pause } from '../pipeline/pause.ts';
import { type InterruptedRecording, recoverRecordings } from './recoverRecordings.ts';

/** How often to look again for recordings whose maker may still live. */
const LOOK_AGAIN_MS = 5_000;
/** And for those that something stood in the way of, such as a full disk: each look reads them from end to end. */
const TRY_AGAIN_MS = 60_000;

/** What looking again does not change, such as a newer program's recording. */
const isForGood = (trouble: unknown): boolean =>
  trouble instanceof StudioError && ERRORS[trouble.code].retry === 'never';

/**
 * Recovers recordings when told to look, and goes on looking while there are some that could not be recovered yet: after
 * a power cut it takes half a minute until it is sure that nobody makes them any more.
 * @param onTrouble called once for each kind of trouble.
 */
export function recoverInBackground(
  context: WorkContext,
  onFound: (what: InterruptedRecording) => void,
  onTrouble: (error: unknown) => void,
): { start(): void; stop(): Promise<void> } {
  const stop = new AbortController();
  const told = new Set<string>();
  let done = Promise.resolve();
  const tellOnce = (error: unknown) => {
    if (told.has(String(error))) return;
    told.add(String(error));
    onTrouble(error);
  };
  const look = async () => {
    let hasTried = false;
    for (;;) {
      await context.quiet.pass(stop.signal);
      const { found, held, troubles } = await recoverRecordings(context, stop.signal);
      for (const what of found) onFound(what);
      for (const trouble of troubles) tellOnce(trouble);
      if (held === 0 && troubles.every(isForGood)) return;
      await pause(held > 0 || !hasTried ? LOOK_AGAIN_MS : TRY_AGAIN_MS, stop.signal);
      hasTried = true;
    }
  };
  return {
    start() {
      done = done.then(look).catch((error: unknown) => {
        if (!(error instanceof Cancelled)) tellOnce(error);
      });
    },
    stop() {
      stop.abort(new Cancelled());
      return done;
    },
  };
}
