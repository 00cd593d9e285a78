/**
 * What a script for the teleprompter is made of. Paragraphs are spoken; between two of them one breathes. What stands
 * in square brackets is a direction to the speaker, is not spoken, and is a rest too.
 */

export type Segment =
  | { readonly kind: 'spoken'; readonly pieces: readonly Piece[] }
  | { readonly kind: 'direction'; readonly pieces: readonly Piece[] }
  | { readonly kind: 'breath' };

/** The smallest part of a text that stays on one line. */
export interface Piece {
  readonly text: string;
  readonly spaceBefore: boolean;
}

/** A direction within its brackets; `[` without its partner is a letter like any other. */
const DIRECTION = /\[([^[\]]*)\]/;

/** Scripts that are written without spaces between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

const SPOKEN_SIGN = /[\p{L}\p{N}]/u;

/** Signs that belong to what follows them. */
const OPENING = /^[\p{Ps}\p{Pi}¿¡]+$/u;

/** The parts of a script in their order. A direction takes the place of the breath where it stands. */
export function segmentsOf(text: string): Segment[] {
  const segments: Segment[] = [];
  let breathDue = false;
  for (const paragraph of paragraphsOf(text)) {
    // Split at a group: every second part is what stood in brackets.
    for (const [index, part] of paragraph.split(DIRECTION).entries()) {
      const pieces = piecesOf(part);
      if (pieces.length === 0) continue;
      const kind = index % 2 === 1 ? 'direction' : 'spoken';
      if (breathDue && kind === 'spoken') segments.push({ kind: 'breath' });
      segments.push({ kind, pieces });
      breathDue = false;
    }
    breathDue = segments.at(-1)?.kind === 'spoken';
  }
  return segments;
}

/** How many words are spoken; directions are not. */
export function countWords(text: string): number {
  return segmentsOf(text).reduce((words, segment) => words + wordsOf(segment), 0);
}

/** Spoken words of a segment. */
export const wordsOf = (segment: Segment): number => (segment.kind === 'spoken' ? segment.pieces.length : 0);

/**
 * Paragraphs end at an empty line. A text without any is often one sentence a line: there they end where a line ends
 * with the end of a sentence, so that a text broken at a fixed width is still read as one.
 */
function paragraphsOf(text: string): string[] {
  const trimmed = text.trim();
  return /\n\s*\n/.test(trimmed)
    ? trimmed.split(/\n\s*\n/)
    : trimmed.split(/(?<=[.!?…:。！？]["'”’»)\]]*[ \t]*)\n/);
}

/** Pieces of a text, each with something in it that can be said; signs alone stay with their neighbour. */
function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let opening: Piece | null = null;
  const join = (before: Piece, after: Piece): Piece => ({
    text: `${before.text}${after.spaceBefore ? ' ' : ''}${after.text}`,
    spaceBefore: before.spaceBefore,
  });
  for (const part of partsOf(text)) {
    const last = pieces.at(-1);
    if (SPOKEN_SIGN.test(part.text)) {
      pieces.push(opening ? join(opening, part) : part);
      opening = null;
    } else if (last && !OPENING.test(part.text)) pieces[pieces.length - 1] = join(last, part);
    else opening = opening ? join(opening, part) : part;
  }
  return pieces;
}

function* partsOf(text: string): Generator<Piece> {
  for (const chunk of text.split(/\s+/)) {
    if (!UNSPACED.test(chunk)) {
      if (chunk !== '') yield { text: chunk, spaceBefore: true };
      continue;
    }
    for (const { segment, index } of segmenter.segment(chunk)) {
      yield { text: segment, spaceBefore: index === 0 };
    }
  }
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });
