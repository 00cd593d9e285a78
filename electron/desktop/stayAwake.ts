import { powerSaveBlocker, type WebContents } from 'electron';
import type { Studio } from '../studio/studio.ts';

/**
 * While a take is recorded the computer does not sleep, its screen stays on, and a window that is covered or minimised
 * is not slowed down.
 */
export function stayAwakeWhileRecording(
  studio: Pick<Studio, 'recordings'>,
  contents: () => WebContents | null,
): void {
  let blocker: number | null = null;
  studio.recordings.follow((isRunning) => {
    const window = contents();
    if (window !== null && !window.isDestroyed()) window.setBackgroundThrottling(!isRunning);
    if (isRunning) blocker ??= powerSaveBlocker.start('prevent-display-sleep');
    else if (blocker !== null) {
      powerSaveBlocker.stop(blocker);
      blocker = null;
    }
  });
}
