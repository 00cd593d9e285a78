import { type PointerEvent, useRef } from 'react';
import type { TimeRange } from '../../../../shared/quality/observations.ts';
import type { View } from './view.ts';

/** Zoomed in: which part of the whole is seen. Dragging it scrolls; the keyboard zooms and follows the player. */
export function Overview({
  view,
  total,
  kept,
  onScroll,
}: {
  readonly view: View;
  readonly total: number;
  readonly kept: TimeRange;
  readonly onScroll: (seconds: number) => void;
}) {
  const last = useRef(0);
  const percent = (seconds: number) => `${(seconds / total) * 100}%`;
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const width = event.currentTarget.parentElement?.clientWidth ?? 1;
    onScroll(((event.clientX - last.current) / width) * total);
    last.current = event.clientX;
  };
  return (
    <div className="overview" aria-hidden="true">
      <i style={{ left: percent(kept.startSeconds), width: percent(kept.endSeconds - kept.startSeconds) }} />
      <div
        className="grip"
        style={{ left: percent(view.from), width: percent(view.to - view.from) }}
        onPointerDown={(event) => {
          last.current = event.clientX;
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerMove={onPointerMove}
      />
    </div>
  );
}
