import { useEffect } from 'react';

const CONTROLS =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), [tabindex="0"]';
/** A part of the page and which of its controls has the focus. */
interface Place {
  readonly part: Element;
  readonly index: number;
}

/**
 * While a page is shown: a control that goes away while it has the focus hands it to the one that has taken its place, or
 * that is nearest. The keyboard and a screen reader would otherwise begin again at the top of the window. Not for pages
 * where the next press could cost money.
 */
export function useKeptFocus(): void {
  useEffect(() => {
    let focused: Element | null = null;
    let places: Place[] = [];
    const remember = ({ target }: FocusEvent) => {
      focused = target instanceof Element ? target : null;
      places = focused === null ? [] : placesOf(focused);
    };
    // Whoever lets go of a control that stays has not lost it: it may go away later without anybody's keyboard on it. One
    // that goes away is let go of as well, and only afterwards is it seen which it was.
    const forget = ({ target }: FocusEvent) => {
      setTimeout(() => {
        if (target === focused && focused?.isConnected === true && document.activeElement === document.body)
          focused = null;
      });
    };
    // The key that made a control go away must not press the one that gets the focus: it is waited for.
    let isHeld = false;
    const press = () => {
      isHeld = true;
    };
    const release = () => {
      isHeld = false;
      setTimeout(look);
    };
    const look = () => {
      if (isHeld || focused === null || focused.isConnected) return;
      const kept = places.find(({ part }) => part.isConnected);
      focused = null;
      // Whoever has moved the focus knows better: a dialog that opened, another page.
      if (kept === undefined || document.activeElement !== document.body) return;
      const controls = controlsIn(kept.part);
      controls[Math.min(kept.index, controls.length - 1)]?.focus({ preventScroll: true });
    };
    const observer = new MutationObserver(look);
    observer.observe(document.body, { subtree: true, childList: true });
    document.addEventListener('focusin', remember);
    document.addEventListener('focusout', forget);
    window.addEventListener('keydown', press, true);
    window.addEventListener('keyup', release, true);
    return () => {
      observer.disconnect();
      document.removeEventListener('focusin', remember);
      document.removeEventListener('focusout', forget);
      window.removeEventListener('keydown', press, true);
      window.removeEventListener('keyup', release, true);
    };
  }, []);
}

const controlsIn = (part: Element): HTMLElement[] => [...part.querySelectorAll<HTMLElement>(CONTROLS)];

/** From the inside out, up to the page. */
function placesOf(control: Element): Place[] {
  const places: Place[] = [];
  for (let part = control.parentElement; part !== null; part = part.parentElement) {
    places.push({ part, index: controlsIn(part).indexOf(control as HTMLElement) });
    if (part.classList.contains('page')) return places.filter(({ index }) => index >= 0);
  }
  return [];
}
