import type { LibraryPaths } from '../library/paths.ts';
import { isRecordingHere } from '../library/recordingStore.ts';
import { holdChildren, letChildrenGoOn } from '../media/children.ts';
import type { Activities } from '../pipeline/activities.ts';
import type { Lanes } from '../pipeline/context.ts';
import { openQuietTime, type QuietTime } from '../pipeline/quietTime.ts';

/**
 * The quiet time of a library, in which the programs that this process has started stand still, and so does what is
 * given: nothing of it begins, and what runs waits at its next step.
 */
export async function openStandStill(
  paths: LibraryPaths,
  work?: { readonly lanes: Lanes; readonly activities: Activities },
): Promise<QuietTime> {
  const quiet = await openQuietTime(() => isRecordingHere(paths));
  const settle = (isQuiet: boolean) => {
    if (isQuiet) holdChildren();
    else letChildrenGoOn();
    for (const lane of Object.values(work?.lanes ?? {})) {
      if (isQuiet) lane.pause();
      else lane.start();
    }
    work?.activities.hold(isQuiet);
  };
  quiet.follow(settle);
  if (quiet.isQuiet) settle(true);
  return quiet;
}
