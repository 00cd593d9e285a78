/** Where something is written. */
const WRITTEN_IN =
  'input:not([type="radio"], [type="checkbox"], [type="range"]), textarea, select, [contenteditable]';
/** While it is open, it is what keys are for. */
const TAKES_ALL = 'dialog[open], [popover][data-kind="menu"]:popover-open';

/** Whether a key belongs to what has the focus or lies over the page: then the page's own keys are silent. */
export function takesKeys(target: EventTarget | null): boolean {
  if (document.querySelector(TAKES_ALL) !== null) return true;
  return target instanceof Element && target.closest(WRITTEN_IN) !== null;
}
