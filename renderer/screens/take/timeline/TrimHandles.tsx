import { type CSSProperties, type KeyboardEvent, memo, type PointerEvent } from 'react';
import type { TimeRange } from '../../../../shared/quality/observations.ts';
import { say, words } from '../../../../shared/words/app.ts';
import type { Edge } from '../trim/trim.ts';
import type { TrimControls } from '../trim/useTrim.ts';
import { shareOf, type View } from './view.ts';

const percent = (share: number): string => `${share * 100}%`;

/** What is kept, framed, with a handle at each end; what is cut off is veiled. */
export const TrimHandles = memo(function TrimHandles({
  kept,
  whole,
  view,
  total,
  trim,
}: {
  readonly kept: TimeRange;
  readonly whole: boolean;
  readonly view: View;
  readonly total: number;
  readonly trim: TrimControls;
}) {
  const from = shareOf(view, kept.startSeconds);
  const to = shareOf(view, kept.endSeconds);
  const clamp = (share: number) => Math.min(1, Math.max(0, share));
  const frame: CSSProperties = { left: percent(clamp(from)), width: percent(clamp(to) - clamp(from)) };
  return (
    <div className="trim" data-whole={whole ? '' : undefined}>
      <div className="veil" style={{ left: 0, width: percent(clamp(from)) }} />
      <div className="veil" style={{ left: percent(clamp(to)), right: 0 }} />
      <div className="kept" style={frame} />
      <Handle edge="start" share={from} seconds={kept.startSeconds} view={view} total={total} trim={trim} />
      <Handle edge="end" share={to} seconds={kept.endSeconds} view={view} total={total} trim={trim} />
    </div>
  );
});

function Handle({
  edge,
  share,
  seconds,
  view,
  total,
  trim,
}: {
  readonly edge: Edge;
  readonly share: number;
  readonly seconds: number;
  readonly view: View;
  readonly total: number;
  readonly trim: TrimControls;
}) {
  const text = words.review.trim;
  const secondsAt = (event: PointerEvent<HTMLElement>): number => {
    const area = event.currentTarget.parentElement?.getBoundingClientRect();
    if (!area) return seconds;
    return view.from + ((event.clientX - area.left) / area.width) * (view.to - view.from);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const steps = event.shiftKey ? 10 : 1;
    const act = {
      ArrowLeft: () => trim.nudge(edge, -1, steps),
      ArrowDown: () => trim.nudge(edge, -1, steps),
      ArrowRight: () => trim.nudge(edge, 1, steps),
      ArrowUp: () => trim.nudge(edge, 1, steps),
      PageDown: () => trim.move(edge, seconds - 10),
      PageUp: () => trim.move(edge, seconds + 10),
      Home: () => trim.move(edge, 0),
      End: () => trim.move(edge, total),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  return (
    <div
      className="handle"
      data-edge={edge}
      // Out of sight when zoomed elsewhere, but there for the keyboard.
      data-away={share < -0.001 || share > 1.001 ? '' : undefined}
      style={{ left: percent(Math.min(1, Math.max(0, share))) }}
      role="slider"
      tabIndex={0}
      aria-label={text[edge]}
      aria-valuemin={0}
      aria-valuemax={Math.round(total * 100) / 100}
      aria-valuenow={Math.round(seconds * 100) / 100}
      aria-valuetext={say.preciseLength(seconds)}
      title={text[edge]}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) trim.drag(edge, secondsAt(event));
      }}
      onPointerUp={(event) => {
        event.stopPropagation();
        trim.drop();
      }}
      onPointerCancel={() => trim.drop()}
    />
  );
}
