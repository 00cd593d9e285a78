/** Addresses of the window's pages, behind the `#`. */
export const routes = {
  library: '/',
  stage: '/stage',
  take: (takeId: string) => `/takes/${takeId}`,
  compare: (takeId: string, otherId?: string) =>
    otherId === undefined ? `/takes/${takeId}/compare` : `/takes/${takeId}/compare/${otherId}`,
  publish: (takeId: string, twinId?: string) =>
    twinId === undefined ? `/takes/${takeId}/publish` : `/takes/${takeId}/publish/${twinId}`,
  order: (takeId: string, orderId: string) => `/takes/${takeId}/orders/${orderId}`,
  twins: '/twins',
  twin: (twinId: string) => `/twins/${twinId}`,
  settings: '/settings',
} as const;

const lessMotion = window.matchMedia('(prefers-reduced-motion: reduce)');

/** The same with what both pages show of one thing moving from its old place to its new one. */
export function moveOnTo(route: string): void {
  if (lessMotion.matches) {
    goTo(route);
    return;
  }
  const moving = document.startViewTransition(async () => {
    const arrived = new Promise((resolve) => {
      window.addEventListener('hashchange', resolve, { once: true });
    });
    goTo(route);
    await arrived;
    // The page draws what the address says as soon as it is told.
    await new Promise((drawn) => setTimeout(drawn));
  });
  // A window that nobody sees goes there without moving anything.
  moving.ready.catch((reason: unknown) => console.warn(reason));
}

/** Goes to a page from outside a link. */
export function goTo(route: string): void {
  window.location.hash = route;
}
