import { useEffect, useRef } from 'react';
import type { Command } from './adjust.ts';

const COMMANDS: ReadonlyMap<string, Command> = new Map([
  ['ArrowUp', 'faster'],
  ['ArrowDown', 'slower'],
  ['+', 'bigger'],
  // Where the plus needs Shift, its key is meant all the same.
  ['=', 'bigger'],
  ['-', 'smaller'],
  ['−', 'smaller'],
  ['_', 'smaller'],
  ['[', 'narrower'],
  [']', 'wider'],
  ['m', 'mirror'],
  ['p', 'hold'],
  ['t', 'show'],
  ['Home', 'restart'],
]);

/** Held down, these would flicker or start over. */
const ONCE: ReadonlySet<Command> = new Set(['mirror', 'hold', 'restart', 'show']);

export interface Press {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  readonly repeat: boolean;
  /** Many keyboards need it for brackets. */
  readonly altGraph: boolean;
}

/** What a key does to the text; null when it is none of the teleprompter's. */
export function commandOf(press: Press): Command | null {
  if (press.metaKey || ((press.ctrlKey || press.altKey) && !press.altGraph)) return null;
  const command = COMMANDS.get(press.key.length === 1 ? press.key.toLowerCase() : press.key) ?? null;
  return command && press.repeat && ONCE.has(command) ? null : command;
}

/** Controls that have a use for letters or arrows themselves. A box to tick has none … */
const TYPING =
  'input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable], [role="listbox"], [role="menu"], [role="slider"]';
/** … and a radio button only for arrows. */
const TAKES_ARROWS = 'input[type="radio"]';

/**
 * Obeys the teleprompter's keys anywhere on the page, except in fields and while a dialog is open.
 * @param obey says whether it had a use for the key; without one it is left to others
 */
export function useCommandKeys(obey: (command: Command) => boolean): void {
  const latest = useRef(obey);
  useEffect(() => {
    latest.current = obey;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      if (event.target instanceof Element && event.target.closest(TYPING)) return;
      const isArrow = event.key.startsWith('Arrow');
      if (isArrow && event.target instanceof Element && event.target.matches(TAKES_ARROWS)) return;
      if (document.querySelector('dialog[open]')) return;
      const command = commandOf({
        key: event.key,
        ctrlKey: event.ctrlKey,
        altKey: event.altKey,
        metaKey: event.metaKey,
        repeat: event.repeat,
        altGraph: event.getModifierState('AltGraph'),
      });
      if (command && latest.current(command)) event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
