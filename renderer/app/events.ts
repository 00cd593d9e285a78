import type { QueryClient } from '@tanstack/react-query';
import { setActivities } from './activities.ts';
import { ask, bridge } from './bridge.ts';
import { addNotice, noticeError } from './notices.ts';
import { askAgain } from './queries.ts';
import { goTo, routes } from './routes.ts';

/** A batch changes the library many times a second; the window asks again at most this often. */
const ASK_AGAIN_MS = 250;

/** Listens to what the engine says by itself. Returns the function that stops listening. */
export function listenToEngine(client: QueryClient): () => void {
  const studio = bridge();
  let waiting: ReturnType<typeof setTimeout> | null = null;
  const soon = () => {
    waiting ??= setTimeout(() => {
      waiting = null;
      askAgain(client);
    }, ASK_AGAIN_MS);
  };
  let heard = false;
  const stops = [
    studio.on('libraryChanged', soon),
    studio.on('settingsChanged', soon),
    studio.on('activities', ({ activities }) => {
      heard = true;
      setActivities(activities);
    }),
    studio.on('notice', addNotice),
    studio.on('showTake', ({ takeId }) => goTo(routes.take(takeId))),
  ];
  // What already ran before this window opened; an event that came meanwhile is newer than the answer.
  ask('listActivities', {}).then(({ activities }) => {
    if (!heard) setActivities(activities);
  }, noticeError);
  return () => {
    if (waiting !== null) clearTimeout(waiting);
    for (const stop of stops) stop();
  };
}
