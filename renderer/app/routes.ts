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

/** Goes to a page from outside a link. */
export function goTo(route: string): void {
  window.location.hash = route;
}
