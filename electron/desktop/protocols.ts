import { protocol } from 'electron';
import type { Studio } from '../studio/studio.ts';
import { appFileHandler } from './appFiles.ts';
import type { ErrorLog } from './errorLog.ts';
import { MEDIA_SCHEME, mediaHandler } from './mediaFiles.ts';
import { APP_SCHEME } from './origin.ts';

/** Call before the app is ready: Chromium learns its schemes once. */
export function registerSchemes(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: APP_SCHEME,
      // fetch is how the face model reads its weights.
      privileges: { standard: true, secure: true, supportFetchAPI: true },
    },
    { scheme: MEDIA_SCHEME, privileges: { standard: true, secure: true, stream: true } },
  ]);
}

/** Serves the window's bundle and the library's media; everything else has no handler and fails. */
export function serveProtocols(rendererDir: string, studio: Pick<Studio, 'mediaOf'>, log: ErrorLog): void {
  const media = mediaHandler((of, id, what) => studio.mediaOf(of, id, what));
  protocol.handle(APP_SCHEME, logged(appFileHandler(rendererDir), log));
  protocol.handle(MEDIA_SCHEME, logged(media, log));
}

type Handler = (request: Request) => Promise<Response>;

/** A handler that throws would leave only a network error in the window, and nothing for us to go by. */
function logged(handler: Handler, log: ErrorLog): Handler {
  return async (request) => {
    try {
      return await handler(request);
    } catch (error) {
      log.record(`Serving ${request.url} failed.`, error);
      return new Response(null, { status: 500 });
    }
  };
}
