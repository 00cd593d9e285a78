import { useEffect, useRef } from 'react';
import { takesKeys } from '../../app/keys/takesKeys.ts';
import { letGoAfterPointer } from '../../app/letGoAfterPointer.ts';

/** What the space bar presses, and what the arrow keys move. */
const TAKES_SPACE = 'button, a, summary, input, [role="button"]';
const TAKES_ARROWS = 'input, [role="slider"]';
/** What plays the take, or goes to a place of it: clicked, it does not keep the keys, which would press it again. */
const LEAVES_KEYS = ':is(.transport, .seek-bar, .findings .evidence, .marks) :is(button, input)';
/** The system's list: it needs the keys until something was chosen from it. */
const LEAVES_KEYS_ONCE_CHOSEN = '.transport select';

/**
 * Keys that work anywhere on a page with players, except where they have another use.
 * @param actionOf what a key does; undefined for one without a meaning
 */
export function usePageKeys(actionOf: (event: KeyboardEvent) => (() => void) | undefined): void {
  const latest = useRef(actionOf);
  latest.current = actionOf;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { target, key } = event;
      if (event.defaultPrevented || event.altKey) return;
      if (takesKeys(target)) return;
      const within = (what: string) => target instanceof Element && target.closest(what) !== null;
      if (key === ' ' && within(TAKES_SPACE)) return;
      if (key.startsWith('Arrow') && within(TAKES_ARROWS)) return;
      const act = latest.current(event);
      if (act === undefined) return;
      event.preventDefault();
      act();
    };
    const onClick = ({ target, detail }: MouseEvent) => {
      // Pressed by a key it is a click of no times.
      const clicked = detail > 0 && target instanceof Element ? target.closest(LEAVES_KEYS) : null;
      if (clicked instanceof HTMLElement && clicked === document.activeElement) clicked.blur();
    };
    window.addEventListener('keydown', onKey);
    window.addEventListener('click', onClick);
    return () => {
      window.removeEventListener('keydown', onKey);
      window.removeEventListener('click', onClick);
    };
  }, []);
  useEffect(() => letGoAfterPointer(LEAVES_KEYS_ONCE_CHOSEN), []);
}
