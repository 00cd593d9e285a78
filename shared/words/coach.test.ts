import { expect, it } from 'vitest';
import { ADVICE_CODES, adviceKind } from '../quality/advice.ts';
import { adviceLine, coachWords } from './coach.ts';

it.each(ADVICE_CODES)('%s has a line and a short word', (code) => {
  const { line, short } = coachWords.advice[code];
  expect(line).toMatch(/^[A-Z]\S*( \S+)*[^.!? ]$/);
  expect(line.length).toBeLessThanOrEqual(75);
  expect(short).toMatch(/^[A-Z0-9]\S*( \S+){0,2}$/);
  expect(short.length).toBeLessThanOrEqual(18);
});

it('a line and its arrow agree', () => {
  for (const code of ADVICE_CODES) {
    const { arrow } = adviceKind(code);
    const { line } = coachWords.advice[code];
    if (arrow === 'left' || arrow === 'turn-left') expect(line, code).toMatch(/left/);
    if (arrow === 'right' || arrow === 'turn-right') expect(line, code).toMatch(/right/);
    if (arrow === 'closer') expect(line, code).toMatch(/closer/);
    if (arrow === 'further') expect(line, code).toMatch(/back/);
  }
});

it('there are words for what there is, and no others', () => {
  expect(Object.keys(coachWords.advice).sort()).toEqual([...ADVICE_CODES].sort());
});

it('light is not asked for where there is enough of it', () => {
  for (const code of ['CAMERA_SLOW', 'CAMERA_RATE_LOW'] as const) {
    expect(adviceLine(code, false)).toMatch(/light/);
    expect(adviceLine(code, true)).not.toMatch(/light/);
    expect(adviceLine(code, true).length).toBeLessThanOrEqual(75);
  }
  expect(adviceLine('TOO_FAR', true)).toBe(coachWords.advice.TOO_FAR.line);
});
