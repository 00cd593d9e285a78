import type { Piece, Segment } from '../../../../shared/recording/script.ts';

/** One line as it stands on the screen. */
export interface Line {
  readonly kind: Segment['kind'];
  /** Empty for a breath. */
  readonly text: string;
  /** Spoken words on it. */
  readonly words: number;
  /** Number of the segment it belongs to. */
  readonly segment: number;
}

/** Width of a text in pixels. */
export type Measure = (text: string) => number;

/**
 * A take ends after ten minutes and nobody reads more than 240 words a minute: what comes after is never reached, and
 * costs no layout.
 */
const MOST_WORDS = 2400;

/** Breaks a script into lines that fit a width, in pixels. A word that is too long for any line is broken itself. */
export function linesOf(segments: readonly Segment[], measure: Measure, width: number): Line[] {
  const lines: Line[] = [];
  let words = 0;
  for (const [index, segment] of segments.entries()) {
    if (words >= MOST_WORDS) break;
    if (segment.kind === 'breath') {
      lines.push({ kind: 'breath', text: '', words: 0, segment: index });
      continue;
    }
    const spoken = segment.kind === 'spoken';
    const pieces = spoken ? segment.pieces.slice(0, MOST_WORDS - words) : inBrackets(segment.pieces);
    for (const line of wrap(pieces, measure, width)) {
      lines.push({ kind: segment.kind, text: line.text, words: spoken ? line.pieces : 0, segment: index });
    }
    if (spoken) words += pieces.length;
  }
  return lines;
}

function inBrackets(pieces: readonly Piece[]): Piece[] {
  return pieces.map((piece, index) => ({
    ...piece,
    text: `${index === 0 ? '[' : ''}${piece.text}${index === pieces.length - 1 ? ']' : ''}`,
  }));
}

/** `pieces` counts those that begin on the line: the rest of a broken word belongs to where it began. */
function* wrap(pieces: readonly Piece[], measure: Measure, width: number) {
  const space = measure(' ');
  let text = '';
  let used = 0;
  let count = 0;
  for (const piece of pieces) {
    const wide = measure(piece.text);
    const gap = text !== '' && piece.spaceBefore ? space : 0;
    if (text !== '' && used + gap + wide > width) {
      yield { text, pieces: count };
      text = '';
      used = 0;
      count = 0;
    }
    count += 1;
    if (text !== '' || wide <= width) {
      used += (text === '' ? 0 : gap) + wide;
      text += `${text !== '' && piece.spaceBefore ? ' ' : ''}${piece.text}`;
      continue;
    }
    const parts = broken(piece.text, measure, width);
    text = parts.pop() ?? '';
    used = measure(text);
    for (const part of parts) {
      yield { text: part, pieces: count };
      count = 0;
    }
  }
  if (text !== '') yield { text, pieces: count };
}

const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** At least one letter a part, however narrow it is. */
function broken(word: string, measure: Measure, width: number): string[] {
  const parts: string[] = [];
  let part = '';
  for (const { segment } of letters.segment(word)) {
    if (part !== '' && measure(part + segment) > width) {
      parts.push(part);
      part = '';
    }
    part += segment;
  }
  parts.push(part);
  return parts;
}
