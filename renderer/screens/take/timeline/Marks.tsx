import { type KeyboardEvent, memo, useRef } from 'react';
import { say, words } from '../../../../shared/words/app.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { iconOfTone } from '../../../ui/parts.tsx';
import { type Mark, worstOf } from '../marks.ts';
import { labelOf, type PlacedMark, placeMarks, rowsOf } from './placeMarks.ts';
import type { View } from './view.ts';

const MARK_ROWS = 2;
/** Fewer pixels hold no word worth reading. */
const LEAST_FOR_WORDS = 76;
/** What several are is told of so many; the rest is counted. */
const MOST_NAMED = 8;

const placeText = ({ place }: Mark): string =>
  words.take.check.range(say.length(place.startSeconds), say.length(place.endSeconds));

function nameOf({ marks }: PlacedMark): string {
  const text = words.review.timeline;
  const [first] = marks;
  if (first === undefined) return '';
  if (marks.length === 1)
    return text.mark(words.take.severity[first.severity], first.title, placeText(first));
  const last = Math.max(...marks.map(({ place }) => place.endSeconds));
  const titles = [...new Set(marks.map(({ title }) => title))];
  return text.marks(
    marks.length,
    say.length(first.place.startSeconds),
    say.length(last),
    titles.slice(0, MOST_NAMED),
    titles.length - MOST_NAMED,
  );
}

/** Trouble over the take: a button each. The arrow keys go from one to the next. */
export const Marks = memo(function Marks({
  marks,
  view,
  width,
  selected,
  onSelect,
  onCloseUp,
}: {
  readonly marks: readonly Mark[];
  readonly view: View;
  readonly width: number;
  readonly selected: string | null;
  readonly onSelect: (mark: Mark) => void;
  readonly onCloseUp: (place: View) => void;
}) {
  const text = words.review.timeline;
  const list = useRef<HTMLUListElement>(null);
  const placed = placeMarks(marks, view, width, MARK_ROWS);
  const reached = Math.max(
    0,
    placed.findIndex((entry) => entry.marks.some(({ key }) => key === selected)),
  );
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (by === undefined) return;
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
    const at = buttons.findIndex((button) => button.matches(':focus'));
    buttons[at + by]?.focus();
    event.preventDefault();
  };
  const open = (entry: PlacedMark) => {
    const [first] = entry.marks;
    if (first === undefined) return;
    onSelect(first);
    if (entry.marks.length > 1)
      onCloseUp({
        from: first.place.startSeconds,
        to: Math.max(...entry.marks.map(({ place }) => place.endSeconds)),
      });
  };
  return (
    <ul
      className="marks"
      ref={list}
      aria-label={text.trouble}
      data-rows={rowsOf(placed)}
      onKeyDown={onKeyDown}
    >
      {placed.map((entry, index) => {
        const chosen = entry.marks.some(({ key }) => key === selected);
        const severity = worstOf(entry.marks);
        return (
          <li key={entry.marks[0]?.key}>
            <button
              type="button"
              data-tone={severity}
              data-row={entry.row}
              aria-pressed={chosen}
              aria-label={nameOf(entry)}
              title={nameOf(entry)}
              tabIndex={index === reached ? 0 : -1}
              style={{ left: entry.left, width: entry.width }}
              onClick={() => open(entry)}
            >
              {entry.lasts.map(({ left, width }) => (
                <i key={left} style={{ left, width }} />
              ))}
              <Icon name={iconOfTone(severity)} size="small" />
              {entry.width >= LEAST_FOR_WORDS ? (
                <span>{labelOf(entry.marks)}</span>
              ) : (
                entry.marks.length > 1 && <b>{entry.marks.length}</b>
              )}
            </button>
          </li>
        );
      })}
    </ul>
  );
});
