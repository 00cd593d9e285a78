import { expect, test } from 'vitest';
import { POSSIBLY_CHARGED } from '../../electron/trainers/trainer.ts';
import { ERRORS, type ErrorCode } from '../errors.ts';
import { ERROR_WORDS, errorSentence } from './errors.ts';

const CODES = Object.keys(ERRORS) as ErrorCode[];

/** Every fact that any sentence may name. */
const FACTS = {
  bucket: 'BUCKET',
  command: 'COMMAND',
  field: 'FIELD',
  file: 'FILE',
  finding: 'FINDING.',
  folder: 'FOLDER',
  host: 'HOST',
  maxUsd: '9.00',
  freeMb: 8,
  neededMb: 12,
  reason: 'REASON',
  reference: 'REFERENCE',
  seeAll: 'COMMAND FILE',
  status: 503,
  step: 'STEP',
  type: 'text/plain',
  usd: '1.65',
  version: 'v18.20.0',
};

test('every code has its sentence, and every sentence its code', () => {
  expect(Object.keys(ERROR_WORDS).sort()).toEqual([...CODES].sort());
});

test.each([
  ['without facts', {}],
  ['with facts', FACTS],
])('sentences %s are whole', (_name, details) => {
  for (const code of CODES) {
    const sentence = errorSentence(code, details);
    expect(sentence, code).toMatch(/^\S.*[.?]$/s);
    // A gap where a fact was left out, or a value that no person should see.
    expect(sentence, code).not.toMatch(/ {2}|undefined|null|NaN|\[object| [,.:;?]|\(\)|“”/);
    // Sentences do not name what only developers know.
    expect(sentence, code).not.toMatch(/\b(E[A-Z]{4,}|errno|stack|exception)\b/);
  }
});

test('facts that are given are said', () => {
  expect(errorSentence('FILE_EMPTY', { file: 'clip.mov' })).toContain('clip.mov');
  expect(errorSentence('DISK_FULL', { neededMb: 12 })).toContain('12 MB');
  expect(errorSentence('PRICE_OVER_MAXIMUM', { usd: '1.65', maxUsd: '1.00' })).toMatch(/1\.65.*1\.00/);
});

test('an error after which something may have been charged never says that nothing was paid', () => {
  for (const code of [...POSSIBLY_CHARGED, 'ORDER_UNCONFIRMED', 'FIRST_WORDS_UNCONFIRMED'] as const) {
    expect(errorSentence(code, FACTS), code).not.toMatch(/nothing was (paid|sent)/i);
    expect(ERRORS[code].exit, code).toBe(3);
    expect(ERRORS[code].retry, code).not.toBe('auto');
  }
});
