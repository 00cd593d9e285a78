import { describe, expect, it } from 'vitest';
import {
  readCostUsd,
  readCredits,
  readOrderedLook,
  readReason,
  readResetAt,
  readVideoUrl,
} from './segmindAnswers.ts';

describe('readOrderedLook', () => {
  const look = { avatarId: 'a', avatarGroupId: 'g', consentStatus: 'skipped' };

  it('reads the plain and the wrapped answer', () => {
    const plain = { avatar_id: 'a', avatar_group_id: 'g', consent_status: 'skipped' };
    expect(readOrderedLook(plain, null)).toEqual(look);
    expect(readOrderedLook({ data: plain }, null)).toEqual(look);
    expect(readOrderedLook([{ output: plain, extra: 1 }], null)).toEqual(look);
  });

  it('takes numbers for ids, the twin from the order, and an unknown consent as such', () => {
    expect(readOrderedLook({ avatar_id: 7 }, 'g')).toEqual({
      avatarId: '7',
      avatarGroupId: 'g',
      consentStatus: 'unknown',
    });
  });

  it.each([
    undefined,
    null,
    'text',
    7,
    [],
    {},
    { avatar_id: '' },
    { avatar_id: 'a' },
    { avatar_group_id: 'g' },
  ])('finds no look in %j', (json) => expect(readOrderedLook(json, null)).toBeNull());
});

describe('readCostUsd', () => {
  it.each([
    ['1.25', 1.25],
    ['1.3', 1.3],
    ['0', 1.25],
    ['-1', 1.25],
    ['125', 1.25],
    ['free', 1.25],
    [undefined, 1.25],
  ])('%s', (header, usd) => {
    expect(readCostUsd(header === undefined ? {} : { 'x-cost': header }, 1.25)).toBe(usd);
  });

  it('is nothing where the price is nothing', () => {
    expect(readCostUsd({ 'x-cost': '0' }, 0)).toBe(0);
    expect(readCostUsd({ 'x-cost': '1.25' }, 0)).toBe(0);
  });
});

describe('readCredits', () => {
  it.each([
    [{ credits: 12.5 }, 12.5],
    [{ credits: '3' }, 3],
    [{ credits: 0 }, 0],
    [{ data: { credits: 2 } }, 2],
    [{ credits: null }, undefined],
    [{ credits: 'many' }, undefined],
    [{}, undefined],
  ])('%j', (json, credits) => expect(readCredits(json)).toBe(credits));
});

describe('readVideoUrl', () => {
  it.each([
    [{ video_url: 'https://a.example/v.mp4' }],
    [{ output: ['https://a.example/v.mp4'] }],
    [{ data: { url: 'https://a.example/v.mp4' } }],
    [{ output: { video: 'https://a.example/v.mp4' } }],
  ])('%j', (json) => expect(readVideoUrl(json)?.href).toBe('https://a.example/v.mp4'));

  it.each([[{}], [{ url: 'file:///etc/passwd' }], [{ url: 'ftp://a.example/' }], [{ url: 7 }], [null]])(
    'finds none in %j',
    (json) => expect(readVideoUrl(json)).toBeNull(),
  );
});

describe('readReason', () => {
  it.each([
    [{ error: 'no' }, 'no'],
    [{ error: { message: 'no' } }, 'no'],
    [{ message: 'no' }, 'no'],
    [{ detail: [{ loc: ['body', 'name'], msg: 'field required' }] }, 'name: field required'],
    [{ error: '' }, null],
    [{}, null],
    [null, null],
    ['no', null],
  ])('%j', (json, reason) => expect(readReason(json)).toBe(reason));

  it('is never longer than a person reads', () => {
    expect(readReason({ error: 'x'.repeat(5000) })).toHaveLength(300);
  });
});

describe('readResetAt', () => {
  const now = new Date('2031-01-01T00:00:00Z');
  it.each([
    [{ 'x-rate-limit-reset-at-utc': '2031-01-02T03:04:05Z' }, '2031-01-02T03:04:05.000Z'],
    [{ 'x-rate-limit-reset-at-utc': '2031-01-02 03:04:05' }, '2031-01-02T03:04:05.000Z'],
    [{ 'x-rate-limit-reset-at-utc': '1925089445' }, '2031-01-02T03:04:05.000Z'],
    [{ 'x-rate-limit-reset-at-utc': 'soon', 'retry-after': '60' }, '2031-01-01T00:01:00.000Z'],
    [{}, null],
  ])('%j', (headers, at) => expect(readResetAt(headers, now)).toBe(at));
});
