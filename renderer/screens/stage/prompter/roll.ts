import { REST_SECONDS } from '../../../../shared/recording/readingTime.ts';
import type { Line } from './lines.ts';

/** A note stands before the first line for this long: the text begins to move with the countdown. */
export const LEAD_SECONDS = 3;

/** How long the step from one line to the next takes. It ends when the line is due. */
const GLIDE_SECONDS = 0.35;

/** All lines there are: the note before the script, the script, and the note after it. */
export interface Sheet {
  readonly lead: readonly Line[];
  readonly script: readonly Line[];
  readonly end: readonly Line[];
}

/**
 * How long each line of a script is read, seconds. Words take the time of their speed, however they are broken into
 * lines; a rest takes its own.
 */
function secondsOf(lines: readonly Line[], wordsPerMinute: number, restSeconds = REST_SECONDS): number[] {
  const linesIn = new Map<number, number>();
  for (const line of lines) linesIn.set(line.segment, (linesIn.get(line.segment) ?? 0) + 1);
  return lines.map((line) =>
    line.kind === 'spoken'
      ? (line.words * 60) / wordsPerMinute
      : restSeconds / (linesIn.get(line.segment) ?? 1),
  );
}

export interface Roll {
  /** Whole length, from the note before the first line to the end of the note after the last. Seconds. */
  readonly seconds: number;
  readonly keyframes: readonly {
    readonly offset: number;
    readonly transform: string;
    readonly easing: string;
  }[];
}

/**
 * The motion of the text as keyframes of one transform, which the compositor plays by itself. It moves a line at a
 * time and rests in between: a line can be read standing still, and while it stands nothing is drawn. The first line
 * of the script is due after `LEAD_SECONDS`.
 *
 * @param slot the line of the visible ones that is being read, from 0
 * @param stepping without a glide, for people who asked the system for less motion
 */
export function rollOf(
  { lead, script, end }: Sheet,
  wordsPerMinute: number,
  { lineHeight, slot, stepping }: { lineHeight: number; slot: number; stepping: boolean },
): Roll {
  const lengths = [
    ...secondsOf(lead, wordsPerMinute, LEAD_SECONDS),
    ...secondsOf(script, wordsPerMinute),
    ...secondsOf(end, wordsPerMinute),
  ];
  const seconds = lengths.reduce((sum, length) => sum + length, 0);
  const at = (row: number, time: number, easing: string) => ({
    offset: Math.min(1, time / seconds),
    transform: `translateY(${(slot - row) * lineHeight}px)`,
    easing,
  });
  const keyframes = [at(0, 0, 'linear')];
  let due = 0;
  for (const [row, length] of lengths.slice(0, -1).entries()) {
    due += length;
    const glide = stepping ? 0 : Math.min(GLIDE_SECONDS, length / 2);
    keyframes.push(at(row, due - glide, 'cubic-bezier(0.4, 0, 0.2, 1)'), at(row + 1, due, 'linear'));
  }
  keyframes.push(at(lengths.length - 1, seconds, 'linear'));
  return { seconds, keyframes };
}

/** How many lines are seen and which of them is read: the one before stays in sight where there is room for three. */
export function windowOf(
  height: number,
  lineHeight: number,
): { readonly seen: number; readonly slot: number } {
  const seen = Math.max(1, Math.min(3, Math.floor(height / lineHeight)));
  return { seen, slot: seen === 3 ? 1 : 0 };
}

/** Letters and lines in pixels for a row of this height: one whole line fits at least. */
export function sizesIn(
  height: number,
  textSize: number,
): { readonly letters: number; readonly line: number } {
  const letters = Math.max(1, Math.min(textSize, Math.floor(height / LINE_HEIGHT)));
  return { letters, line: Math.floor(letters * LINE_HEIGHT) };
}

const LINE_HEIGHT = 1.34;
