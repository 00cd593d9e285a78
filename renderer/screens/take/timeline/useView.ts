import { type RefObject, useCallback, useEffect, useState } from 'react';
import type { PlayerControls } from '../player/controls.ts';
import { closeUpOf, following, scrolled, type View, wholeView, zoomed } from './view.ts';

export interface ViewControls {
  readonly view: View;
  /** Closer or further around the player's moment. */
  readonly zoom: (factor: number) => void;
  readonly showAll: () => void;
  readonly scroll: (seconds: number) => void;
  readonly closeUp: (place: View) => void;
}

/** How much a notch of the wheel brings closer. */
const WHEEL_ZOOM = 0.0022;

/** Which part of the take the timeline shows. It follows the player, and the wheel over `area` moves it. */
export function useView(
  area: RefObject<HTMLElement | null>,
  controls: PlayerControls,
  total: number,
): ViewControls {
  const [view, setView] = useState(() => wholeView(total));
  useEffect(() => setView(wholeView(total)), [total]);

  useEffect(
    () => controls.follow(() => setView((before) => following(before, controls.get().seconds, total))),
    [controls, total],
  );

  useEffect(() => {
    const element = area.current;
    if (!element) return;
    const onWheel = (event: WheelEvent) => {
      const { width, left } = element.getBoundingClientRect();
      // A pinch on a trackpad arrives as a wheel with Ctrl.
      const pinch = event.ctrlKey || event.metaKey;
      const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey;
      event.preventDefault();
      setView((before) => {
        const perPixel = (before.to - before.from) / width;
        if (sideways && !pinch) return scrolled(before, (event.deltaX || event.deltaY) * perPixel, total);
        const around = before.from + (event.clientX - left) * perPixel;
        return zoomed(before, Math.exp(-event.deltaY * WHEEL_ZOOM * (pinch ? 4 : 1)), around, total);
      });
    };
    // Not passive: the page itself must neither scroll nor zoom.
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [area, total]);

  const zoom = useCallback(
    (factor: number) => {
      const { seconds } = controls.get();
      setView((before) => {
        const seen = seconds >= before.from && seconds <= before.to;
        return zoomed(before, factor, seen ? seconds : (before.from + before.to) / 2, total);
      });
    },
    [controls, total],
  );
  return {
    view,
    zoom,
    showAll: useCallback(() => setView(wholeView(total)), [total]),
    scroll: useCallback((seconds) => setView((before) => scrolled(before, seconds, total)), [total]),
    closeUp: useCallback((place) => setView(closeUpOf(place, total)), [total]),
  };
}
