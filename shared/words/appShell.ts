import { plural } from './appNumbers.ts';

/** What runs on this computer, and then the orders, which go on at the trainer's as well. One of the two is not 0. */
function goingOn(running: number, how: string, orders: number): string {
  const tasks = plural(running, 'task', 'tasks');
  if (orders === 0) return `${tasks} ${how}.`;
  return running === 0
    ? `${plural(orders, 'order is on its way', 'orders are on their way')}.`
    : `${tasks} and ${plural(orders, 'order', 'orders')} ${how}.`;
}

/** The window's frame: navigation, what appears by itself, and what every screen shares. */
export const shellWords = {
  product: 'Twin Studio',
  windowTitle: (page: string) => `${page} · Twin Studio`,
  skip: 'Skip to the page',
  navigation: 'Main',
  whereYouAre: 'Where you are',
  library: 'Library',
  twins: 'Twins',
  settings: 'Settings',
  online: (running: number, orders: number) =>
    // That there is a network is all that the system says: whether it leads anywhere shows when it is used.
    running === 0 && orders === 0
      ? 'On a network. Nothing is running.'
      : `On a network. ${goingOn(running, 'running', orders)}`,
  offline: (running: number, orders: number) =>
    running === 0 && orders === 0
      ? 'Offline. You can still check and play takes.'
      : `Offline. ${goingOn(running, 'running or waiting', orders)}`,
  notices: 'Notices',
  /** Of a control with its key: what it does, and what to press. */
  withKey: (what: string, key: string) => `${what} (${key})`,
  dismiss: 'Close this notice',
  moreNotices: (more: number) => plural(more, 'more notice', 'more notices'),
  showTake: 'Show the take',
  close: 'Close',
  cancel: 'Cancel',
  retry: 'Try again',
  openSettings: 'Open Settings',
  copy: (what: string) => `Copy ${what}`,
  copied: (what: string) => `${what} copied`,
  drop: {
    title: 'Drop to import',
    body: 'One take for each video. The files stay where they are.',
  },
  broken: {
    title: 'This page could not be shown',
    body: 'Your takes and orders are safe: they are on disk, and work goes on. Reload the window to go on here.',
    reload: 'Reload the window',
  },
  noBridge: 'This page only works inside Twin Studio. Open Twin Studio to see your library.',
  notFound: {
    title: 'There is nothing here',
    body: 'The page you were sent to does not exist.',
    back: 'Go to the library',
  },
  unexpected: 'Twin Studio did not answer. Try again; if it comes back, close the window and open it again.',
} as const;
