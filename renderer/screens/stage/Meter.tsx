import { type ReactNode, type RefObject, useEffect } from 'react';
import type { StageState } from '../../capture/session.ts';
import { Icon } from '../../ui/Icon.tsx';
import './meters.css';
import { useSession } from './stageState.tsx';

/** A stretch of a meter, 0 at its foot and 1 at its head. */
export interface Zone {
  readonly from: number;
  readonly to: number;
}

/** A tube with its good zone marked, its words beside it, and what follows from it below. */
export function Meter({
  side,
  title,
  label,
  hint,
  level,
  levelWords,
  zone,
  zoneWords,
  children,
  verdicts,
}: {
  /** Where it stands beside the picture. */
  readonly side: 'left' | 'right';
  readonly title: ReactNode;
  readonly label: string;
  /** What its parts show, for whoever points at it. */
  readonly hint?: string;
  /** 0 to 1; null while there is none. In coarse steps, since it is there to be read out. */
  readonly level: number | null;
  readonly levelWords: string;
  readonly zone: Zone;
  readonly zoneWords: { readonly high: string; readonly good: string; readonly low: string };
  /** What moves inside the tube. */
  readonly children: ReactNode;
  readonly verdicts: readonly {
    readonly title: string;
    readonly word: string;
    readonly good: boolean | null;
  }[];
}) {
  const share = (value: number) => `${(1 - value) * 100}%`;
  const middle = (zone.from + zone.to) / 2;
  return (
    <section
      className="stage-meter"
      data-side={side}
      data-off={level === null ? '' : undefined}
      aria-label={label}
      title={hint}
    >
      <h2>{title}</h2>
      {/* biome-ignore lint/a11y/useSemanticElements: a native meter holds neither a zone nor words */}
      <div
        className="tube"
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round((level ?? 0) * 100)}
        aria-valuetext={levelWords}
      >
        {children}
        <span className="zone" style={{ top: share(zone.to), height: `${(zone.to - zone.from) * 100}%` }} />
        <span className="zone-word" style={{ top: share((1 + zone.to) / 2) }}>
          {zoneWords.high}
        </span>
        <span className="zone-word" data-good="" style={{ top: share(middle) }}>
          {zoneWords.good}
        </span>
        <span className="zone-word" style={{ top: share(zone.from / 2) }}>
          {zoneWords.low}
        </span>
      </div>
      <dl>
        {verdicts.map(({ title: name, word, good }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd data-tone={good === null ? undefined : good ? 'pass' : 'warn'}>
              {good !== null && <Icon name={good ? 'pass' : 'warn'} size="small" />}
              {word}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/**
 * Moves an element up a tube without React: only its transform changes, so that nothing beside it is painted again.
 * `place` gives 0 (foot) to 1 (head), or null to hide it.
 */
export function useMovedByLevel(
  element: RefObject<HTMLElement | null>,
  place: (state: StageState) => number | null,
): void {
  const session = useSession();
  useEffect(() => {
    let shown: number | null | undefined;
    const move = () => {
      const value = place(session.get());
      const next = value === null ? null : Math.round(Math.min(1, Math.max(0, value)) * 200) / 200;
      if (next === shown || !element.current) return;
      shown = next;
      element.current.style.opacity = next === null ? '0' : '1';
      if (next !== null) element.current.style.transform = `translateY(${(-100 * next).toFixed(1)}%)`;
    };
    move();
    return session.follow(move);
  }, [session, element, place]);
}
