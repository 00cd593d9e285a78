/** Scrolls until something is seen, at once for whoever wants no motion. The focus stays where it is. */
export function bringIntoView(element: Element | null | undefined, block: ScrollLogicalPosition): void {
  const { matches: wantsNoMotion } = window.matchMedia('(prefers-reduced-motion: reduce)');
  element?.scrollIntoView({ block, behavior: wantsNoMotion ? 'auto' : 'smooth' });
}
