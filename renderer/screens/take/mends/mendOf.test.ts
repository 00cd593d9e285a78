import { expect, test } from 'vitest';
import { NO_MENDS } from '../../../../shared/domain/review.ts';
import type { MendsOffered } from '../../../../shared/quality/mends.ts';
import { mendOf } from './mendOf.ts';

const ALL: MendsOffered = {
  loudness: { offered: true, fromLufs: -30, toLufs: -20, gainDb: 10 },
  noise: { offered: true, fromDbfs: -45, toDbfs: -55 },
  letterbox: {
    offered: true,
    crop: { x: 0, y: 0.1, width: 1, height: 0.8 },
    width: 1920,
    height: 864,
  },
  exposure: { offered: true, fromLuma: 0.2, toLuma: 0.27, exponent: 0.8 },
};

test.each([
  ['LIES_ON_SIDE', 'turn'],
  ['FACE_DARK', 'exposure'],
  ['VOICE_QUIET', 'loudness'],
  ['VOICE_LOUD', 'loudness'],
  ['ROOM_NOISE', 'noise'],
  ['LETTERBOX', 'letterbox'],
  ['JUMP_CUT', null],
  ['toString', null],
])('%s is mended by %s', (code, mend) => {
  expect(mendOf(code, ALL, NO_MENDS)).toBe(mend);
});

test('what is not offered, or chosen already, is not proposed', () => {
  expect(mendOf('FACE_DARK', { ...ALL, exposure: { offered: false, why: 'too-dark' } }, NO_MENDS)).toBeNull();
  expect(mendOf('FACE_DARK', ALL, { ...NO_MENDS, exposure: true })).toBeNull();
  expect(mendOf('FACE_DARK', ALL, { ...NO_MENDS, noise: true })).toBe('exposure');
  expect(mendOf('LIES_ON_SIDE', ALL, { ...NO_MENDS, turn: 90 })).toBe('turn');
});
