import {
  type CSSProperties,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';
import { Button } from './Button.tsx';
import type { IconName } from './Icon.tsx';
import './popover.css';

/** Between the popover and its button, and between it and the window's edge. Pixels. */
const GAP = 6;
/** As `popover.css` has it, pixels. */
const MENU_WIDTH = 248;
/** Keys that go from one choice of a menu to another. */
const STEPS: Readonly<Record<string, 1 | -1 | 'first' | 'last'>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  Home: 'first',
  End: 'last',
};

/**
 * A few choices behind a button. The browser's own popover: a click beside it or Escape closes it, and the focus goes
 * back to the button. `corner` opens it at the window's upper right; `menu` under its button, with the arrow keys to
 * choose, and closes it after a choice; `above` over its button.
 */
export function Popover({
  icon,
  label,
  title,
  children,
  disabled = false,
  kind = 'corner',
}: {
  readonly icon: IconName;
  readonly label: string;
  /** Words beside the icon. */
  readonly title?: string;
  readonly children: ReactNode;
  readonly disabled?: boolean;
  readonly kind?: 'corner' | 'menu' | 'above';
}) {
  const id = useId();
  const panel = useRef<HTMLElement>(null);
  const [place, setPlace] = useState<CSSProperties>({});
  useEffect(() => {
    const menu = panel.current;
    if (kind !== 'menu' || !menu) return;
    // However a choice is pressed, by pointer or by keyboard, it arrives as a click.
    const close = () => menu.hidePopover();
    menu.addEventListener('click', close);
    return () => menu.removeEventListener('click', close);
  }, [kind]);
  const onToggle = () => {
    const button = panel.current?.previousElementSibling;
    if (kind === 'corner' || !button) return;
    const { top, bottom, left, right } = button.getBoundingClientRect();
    if (kind === 'above')
      setPlace({ bottom: window.innerHeight - top + GAP, right: Math.max(GAP, window.innerWidth - right) });
    // Under its button, and never beyond the window.
    else
      setPlace({
        top: bottom + GAP,
        left: Math.max(GAP, Math.min(left, window.innerWidth - MENU_WIDTH - GAP)),
      });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const by = STEPS[event.key];
    if (kind !== 'menu' || by === undefined) return;
    event.preventDefault();
    const choices = [...event.currentTarget.querySelectorAll<HTMLElement>('a, button:not(:disabled)')];
    const at = choices.indexOf(document.activeElement as HTMLElement);
    const next = by === 'first' ? 0 : by === 'last' ? -1 : at < 0 && by < 0 ? -1 : at + by;
    choices.at(next % choices.length)?.focus();
  };
  /** Its button keeps the focus when it is pressed by pointer: then the keys are the menu's all the same. */
  const onButtonKeyDown = (event: KeyboardEvent) => {
    const menu = panel.current;
    const isOpen = menu?.matches(':popover-open') ?? false;
    if (kind !== 'menu' || menu === null || !(event.key === 'ArrowDown' || (isOpen && event.key in STEPS)))
      return;
    event.preventDefault();
    if (!isOpen) menu.showPopover();
    const choices = menu.querySelectorAll<HTMLElement>('a, button:not(:disabled)');
    const isLast = event.key === 'ArrowUp' || event.key === 'End';
    choices[isLast ? choices.length - 1 : 0]?.focus();
  };
  return (
    <>
      <Button
        kind="bare"
        size={kind === 'above' ? 'small' : 'normal'}
        icon={icon}
        label={title === undefined ? label : `${label}: ${title}`}
        popoverTarget={id}
        onKeyDown={onButtonKeyDown}
        disabled={disabled}
      >
        {title}
      </Button>
      <section
        className="popover"
        id={id}
        ref={panel}
        popover="auto"
        aria-label={label}
        data-kind={kind}
        style={place}
        onBeforeToggle={onToggle}
        onKeyDown={onKeyDown}
      >
        {children}
      </section>
    </>
  );
}
