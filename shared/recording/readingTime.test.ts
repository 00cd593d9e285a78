import { describe, expect, test } from 'vitest';
import { adviceOnLength, placeAt, REST_SECONDS, readingSeconds, secondsTo } from './readingTime.ts';
import { countWords, segmentsOf } from './script.ts';

const kinds = (text: string) => segmentsOf(text).map((segment) => segment.kind);
const pieces = (text: string) =>
  segmentsOf(text).flatMap((segment) =>
    segment.kind === 'breath' ? ['·'] : segment.pieces.map((p) => p.text),
  );

describe('what a script is made of', () => {
  test('one breathes between paragraphs, not before the first and not after the last', () => {
    expect(kinds('\n\nOne two.\n\nThree.\n\n\n\nFour.\n\n')).toEqual([
      'spoken',
      'breath',
      'spoken',
      'breath',
      'spoken',
    ]);
  });

  test('a direction takes the place of the breath where it stands', () => {
    expect(kinds('One.\n\n[Smile.]\n\nTwo.')).toEqual(['spoken', 'direction', 'spoken']);
    expect(kinds('One [look up] two.\n\nThree.')).toEqual([
      'spoken',
      'direction',
      'spoken',
      'breath',
      'spoken',
    ]);
    expect(kinds('[Look up.]')).toEqual(['direction']);
  });

  test('a bracket without its partner is a letter like any other', () => {
    expect(kinds('One [two three.')).toEqual(['spoken']);
    expect(pieces('One [two three.')).toEqual(['One', '[two', 'three.']);
  });

  test('lines of a paragraph are one, whatever their length', () => {
    expect(kinds('One two\nthree. Four\nfive.\n\nSix.')).toEqual(['spoken', 'breath', 'spoken']);
  });

  test('without an empty line, a line that ends a sentence ends a paragraph', () => {
    expect(kinds('One two.\nThree?\n“Four.”\nFive')).toHaveLength(7);
    expect(kinds('One two\nthree four\nfive.')).toEqual(['spoken']);
  });

  test('signs alone are no words and stay with their neighbour', () => {
    expect(pieces('Wait — what? … « Yes »')).toEqual(['Wait —', 'what? …', '« Yes »']);
    expect(countWords('Wait — what?')).toBe(2);
    expect(kinds('One.\n\n* * *\n\nTwo.')).toEqual(['spoken', 'breath', 'spoken']);
    expect(countWords('[Only a direction.]')).toBe(0);
    expect(countWords('')).toBe(0);
  });

  test('scripts without spaces are counted by their words', () => {
    const text = '今天天气很好，我们去公园。';
    expect(countWords(text)).toBeGreaterThan(4);
    expect(pieces(text).join('')).toBe(text);
    expect(pieces(text).every((piece) => /\p{L}/u.test(piece))).toBe(true);
  });
});

describe('reading time', () => {
  test('words at their speed, rests as they are', () => {
    const words = Array.from({ length: 130 }, () => 'word').join(' ');
    expect(readingSeconds(words, 130)).toBeCloseTo(60);
    expect(readingSeconds(words, 65)).toBeCloseTo(120);
    expect(readingSeconds(`${words}\n\n${words}`, 130)).toBeCloseTo(120 + REST_SECONDS);
    expect(readingSeconds(`${words} [Breathe in, and out, and in.] ${words}`, 260)).toBeCloseTo(
      60 + REST_SECONDS,
    );
    expect(readingSeconds('', 130)).toBe(0);
  });

  test('a place stays what it is when the speed changes', () => {
    const segments = segmentsOf('One two three four.\n\nFive six.');
    // Four words in 2 s, 1.5 s of rest, two words in 1 s.
    expect(placeAt(segments, 120, 1)).toEqual({ segment: 0, share: 0.5 });
    expect(placeAt(segments, 120, 2.75)).toEqual({ segment: 1, share: 0.5 });
    expect(placeAt(segments, 120, 99)).toEqual({ segment: 3, share: 0 });
    expect(placeAt(segments, 120, -1)).toEqual({ segment: 0, share: 0 });
    expect(secondsTo(segments, 60, { segment: 0, share: 0.5 })).toBeCloseTo(2);
    expect(secondsTo(segments, 60, { segment: 1, share: 0.5 })).toBeCloseTo(4.75);
    expect(secondsTo(segments, 60, { segment: 3, share: 0 })).toBeCloseTo(7.5);
  });

  test('advice below two minutes and above five, as the time is shown', () => {
    const of = (count: number) => adviceOnLength(Array.from({ length: count }, () => 'word').join(' '), 60);
    expect([0, 14, 15, 119, 120, 300, 301].map(of)).toEqual([
      'empty',
      'too-short',
      'short',
      'short',
      'good',
      'good',
      'long',
    ]);
  });
});
