import { type RefObject, useEffect, useState } from 'react';

export interface FullScreen {
  readonly on: boolean;
  readonly toggle: () => void;
}

/** Shows one element on the whole screen. */
export function useFullScreen(frame: RefObject<HTMLElement | null>): FullScreen {
  const [on, setOn] = useState(false);
  useEffect(() => {
    const changed = () => setOn(document.fullscreenElement === frame.current);
    document.addEventListener('fullscreenchange', changed);
    return () => document.removeEventListener('fullscreenchange', changed);
  }, [frame]);
  return {
    on,
    toggle: () => {
      // Refused where the system forbids it: the picture then stays as large as it is.
      if (document.fullscreenElement) void document.exitFullscreen().catch(() => undefined);
      else void frame.current?.requestFullscreen().catch(() => undefined);
    },
  };
}
