import type { Session } from 'electron';
import { isOurs } from './origin.ts';

/** What the page may do: see and hear the person, and fill the screen. The clipboard goes through a call. */
const ALLOWED: ReadonlySet<string> = new Set(['media', 'fullscreen']);

/** Both handlers are needed: one answers questions, the other is looked at without a question being asked. */
export function limitPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    answer(ALLOWED.has(permission) && details.isMainFrame && isOurs(details.requestingUrl));
  });
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin, details) => {
    return ALLOWED.has(permission) && details.isMainFrame && isOurs(requestingOrigin);
  });
  session.setDevicePermissionHandler(() => false);
}

/** Addresses of the network and of the disk, which the window has no business with. */
const OUTSIDE = ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'ftp://*/*', 'file:///*'];

/**
 * Refuses requests that leave the program, below the content security policy: were the page ever to run
 * somebody else's code, it could still not send footage anywhere.
 */
export function blockNetwork(session: Session): void {
  session.webRequest.onBeforeRequest({ urls: OUTSIDE }, (_details, answer) => answer({ cancel: true }));
}
