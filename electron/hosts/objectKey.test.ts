import { describe, expect, it } from 'vitest';
import { joinPublicUrl, makeObjectKey } from './objectKey.ts';

describe('makeObjectKey', () => {
  const make = () => makeObjectKey({ retainUntil: '2031-05-06T23:59:59.000Z', extension: 'mp4' });

  it('carries the day until which the file is kept, and 160 random bits', () => {
    expect(make()).toMatch(/^twin-studio\/keep-until-2031-05-06\/[0-9a-f]{40}\.mp4$/);
  });

  it('never makes the same key twice', () => {
    expect(new Set(Array.from({ length: 1000 }, make)).size).toBe(1000);
  });
});

describe('joinPublicUrl', () => {
  it('escapes segments and joins with one slash', () => {
    expect(joinPublicUrl('https://a.example/b//', 'c d/e?.mp4')).toBe('https://a.example/b/c%20d/e%3F.mp4');
  });
});
