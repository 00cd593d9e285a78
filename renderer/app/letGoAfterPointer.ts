/**
 * What was opened with the pointer lets go of the keyboard once something is chosen or Escape is pressed, so that the keys of
 * the page work again. By keyboard one goes on choosing.
 * @param of selector of what this is true for
 * @returns the function that ends it
 */
export function letGoAfterPointer(of: string): () => void {
  let byPointer = false;
  const onPointer = () => {
    byPointer = true;
  };
  const letGo = (target: EventTarget | null) => {
    if (!byPointer || !(target instanceof HTMLElement) || !target.matches(of)) return;
    // A popover gives the focus back itself when it closes, and only from inside.
    if (target.closest('[popover]') === null) target.blur();
  };
  const onKey = ({ key, target }: KeyboardEvent) => {
    if (key === 'Escape') letGo(target);
    byPointer = false;
  };
  const onChange = ({ target }: Event) => letGo(target);
  const ends = [listen('pointerdown', onPointer), listen('keydown', onKey), listen('change', onChange)];
  return () => {
    for (const end of ends) end();
  };
}

/** Before anybody on the page. */
function listen<Name extends keyof WindowEventMap>(
  type: Name,
  listener: (event: WindowEventMap[Name]) => void,
): () => void {
  window.addEventListener(type, listener, { capture: true });
  return () => window.removeEventListener(type, listener, { capture: true });
}
