import { type ReactNode, useId } from 'react';
import { Button } from './Button.tsx';
import type { IconName } from './Icon.tsx';
import './popover.css';

/**
 * A few choices behind a button at the window's upper right corner. The browser's own popover: a click beside it or
 * Escape closes it, and the focus goes back to the button.
 */
export function Popover({
  icon,
  label,
  children,
  disabled = false,
}: {
  readonly icon: IconName;
  readonly label: string;
  readonly children: ReactNode;
  readonly disabled?: boolean;
}) {
  const id = useId();
  return (
    <>
      <Button kind="bare" icon={icon} label={label} popoverTarget={id} disabled={disabled} />
      <section className="popover" id={id} popover="auto" aria-label={label}>
        {children}
      </section>
    </>
  );
}
