import { describe, expect, it } from 'vitest';
import { faceFromMesh } from './faceMesh.ts';

/** A mesh with every point in the middle, but for these. */
const meshWith = (points: Readonly<Record<number, readonly number[]>>) =>
  Array.from({ length: 468 }, (_unused, index) => points[index] ?? [100, 100, 0]);

const whole = { width: 200, height: 200, region: { x: 0, y: 0, width: 1, height: 1 } };
const mesh = meshWith({
  10: [100, 60],
  152: [100, 150],
  234: [70, 105],
  454: [130, 105],
  33: [80, 95],
  133: [90, 97],
  362: [110, 97],
  263: [120, 95],
});
const straight = { yaw: 0, pitch: 0, roll: 0 };

describe('face from a mesh', () => {
  it('is as large as its outline, with eyes between their corners', () => {
    const found = faceFromMesh({ mesh, score: 0.9, angle: straight }, whole);
    expect(found?.face.box).toEqual({
      x: 0.35,
      y: 0.3,
      width: expect.closeTo(0.3),
      height: expect.closeTo(0.45),
    });
    expect(found?.face.eyes).toEqual({
      left: { x: expect.closeTo(0.425), y: expect.closeTo(0.48) },
      right: { x: expect.closeTo(0.575), y: expect.closeTo(0.48) },
    });
    expect(found?.oval).toHaveLength(36);
  });

  it('lies in the part of the frame that the picture shows', () => {
    const region = { x: 0.5, y: 0.25, width: 0.25, height: 0.5 };
    const found = faceFromMesh({ mesh, score: 0.9, angle: straight }, { ...whole, region });
    expect(found?.face.box.x).toBeCloseTo(0.5 + 0.35 / 4);
    expect(found?.face.box.height).toBeCloseTo(0.225);
  });

  it('turns to the right of the picture, upwards and clockwise', () => {
    const angle = { yaw: -Math.PI / 18, pitch: -Math.PI / 36, roll: Math.PI / 12 };
    const found = faceFromMesh({ mesh, score: 0.9, angle }, whole);
    expect(found?.face.pose.yaw).toBeCloseTo(10);
    expect(found?.face.pose.pitch).toBeCloseTo(5);
    expect(found?.face.pose.roll).toBeCloseTo(15);
  });

  it('keeps the left eye left when the head is upside down', () => {
    const turned = mesh.map(([x = 0, y = 0]) => [200 - x, 200 - y]);
    const found = faceFromMesh({ mesh: turned, score: 0.9, angle: straight }, whole);
    expect(found?.face.eyes.left.x).toBeLessThan(found?.face.eyes.right.x ?? 0);
  });

  it('is none without its points', () => {
    expect(faceFromMesh({ mesh: mesh.slice(0, 6), score: 0.9, angle: straight }, whole)).toBeNull();
  });
});
