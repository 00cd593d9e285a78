import type { ComponentProps, ReactNode } from 'react';
import { Icon, type IconName } from './Icon.tsx';
import './button.css';

interface Look {
  readonly kind?: 'normal' | 'primary' | 'bare' | 'danger';
  readonly size?: 'normal' | 'large' | 'small';
  readonly icon?: IconName | undefined;
  /** Fills the width it is given. */
  readonly wide?: boolean;
  /** Words beside the icon; without them, `label` names the button and shows as a hint. */
  readonly children?: ReactNode;
  readonly label?: string;
}

type ButtonProps = Look & Omit<ComponentProps<'button'>, keyof Look>;

function lookOf({ kind = 'normal', size = 'normal', wide = false, children }: Look) {
  return {
    className: 'button',
    'data-kind': kind,
    'data-size': size,
    'data-wide': wide ? '' : undefined,
    'data-icon-only': children === undefined ? '' : undefined,
  };
}

/** A button; its `type` is never "submit" unless said so. */
export function Button({ kind, size, icon, wide, children, label, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...lookOf({
        ...(kind && { kind }),
        ...(size && { size }),
        ...(wide && { wide }),
        children,
      })}
      aria-label={label}
      title={children === undefined ? label : undefined}
      {...rest}
    >
      {icon && <Icon name={icon} size={size === 'small' ? 'small' : 'normal'} />}
      {children}
    </button>
  );
}

type ButtonLinkProps = Look & { readonly href: string };

/** A link inside the window that looks like a button, because it leads to the next step. */
export function ButtonLink({ kind, size, icon, wide, children, label, href }: ButtonLinkProps) {
  return (
    <a
      href={`#${href}`}
      {...lookOf({
        ...(kind && { kind }),
        ...(size && { size }),
        ...(wide && { wide }),
        children,
      })}
      aria-label={label}
    >
      {icon && <Icon name={icon} size={size === 'small' ? 'small' : 'normal'} />}
      {children}
    </a>
  );
}
