import { type CSSProperties, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { Button } from './Button.tsx';
import type { IconName } from './Icon.tsx';
import './popover.css';

/** Between the popover and its button, and between it and the window's edge. Pixels. */
const GAP = 6;

/**
 * A few choices behind a button. The browser's own popover: a click beside it or Escape closes it, and the focus goes
 * back to the button. `corner` opens it at the window's upper right, `menu` too and closes it after a choice, `above`
 * over its button.
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
    if (kind !== 'above' || !button) return;
    const { top, right } = button.getBoundingClientRect();
    setPlace({ bottom: window.innerHeight - top + GAP, right: Math.max(GAP, window.innerWidth - right) });
  };
  return (
    <>
      <Button
        kind="bare"
        size={kind === 'above' ? 'small' : 'normal'}
        icon={icon}
        label={title === undefined ? label : `${label}: ${title}`}
        popoverTarget={id}
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
      >
        {children}
      </section>
    </>
  );
}
