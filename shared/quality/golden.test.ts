import { expect, it } from 'vitest';
import { runGolden, vectorCount } from '../../tests/golden/run.ts';

it('measures and advises as the golden vectors say', () => {
  expect(vectorCount).toBeGreaterThan(45);
  expect(runGolden()).toEqual([]);
});
