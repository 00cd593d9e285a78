import { type RefObject, useLayoutEffect, useState } from 'react';

/** Rows kept beyond the edges, so that the keyboard and fast wheels always find something there. */
const BEYOND = 2;

/**
 * Which rows of a list with equal rows can be seen, from `first` up to but without `end`. Only those are
 * drawn: a library of 10,000 takes costs as much as one screen of it.
 */
export function useVisibleRows(
  scroller: RefObject<HTMLElement | null>,
  list: RefObject<HTMLElement | null>,
  rows: number,
  rowHeight: number,
): { first: number; end: number } {
  const [visible, setVisible] = useState({ first: 0, end: 0 });
  useLayoutEffect(() => {
    const area = scroller.current;
    const target = list.current;
    if (!area || !target || rowHeight <= 0) return;
    const look = () => {
      const above = area.getBoundingClientRect().top - target.getBoundingClientRect().top;
      const first = Math.min(rows, Math.max(0, Math.floor(above / rowHeight) - BEYOND));
      const end = Math.min(
        rows,
        Math.max(first, Math.ceil((above + area.clientHeight) / rowHeight) + BEYOND),
      );
      setVisible((before) => (before.first === first && before.end === end ? before : { first, end }));
    };
    look();
    area.addEventListener('scroll', look, { passive: true });
    // Also when something above the list appears or leaves, e.g. the row of an import.
    const resized = new ResizeObserver(look);
    resized.observe(area);
    for (const child of area.children) resized.observe(child);
    return () => {
      area.removeEventListener('scroll', look);
      resized.disconnect();
    };
  }, [scroller, list, rows, rowHeight]);
  return visible;
}
