import { describe, expect, it } from 'vitest';
import { type Shot, ShotSchema } from '../domain/report.ts';
import { crownOf, framingTarget, HEADS_TALL } from './framing.ts';
import { FRAMING, LIMITS } from './limits.ts';

/** Crown to chin, for a face of this height. */
const headOf = (face: number): number => face - crownOf({ x: 0, y: 0, width: face, height: face });

describe('a full body', () => {
  it('fits into the picture at the largest face that is fine, from crown to feet', () => {
    const { most } = FRAMING['full-body'].faceHeight;
    expect(LIMITS.headroom.value + HEADS_TALL * headOf(most)).toBeLessThanOrEqual(1);
  });

  it('fits into the part that is safe at the target', () => {
    const { head } = framingTarget('full-body', 1920, 1080);
    expect(head.y).toBeGreaterThan(0.05);
    expect(head.y + HEADS_TALL * head.height).toBeLessThan(0.95);
  });
});

it.each(ShotSchema.options)('the target of %s is in the middle of what is fine', (shot: Shot) => {
  const { faceHeight, eyeLine } = FRAMING[shot];
  const target = framingTarget(shot, 1920, 1080);
  const face = target.head.height / headOf(1);
  expect(face).toBeGreaterThan(faceHeight.least);
  expect(face).toBeLessThan(faceHeight.most);
  expect(target.head.x + target.head.width / 2).toBeCloseTo(0.5, 6);
  if (eyeLine === null) return;
  expect(target.eyeLine).toBeGreaterThan(eyeLine.least);
  expect(target.eyeLine).toBeLessThan(eyeLine.most);
});
