import type { LibraryPaths } from '../library/paths.ts';
import { isRecordingHere } from '../library/recordingMarker.ts';
import { holdChildren, letChildrenGoOn } from '../media/children.ts';
import type { Activities } from '../pipeline/activities.ts';
import type { Lanes } from '../pipeline/context.ts';
import { openQuietTime, type QuietTime } from '../pipeline/quietTime.ts';

/**
 * The quiet time of a process that uses a library, in which the programs that it has started stand still, and so does
 * what is given: nothing of it begins, and what runs waits at its next step.
 * @param userDataDir folder of the app's own files, in which recordings into other libraries show.
 */
export async function openStandStill(
  paths: LibraryPaths,
  userDataDir: string,
  work?: { readonly lanes: Lanes; readonly activities: Activities },
): Promise<QuietTime> {
  const quiet = await openQuietTime(() => isRecordingHere(paths, userDataDir));
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
