import { describe, expect, test } from 'vitest';
import { segmentsOf } from '../../../../shared/recording/script.ts';
import { linesOf } from './lines.ts';

/** Every letter is one wide. */
const measure = (text: string) => [...text].length;
const texts = (text: string, width: number) =>
  linesOf(segmentsOf(text), measure, width).map((line) => line.text);

describe('breaking a script into lines', () => {
  test('as many words as fit', () => {
    expect(texts('One two three four', 9)).toEqual(['One two', 'three', 'four']);
    expect(texts('One two three four', 10)).toEqual(['One two', 'three four']);
    expect(texts('One two three four', 99)).toEqual(['One two three four']);
    expect(texts('', 10)).toEqual([]);
  });

  test('no line is wider than its room, and nothing is lost', () => {
    const text = 'It’s a long — very long — text, isn’t it? Unquestionably, unbelievably so.';
    for (let width = 3; width < 60; width += 1) {
      const lines = texts(text, width);
      expect(Math.max(...lines.map(measure))).toBeLessThanOrEqual(width);
      expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
    }
  });

  test('a word wider than a line is broken, and counts once', () => {
    const lines = linesOf(segmentsOf('An unbreakable word'), measure, 5);
    expect(lines.map((line) => line.text)).toEqual(['An', 'unbre', 'akabl', 'e', 'word']);
    expect(lines.map((line) => line.words)).toEqual([1, 1, 0, 0, 1]);
    // Letters that are written with several signs stay whole.
    expect(texts('e\u0301e\u0301', 2)).toEqual(['e\u0301', 'e\u0301']);
  });

  test('scripts without spaces break between words', () => {
    const lines = texts('今天天气很好，我们去公园。', 6);
    expect(lines.join('')).toBe('今天天气很好，我们去公园。');
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) expect(line).not.toMatch(/^[，。]/);
  });

  test('directions stand alone and in brackets, a breath on a line of its own', () => {
    expect(linesOf(segmentsOf('One two. [Smile now.] Three.\n\nFour.'), measure, 8)).toEqual([
      { kind: 'spoken', text: 'One two.', words: 2, segment: 0 },
      { kind: 'direction', text: '[Smile', words: 0, segment: 1 },
      { kind: 'direction', text: 'now.]', words: 0, segment: 1 },
      { kind: 'spoken', text: 'Three.', words: 1, segment: 2 },
      { kind: 'breath', text: '', words: 0, segment: 3 },
      { kind: 'spoken', text: 'Four.', words: 1, segment: 4 },
    ]);
  });

  test('nothing is laid out that a take cannot reach', () => {
    const words = (count: number) => Array.from({ length: count }, () => 'word').join(' ');
    const spoken = (text: string) =>
      linesOf(segmentsOf(text), measure, 50).reduce((sum, line) => sum + line.words, 0);
    expect(spoken(words(2400))).toBe(2400);
    expect(spoken(words(30_000))).toBe(2400);
    expect(spoken(`${words(2000)}\n\n${words(2000)}\n\n${words(9)}`)).toBe(2400);
  });
});
