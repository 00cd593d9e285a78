import { useEffect, useState } from 'react';

/** Whoever looks on needs no controls after this long. Milliseconds. */
const IDLE_AFTER_MS = 3000;
const SIGNS_OF_LIFE = ['pointermove', 'pointerdown', 'keydown', 'wheel'] as const;

/**
 * Whether nothing was moved or pressed for a while.
 * @param on whether it is to be known; otherwise nobody is idle
 */
export function useIdle(on: boolean): boolean {
  const [idle, setIdle] = useState(false);
  useEffect(() => {
    if (!on) return;
    let timer: ReturnType<typeof setTimeout>;
    const awake = () => {
      setIdle(false);
      clearTimeout(timer);
      timer = setTimeout(() => setIdle(true), IDLE_AFTER_MS);
    };
    awake();
    for (const sign of SIGNS_OF_LIFE) window.addEventListener(sign, awake, { passive: true });
    return () => {
      for (const sign of SIGNS_OF_LIFE) window.removeEventListener(sign, awake);
      clearTimeout(timer);
      setIdle(false);
    };
  }, [on]);
  return idle;
}
