import { expect, test } from 'vitest';
import { type Finding, sortFindings, verdictOf } from './report.ts';

const finding = (code: string, severity: Finding['severity']): Finding => ({
  code,
  severity,
  message: '',
  remedy: '',
  places: [],
  worstAtSeconds: null,
});

test('the verdict is the worst of the findings', () => {
  expect(verdictOf([])).toBe('pass');
  expect(verdictOf([finding('A', 'info')])).toBe('pass');
  expect(verdictOf([finding('A', 'info'), finding('B', 'warn')])).toBe('warn');
  expect(verdictOf([finding('A', 'fail'), finding('B', 'warn')])).toBe('fail');
});

test('the most severe come first, and equals keep their order', () => {
  const found = [finding('A', 'info'), finding('B', 'fail'), finding('C', 'warn'), finding('D', 'fail')];
  expect(sortFindings(found).map(({ code }) => code)).toEqual(['B', 'D', 'C', 'A']);
  expect(found[0]?.code).toBe('A');
});
