import { describe, expect, it } from 'vitest';
import { choosePartSize } from './s3Multipart.ts';

const MIB = 1024 ** 2;

describe('choosePartSize', () => {
  it.each([1, 8 * MIB + 1, 600 * MIB, 49 * 1024 * MIB, 200 * 1024 * MIB, 5 * 1024 ** 4])(
    'keeps %d bytes within the limits of S3',
    (sizeBytes) => {
      const part = choosePartSize(sizeBytes);
      expect(part).toBeGreaterThanOrEqual(5 * MIB);
      expect(part).toBeLessThanOrEqual(5 * 1024 * MIB);
      expect(Math.ceil(sizeBytes / part)).toBeLessThanOrEqual(10_000);
    },
  );

  it('stays small for what a master weighs', () => {
    expect(choosePartSize(2 * 1024 * MIB)).toBe(5 * MIB);
  });
});
