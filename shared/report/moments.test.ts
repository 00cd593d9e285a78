import { expect, test } from 'vitest';
import { reportOf } from '../../tests/doubles/reports.ts';
import { worstMoments } from './moments.ts';

const template = reportOf().findings[0];
const at = (code: string, worstAtSeconds: number | null, severity: 'info' | 'warn' | 'fail' = 'warn') => {
  if (template === undefined) throw new Error('The report has no finding.');
  return { ...template, code, severity, worstAtSeconds, message: code };
};
const momentsOf = (...findings: ReturnType<typeof at>[]) => worstMoments(reportOf({ findings }));

test('each finding with a moment that can be seen, in their order', () => {
  expect(
    momentsOf(at('FACE_DARK', 12.3456), at('HUM', 4), at('DURATION_LONG', null), at('ROTATED', 2, 'info')),
  ).toEqual([{ atMs: 12_346, findings: [{ severity: 'warn', message: 'FACE_DARK' }] }]);
});

test('findings of the same moment share a picture', () => {
  const [first, ...others] = momentsOf(at('FACE_DARK', 12), at('FACE_OFF_CENTRE', 12.3), at('BACKLIGHT', 13));
  expect(first?.findings.map(({ message }) => message)).toEqual(['FACE_DARK', 'FACE_OFF_CENTRE']);
  expect(others).toHaveLength(1);
});

test('at most six', () => {
  expect(momentsOf(...Array.from({ length: 9 }, (_, index) => at('FACE_DARK', index * 5)))).toHaveLength(6);
});

test('where nothing is to be seen, one from the middle of what was judged; without a picture none', () => {
  expect(momentsOf(at('HUM', 3))).toEqual([{ atMs: 152_600, findings: [] }]);
  const { media } = reportOf();
  expect(worstMoments(reportOf({ media: { ...media, video: null } }))).toEqual([]);
});
