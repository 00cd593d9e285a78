import { describe, expect, test } from 'vitest';
import { cleanFile, cleanScript, isFormatted } from './cleanScript.ts';

describe('plain text', () => {
  test.each([
    ['a byte order mark', '\ufeffHello.', 'Hello.'],
    ['line ends of Windows', 'One.\r\n\r\nTwo.\r\n', 'One.\n\nTwo.'],
    ['line ends of old Macs', 'One.\rTwo.', 'One.\nTwo.'],
    ['ends of lines and paragraphs from word processors', 'One\u2028two.\u2029Three.', 'One\ntwo.\n\nThree.'],
    ['odd spaces', 'One\u00a0two\t three\u2009four', 'One two three four'],
    ['marks that are not seen', 'un\u00adseen\u200b \u200fmarks', 'unseen marks'],
    ['controls', 'a\u0007b\u009fc', 'abc'],
    ['many empty lines', '\n\nOne.  \n \n\t\n\n  Two.\n\n\n', 'One.\n\nTwo.'],
    ['nothing', ' \n\t ', ''],
  ])('without %s', (_what, before, after) => {
    expect(cleanScript(before)).toBe(after);
    expect(cleanScript(after)).toBe(after);
  });

  test('keeps what is written', () => {
    const text = 'Don’t — “never” pay $1.25_twice * [Breathe.]\n\nशक्ति ‍👩‍🚀 می‌خواهم # 5';
    expect(cleanScript(text)).toBe(text);
    expect(cleanFile(text)).toBe(text);
  });
});

describe('the text of a file', () => {
  test.each([
    ['headings', '# My talk\nHello.\n## Part *two* ##\nBye.', 'My talk\n\nHello.\n\nPart two\n\nBye.'],
    ['underlined headings', 'My talk\n=======\nHello.', 'My talk\n\nHello.'],
    ['lists', '- One\n- Two\n* Three', 'One\n\nTwo\n\nThree'],
    ['quotes', '> One\n> two.', 'One\ntwo.'],
    ['links and pictures', 'See [our page](https://example.com/a_b). ![A dog](dog.png)', 'See our page.'],
    [
      'emphasis',
      'A **bold**, *leaning*, __strong__, _soft_ and `plain` word',
      'A bold, leaning, strong, soft and plain word',
    ],
    ['what is fenced', '```text\nOne.\n```', 'One.'],
    ['what stands before', '---\ntitle: x\n---\nHello.', 'Hello.'],
    ['comments', 'One.<!-- not\nsaid --> Two.', 'One. Two.'],
    ['rules', 'One.\n\n* * *\n\nTwo.\n\n---\n\nThree.', 'One.\n\nTwo.\n\nThree.'],
    ['backslashes', 'Two \\* three', 'Two * three'],
  ])('without the marks of %s', (_what, before, after) => {
    expect(cleanFile(before)).toBe(after);
  });

  test.each([
    'snake_case_name',
    '2 * 3 * 4',
    '[Smile.] Hello.',
    '1. First\n2. Second',
    '#1 of 3',
    'a_b and c_d',
  ])('leaves %j alone', (text) => {
    expect(cleanFile(text)).toBe(text);
  });

  test('knows what is no plain text', () => {
    const others = ['{\\rtf1\\ansi Hello}', '%PDF-1.7', '<!DOCTYPE html><p>', '<?xml version="1.0"?>'];
    expect(others.map(isFormatted)).toEqual(others.map(() => true));
    expect(['Hello.', '', '<3 you'].some(isFormatted)).toBe(false);
  });
});
