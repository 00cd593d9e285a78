import { describe, expect, test } from 'vitest';
import { adviceOnLength, readingSeconds } from '../recording/readingTime.ts';
import { segmentsOf } from '../recording/script.ts';
import { DEFAULT_SETTINGS } from '../settings.ts';
import { SAMPLE_SCRIPTS, sampleScript } from './scripts.ts';

const speed = DEFAULT_SETTINGS.stage.teleprompter.wordsPerMinute;

/** Every sound of English, and words of which one has to be spoken in each sample. */
const SOUNDS: Readonly<Record<string, readonly string[]>> = {
  iː: ['tea', 'street', 'needs', 'deep', 'speech'],
  ɪ: ['things', 'window', 'this'],
  e: ['friend', 'tell', 'seven', 'ever'],
  æ: ['that', 'glad', 'back', 'happy'],
  ɑː: ['asks', 'dark', 'laughed', 'hard'],
  ɒ: ['crossed', 'long', 'clock', 'stop'],
  ɔː: ['talk', 'call', 'thought', 'story'],
  ʊ: ['good', 'took', 'looked'],
  uː: ['two', 'truth', 'food', 'school'],
  ʌ: ['something', 'nothing', 'luck'],
  ɜː: ['first', 'Thursday', 'nerve', 'turn', 'learned'],
  ə: ['about', 'ago'],
  eɪ: ['table', 'day', 'way'],
  aɪ: ['tried', 'nine', 'time'],
  ɔɪ: ['boy', 'choice', 'voice', 'point', 'oiled'],
  aʊ: ['now', 'crowd', 'town', 'down'],
  əʊ: ['phone', 'roads', 'home', 'slow'],
  ɪə: ['here', 'hear'],
  eə: ['care', 'there', 'stairs'],
  p: ['people', 'complete', 'patient'],
  b: ['boy', 'borrowed'],
  t: ['tell'],
  d: ['down', 'day'],
  k: ['call', 'clock'],
  g: ['good'],
  f: ['friend', 'fingers', 'four'],
  v: ['voice', 'value', 'videos'],
  θ: ['thin', 'thought', 'third'],
  ð: ['this', 'that'],
  s: ['six', 'second'],
  z: ['was', 'things'],
  ʃ: ['she', 'show', 'finished'],
  ʒ: ['pleasure', 'usually', 'measured'],
  h: ['happen', 'home'],
  tʃ: ['choose', 'watched', 'each'],
  dʒ: ['July', 'George', 'Joyce', 'urgent'],
  m: ['minutes'],
  n: ['nine', 'nothing'],
  ŋ: ['morning', 'long'],
  l: ['laughed', 'listening', 'lively', 'listened'],
  r: ['river', 'rule'],
  j: ['yellow', 'years'],
  w: ['walk', 'wheels'],
};

const spokenIn = (text: string) => text.replaceAll(/\[[^\]]*\]/g, '');

describe.each(SAMPLE_SCRIPTS)('$code', ({ code, text }) => {
  test('is as long as it says, at the speed that is set at first', () => {
    const minutes = { 'two-minutes': 2, 'four-minutes': 4 }[code] ?? Number.NaN;
    expect(Math.abs(readingSeconds(text, speed) - minutes * 60)).toBeLessThanOrEqual(10);
    expect(adviceOnLength(text, speed)).toBe('good');
  });

  test('begins and ends at rest, and rests often between', () => {
    const segments = segmentsOf(text);
    expect(segments[0]?.kind).toBe('direction');
    expect(segments.at(-1)?.kind).toBe('direction');
    let spoken = 0;
    for (const segment of segments) {
      spoken = segment.kind === 'spoken' ? spoken + (segment.pieces.length * 60) / speed : 0;
      expect(spoken, 'seconds without a rest').toBeLessThan(32);
    }
    expect(text.match(/mouth closed/gi)?.length).toBeGreaterThanOrEqual(3);
  });

  test('has statements, questions and an exclamation, a quiet part and a lively one', () => {
    const spoken = spokenIn(text);
    expect(spoken.match(/\?/g)?.length).toBeGreaterThanOrEqual(2);
    expect(spoken.match(/!/g)?.length).toBeGreaterThanOrEqual(2);
    expect(spoken.match(/\./g)?.length).toBeGreaterThanOrEqual(12);
    expect(text).toMatch(/\[More quietly/);
    expect(text).toMatch(/ively/);
    // Sentences of three words and of twenty.
    const lengths = spoken.split(/[.?!]/).map((sentence) => sentence.trim().split(/\s+/).length);
    expect(Math.min(...lengths.filter((length) => length > 1))).toBeLessThanOrEqual(3);
    expect(Math.max(...lengths)).toBeGreaterThanOrEqual(18);
  });

  test('has every sound of English', () => {
    const words = new Set(spokenIn(text).match(/[\p{L}']+/gu));
    const missing = Object.entries(SOUNDS).filter(([, some]) => !some.some((word) => words.has(word)));
    expect(missing.map(([sound]) => sound)).toEqual([]);
  });
});

test('a code that is no longer there gives the first sample', () => {
  expect(sampleScript('four-minutes').code).toBe('four-minutes');
  expect(sampleScript('gone').code).toBe('two-minutes');
});
