import { words } from '../../../../shared/words/app.ts';
import type { Mark } from '../marks.ts';
import { shareOf, type View } from './view.ts';

/** One mark, or several that lie too close to be told apart at this width. Pixels. */
export interface PlacedMark {
  readonly marks: readonly Mark[];
  readonly row: number;
  readonly left: number;
  readonly width: number;
  /** How long its places really last, from its left edge; those that touch are one. */
  readonly lasts: readonly Stretch[];
}

interface Stretch {
  readonly left: number;
  readonly width: number;
}

/** Room for the icon alone. */
const LEAST_WIDTH = 26;
const GAP = 3;
/** A moment is seen as this much. */
const LEAST_LASTING = 3;
/** Of one letter at the size of the marks, and what stands beside the words. */
const LETTER = 7.2;
const BESIDE = 34;

/**
 * Places marks in rows so that none covers another. A mark that finds no room joins the one it would cover. Where there
 * is room behind it, a mark is as wide as its words, though its place is shorter: how long that lasts is told apart.
 * @param marks in order of time
 */
export function placeMarks(marks: readonly Mark[], view: View, pixels: number, rows: number): PlacedMark[] {
  const placed: { marks: Mark[]; row: number; left: number; right: number }[] = [];
  const last: (typeof placed)[number][] = [];
  for (const mark of marks) {
    const { startSeconds, endSeconds } = mark.place;
    if (endSeconds < view.from || startSeconds > view.to) continue;
    const from = Math.max(0, shareOf(view, startSeconds) * pixels);
    const to = Math.min(pixels, shareOf(view, endSeconds) * pixels);
    const left = Math.min(from, pixels - LEAST_WIDTH);
    const right = Math.max(to, left + LEAST_WIDTH);
    const free = Array.from({ length: rows }, (_, row) => row).find(
      (row) => (last[row]?.right ?? Number.NEGATIVE_INFINITY) + GAP <= left,
    );
    const nearest = [...last].sort((a, b) => a.right - b.right)[0];
    if (free === undefined && nearest !== undefined) {
      nearest.marks.push(mark);
      nearest.right = Math.max(nearest.right, right);
    } else {
      const entry = { marks: [mark], row: free ?? 0, left, right };
      last[entry.row] = entry;
      placed.push(entry);
    }
  }
  return placed.map((entry) => {
    const behind = placed.find((other) => other.row === entry.row && other.left > entry.left);
    const wanted = entry.left + labelOf(entry.marks).length * LETTER + BESIDE;
    const room = (behind?.left ?? pixels + GAP) - GAP;
    const right = Math.max(entry.right, Math.min(wanted, room));
    return {
      marks: entry.marks,
      row: entry.row,
      left: entry.left,
      width: right - entry.left,
      lasts: lastingOf(entry.marks, view, pixels).map(({ left, width }) => ({
        left: left - entry.left,
        width,
      })),
    };
  });
}

/** What a mark says in a few words; of several how many they are. */
export const labelOf = (marks: readonly Mark[]): string =>
  marks.length > 1 ? words.review.timeline.troubles(marks.length) : (marks[0]?.title ?? '');

/** Where the places of marks lie on the timeline. */
function lastingOf(marks: readonly Mark[], view: View, pixels: number): Stretch[] {
  const stretches: { left: number; width: number }[] = [];
  for (const { place } of marks) {
    const from = Math.max(0, shareOf(view, place.startSeconds) * pixels);
    const to = Math.min(pixels, shareOf(view, place.endSeconds) * pixels);
    const left = Math.min(from, pixels - LEAST_LASTING);
    const right = Math.max(to, left + LEAST_LASTING);
    const before = stretches.at(-1);
    if (before !== undefined && left <= before.left + before.width + 1)
      before.width = Math.max(before.width, right - before.left);
    else stretches.push({ left, width: right - left });
  }
  return stretches;
}

/** Rows that placed marks need; one also where there are none. */
export const rowsOf = (placed: readonly PlacedMark[]): number =>
  placed.reduce((most, { row }) => Math.max(most, row + 1), 1);
