import { powerSaveBlocker } from 'electron';
import type { Studio } from '../studio/studio.ts';

/** While a take is recorded the computer does not sleep, and its screen stays on. */
export function stayAwakeWhileRecording(studio: Pick<Studio, 'recordings'>): void {
  let blocker: number | null = null;
  studio.recordings.follow((isRunning) => {
    if (isRunning) blocker ??= powerSaveBlocker.start('prevent-display-sleep');
    else if (blocker !== null) {
      powerSaveBlocker.stop(blocker);
      blocker = null;
    }
  });
}
