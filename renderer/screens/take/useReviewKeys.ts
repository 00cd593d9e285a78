import type { PlayerControls } from './player/controls.ts';
import { usePageKeys } from './usePageKeys.ts';

const SKIP_SECONDS = 5;
const SMALL_SKIP_SECONDS = 1;
const LONG_SKIP_SECONDS = 10;

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
  };
  return keys[event.key.toLowerCase()];
}

/** Keys that work anywhere on the page. They are listed in `words.keys.review`. */
export const useReviewKeys = (actions: ReviewKeyActions): void =>
  usePageKeys((event) => actionOf(event, actions));
