import { type CSSProperties, type ReactNode, useEffect, useId, useRef } from 'react';
import { Icon, type IconName } from './Icon.tsx';
import './parts.css';
import './dialog.css';

/** How something stands: its shape, its colour and its word always come together. */
export type Tone = 'pass' | 'warn' | 'fail' | 'info' | 'work';

const TONE_ICONS = {
  pass: 'pass',
  warn: 'warn',
  fail: 'fail',
  info: 'info',
  work: 'work',
} as const satisfies Record<Tone, IconName>;

export const iconOfTone = (tone: Tone): IconName => TONE_ICONS[tone];

/** A state in one line: what it is, and one thing about it. */
export function State({ tone, word, line }: { tone: Tone; word: string; line?: string | undefined }) {
  return (
    <span className="state" data-tone={tone}>
      <Icon name={TONE_ICONS[tone]} size="small" />
      <b>{word}</b>
      {line !== undefined && (
        <span className="cut" title={line}>
          {line}
        </span>
      )}
    </span>
  );
}

/** Work that is going on. `value` from 0 to 1, or null while nobody can tell. */
export function ProgressBar({
  value,
  label,
  thin = false,
}: {
  readonly value: number | null;
  readonly label: string;
  readonly thin?: boolean;
}) {
  const style: CSSProperties | undefined =
    value === null ? undefined : { transform: `scaleX(${Math.min(1, Math.max(0, value))})` };
  return (
    <div
      className="bar"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={value === null ? undefined : Math.round(value * 100)}
      data-unknown={value === null ? '' : undefined}
      data-thin={thin ? '' : undefined}
    >
      <i style={style} />
    </div>
  );
}

/** A sentence across the page, with at most one thing to do. */
export function Banner({ tone, children, action }: { tone: Tone; children: ReactNode; action?: ReactNode }) {
  return (
    <div className="banner" data-tone={tone}>
      <Icon name={TONE_ICONS[tone]} />
      <p>{children}</p>
      {action}
    </div>
  );
}

/** A sentence inside a page: what is the matter, and what can be done. */
export function Note({
  tone,
  title,
  children,
  actions,
  live = false,
}: {
  readonly tone: Tone;
  readonly title?: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  /** Read out when it appears. */
  readonly live?: boolean;
}) {
  return (
    <div className="note" data-tone={tone} role={live ? 'alert' : undefined}>
      <Icon name={TONE_ICONS[tone]} />
      <div>
        {title !== undefined && <b>{title}</b>}
        {children}
        {actions !== undefined && <div className="actions">{actions}</div>}
      </div>
    </div>
  );
}

/** A whole area with nothing to show: waiting, failed or empty. It always says which. */
export function Message({
  tone,
  title,
  children,
  actions,
  busy = false,
}: {
  readonly tone?: Tone;
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  readonly busy?: boolean;
}) {
  return (
    <div className="message" data-tone={tone} role={busy ? 'status' : undefined}>
      {tone && <Icon name={TONE_ICONS[tone]} size="large" />}
      <h2>{title}</h2>
      {busy && <ProgressBar value={null} label={title} thin />}
      {children}
      {actions !== undefined && <div className="actions">{actions}</div>}
    </div>
  );
}

/** A picture from a video, or the words that stand for it. Decoration: its name stands beside it. */
export function Poster({
  src,
  turn,
  missing,
  length,
  children,
}: {
  readonly src: string | null;
  /** Clockwise, degrees. */
  readonly turn: 0 | 90 | 180 | 270;
  readonly missing: string;
  readonly length?: string | undefined;
  readonly children?: ReactNode;
}) {
  return (
    <span className="poster" data-turn={turn}>
      {src === null ? (
        <span>{missing}</span>
      ) : (
        <img src={src} alt="" loading="lazy" decoding="async" draggable={false} />
      )}
      {length !== undefined && <span className="length">{length}</span>}
      {children}
    </span>
  );
}

/**
 * A question that must be answered first. The browser's own modal dialog: it holds the focus, closes with
 * Escape, and gives the focus back to where it was.
 */
export function Dialog({
  title,
  children,
  footer,
  onClose,
  size = 'normal',
}: {
  readonly title: string;
  readonly children: ReactNode;
  readonly footer: ReactNode;
  readonly onClose: () => void;
  readonly size?: 'normal' | 'wide';
}) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const dialog = ref.current;
    if (dialog && !dialog.open) dialog.showModal();
    // Opening gives the focus to the first control, whichever was meant.
    dialog?.querySelector<HTMLElement>('[data-initial]')?.focus();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={ref}
      className="dialog"
      data-size={size}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div>
        <h2 id={titleId}>{title}</h2>
        {children}
        <div className="answers">{footer}</div>
      </div>
    </dialog>
  );
}

/** More of the same, folded away. */
export function Disclosure({
  icon,
  title,
  children,
}: {
  readonly icon?: ReactNode;
  readonly title: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <details className="disclosure">
      <summary>
        {icon}
        {title}
        <Icon name="down" size="small" />
      </summary>
      {children}
    </details>
  );
}

/** Names and values, one line each. */
export function Facts({ of }: { of: readonly (readonly [name: string, value: ReactNode] | null)[] }) {
  return (
    <dl className="facts">
      {of.map(
        (fact) =>
          fact && (
            <FactRow key={fact[0]} name={fact[0]}>
              {fact[1]}
            </FactRow>
          ),
      )}
    </dl>
  );
}

function FactRow({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
