import { expect, test } from 'vitest';
import type { Measure } from '../../../../shared/domain/report.ts';
import { figuresOf } from './figures.ts';

const measure = (code: string, state: Measure['state'], changes: Partial<Measure> = {}): Measure => ({
  code,
  group: 'sound',
  label: code,
  value: 1,
  text: '1',
  limit: 'at most 2',
  state,
  ...changes,
});

test('measures stand beside each other by what they measure, people first', () => {
  const left = [measure('A', 'pass'), measure('B', 'pass', { group: 'person' })];
  const right = [measure('B', 'pass', { group: 'person' }), measure('C', 'pass'), measure('A', 'pass')];
  const groups = figuresOf(left, right);
  expect(groups.map(({ group, rows }) => [group, rows.map(({ code }) => code)])).toEqual([
    ['person', ['B']],
    ['sound', ['A', 'C']],
  ]);
  expect(groups[1]?.rows[1]).toMatchObject({ left: null, right: { code: 'C' } });
});

test('what is wanted is told once, or of each take where its shot wants something else', () => {
  const limits = (one: string, other: string) =>
    figuresOf([measure('A', 'pass', { limit: one })], [measure('A', 'pass', { limit: other })])[0]?.rows[0]
      ?.limits;
  expect(limits('at most 2', 'at most 2')).toEqual(['at most 2']);
  expect(limits('at most 2', 'at most 3')).toEqual(['at most 2', 'at most 3']);
});

test('a take without a report has no figures, and without both there are none', () => {
  expect(figuresOf([], [measure('A', 'warn')])[0]?.rows[0]).toMatchObject({
    left: null,
    right: { code: 'A' },
  });
  expect(figuresOf([], [])).toEqual([]);
});
