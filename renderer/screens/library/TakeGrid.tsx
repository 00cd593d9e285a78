import { type CSSProperties, type RefObject, useId, useRef } from 'react';
import type { TakeSummary } from '../../../shared/domain/summary.ts';
import { say } from '../../../shared/words/app.ts';
import { TakeCard } from './TakeCard.tsx';
import { useVisibleRows } from './useVisibleRows.ts';

/** How the grid is laid out at the window's present width. Pixels. */
export interface GridLayout {
  readonly columns: number;
  readonly rowHeight: number;
}

const GAP = 18;
/** Name, and two lines of state, below the picture; the same figure stands in `library.css`. */
const WORDS_HEIGHT = 67;
const LEAST_WIDTH = 240;
const LEAST_WIDTH_NARROW = 200;
const NARROW_AREA = 1000;

export function gridLayout(areaWidth: number): GridLayout {
  const least = areaWidth < NARROW_AREA ? LEAST_WIDTH_NARROW : LEAST_WIDTH;
  const columns = Math.max(2, Math.floor((areaWidth + GAP) / (least + GAP)));
  const cardWidth = (areaWidth - GAP * (columns - 1)) / columns;
  return { columns, rowHeight: Math.ceil((cardWidth * 9) / 16 + WORDS_HEIGHT + GAP) };
}

/** A titled group of takes, of which only the visible rows are drawn. */
export function TakeGrid({
  title,
  takes,
  layout,
  scroller,
}: {
  readonly title: string;
  readonly takes: readonly TakeSummary[];
  readonly layout: GridLayout;
  readonly scroller: RefObject<HTMLElement | null>;
}) {
  const titleId = useId();
  const list = useRef<HTMLUListElement>(null);
  const { columns, rowHeight } = layout;
  const rows = Math.ceil(takes.length / columns);
  const { first, end } = useVisibleRows(scroller, list, rows, rowHeight);
  const style: CSSProperties = {
    height: rows * rowHeight,
    paddingTop: first * rowHeight,
    gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
    gridAutoRows: rowHeight,
  };
  return (
    <section aria-labelledby={titleId}>
      <h2 className="group" id={titleId}>
        {title} <span>{say.count(takes.length)}</span>
      </h2>
      <ul className="takes" ref={list} style={style}>
        {takes.slice(first * columns, end * columns).map((take, index) => (
          <li key={take.id} aria-setsize={takes.length} aria-posinset={first * columns + index + 1}>
            <TakeCard take={take} />
          </li>
        ))}
      </ul>
    </section>
  );
}
