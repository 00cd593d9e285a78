import type { QueryClient } from '@tanstack/react-query';
import { setActivities } from './activities.ts';
import { ask, bridge } from './bridge.ts';
import { addNotice, noticeError } from './notices.ts';
import { goTo, routes } from './routes.ts';

/** A batch changes the library many times a second; the window asks again at most this often. */
const ASK_AGAIN_MS = 250;

/** Listens to what the engine says by itself. Returns the function that stops listening. */
export function listenToEngine(client: QueryClient): () => void {
  const studio = bridge();
  let waiting: ReturnType<typeof setTimeout> | null = null;
  const askAgain = () => {
    waiting ??= setTimeout(() => {
      waiting = null;
      void client.invalidateQueries();
    }, ASK_AGAIN_MS);
  };
  const stops = [
    studio.on('libraryChanged', askAgain),
    studio.on('settingsChanged', askAgain),
    studio.on('activities', ({ activities }) => setActivities(activities)),
    studio.on('notice', addNotice),
    studio.on('showTake', ({ takeId }) => goTo(routes.take(takeId))),
  ];
  // What already ran before this window opened.
  ask('listActivities', {}).then(({ activities }) => setActivities(activities), noticeError);
  return () => {
    if (waiting !== null) clearTimeout(waiting);
    for (const stop of stops) stop();
  };
}
