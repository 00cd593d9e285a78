import { useEffect, useRef } from 'react';
import { giveBackFocus } from '../../app/giveBackFocus.ts';
import type { PlayerControls } from './player/controls.ts';

const SKIP_SECONDS = 5;
const SMALL_SKIP_SECONDS = 1;
const LONG_SKIP_SECONDS = 10;

/** What takes keys itself: there, the page's own keys are silent. */
const TAKES_KEYS =
  'input:not([type="radio"], [type="checkbox"], [type="range"]), textarea, select, [contenteditable]';
/** What the space bar presses, and what the arrow keys move. */
const TAKES_SPACE = 'button, a, summary, input, [role="button"]';
const TAKES_ARROWS = 'input, [role="slider"]';
/** What plays the take, or goes to a place of it: clicked, it does not keep the keys, which would press it again. */
const LEAVES_KEYS = ':is(.transport, .seek-bar, .findings .evidence, .marks) :is(button, input)';
/** The system's list: it needs the keys until something was chosen from it. */
const LEAVES_KEYS_ONCE_CHOSEN = '.transport select';

export interface ReviewKeyActions {
  readonly player: PlayerControls;
  /** An edge of what is kept goes to where the player is. */
  readonly cut: (edge: 'start' | 'end') => void;
  readonly undo: () => void;
  readonly redo: () => void;
  readonly toKept: (edge: 'start' | 'end') => void;
  readonly toTrouble: (direction: 1 | -1) => void;
  readonly zoom: (factor: number) => void;
  readonly showAll: () => void;
  readonly fullScreen: () => void;
  readonly showKeys: () => void;
}

function actionOf(event: KeyboardEvent, actions: ReviewKeyActions): (() => void) | undefined {
  const { player, cut, zoom } = actions;
  const skip = event.shiftKey ? SMALL_SKIP_SECONDS : SKIP_SECONDS;
  if (event.ctrlKey || event.metaKey) {
    if (event.key.toLowerCase() === 'z') return event.shiftKey ? actions.redo : actions.undo;
    return event.key.toLowerCase() === 'y' ? actions.redo : undefined;
  }
  const keys: Readonly<Record<string, (() => void) | undefined>> = {
    ' ': player.toggle,
    k: player.toggle,
    j: () => player.skip(-LONG_SKIP_SECONDS),
    l: () => player.skip(LONG_SKIP_SECONDS),
    arrowleft: () => player.skip(-skip),
    arrowright: () => player.skip(skip),
    ',': () => player.step(-1),
    '.': () => player.step(1),
    '<': () => player.changeSpeed(-1),
    '>': () => player.changeSpeed(1),
    home: () => actions.toKept('start'),
    end: () => actions.toKept('end'),
    p: () => actions.toTrouble(-1),
    n: () => actions.toTrouble(1),
    i: () => cut('start'),
    o: () => cut('end'),
    '+': () => zoom(2),
    '=': () => zoom(2),
    '-': () => zoom(0.5),
    '0': actions.showAll,
    m: player.toggleSound,
    f: actions.fullScreen,
    '?': actions.showKeys,
  };
  return keys[event.key.toLowerCase()];
}

/** Keys that work anywhere on the page. They are listed in `ReviewKeys`. */
export function useReviewKeys(actions: ReviewKeyActions): void {
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { target, key } = event;
      if (event.defaultPrevented || event.altKey) return;
      if (document.querySelector('dialog[open]') !== null) return;
      const within = (what: string) => target instanceof Element && target.closest(what) !== null;
      if (within(TAKES_KEYS)) return;
      if (key === ' ' && within(TAKES_SPACE)) return;
      if (key.startsWith('Arrow') && within(TAKES_ARROWS)) return;
      const act = actionOf(event, latest.current);
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
  useEffect(() => giveBackFocus(LEAVES_KEYS_ONCE_CHOSEN), []);
}
