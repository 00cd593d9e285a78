import { type BrowserWindow, Notification } from 'electron';
import type { Notice } from '../../shared/contract.ts';
import { DESKTOP_WORDS } from '../../shared/words/desktop.ts';
import type { Studio } from '../studio/studio.ts';

/**
 * Tells a person who is elsewhere. Inside the window the same notice appears by itself, so while the window
 * has the focus nothing else is said.
 *
 * @param show brings the window forward and shows what the notice is about
 */
export function notifyWhenAway(
  studio: Pick<Studio, 'on'>,
  window: () => BrowserWindow | null,
  show: (notice: Notice) => void,
): () => void {
  // A notification that nobody holds on to is collected, and its click is never heard.
  const shown = new Set<Notification>();
  return studio.on('notice', (notice) => {
    if (window()?.isFocused() === true || !Notification.isSupported()) return;
    const notification = new Notification({ title: DESKTOP_WORDS.appName, body: notice.message });
    shown.add(notification);
    notification.on('close', () => shown.delete(notification));
    notification.on('click', () => {
      shown.delete(notification);
      show(notice);
    });
    notification.show();
  });
}
