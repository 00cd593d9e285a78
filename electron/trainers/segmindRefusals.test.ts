import { describe, expect, it } from 'vitest';
import type { SegmindStep } from './segmindFacts.ts';
import { judgeRefusal } from './segmindRefusals.ts';

const judge = (step: SegmindStep, status: number, body: string, headers: Record<string, string> = {}) => {
  const verdict = judgeRefusal({
    step,
    status,
    headers,
    body,
    secrets: ['KEYVALUE'],
    now: new Date('2031-01-01T00:00:00Z'),
  });
  return verdict === 'not-ready' ? verdict : verdict.code;
};
const error = (text: string) => JSON.stringify({ error: text });
const PAGE = '<!doctype html><h1>Sorry</h1>';

describe('judgeRefusal of a training request', () => {
  it.each([
    [400, error('Malformed'), 'TRAINER_REFUSED_REQUEST'],
    [400, error('Footage is too short or too long'), 'TRAINER_REFUSED_FOOTAGE'],
    [422, error('Footage is too short or too long'), 'TRAINER_REFUSED_FOOTAGE'],
    [400, error('Failed to download the video from the given url'), 'TRAINER_CANNOT_FETCH'],
    [422, error('video_url is not accessible'), 'TRAINER_CANNOT_FETCH'],
    [401, error('Invalid API key'), 'TRAINER_KEY_WRONG'],
    [401, PAGE, 'TRAINER_KEY_WRONG'],
    [402, error('Payment required'), 'TRAINER_NO_CREDITS'],
    [403, error('Forbidden'), 'TRAINER_FORBIDDEN'],
    [404, error('Model not found'), 'TRAINER_UNKNOWN_MODEL'],
    [404, error('avatar_group_id not found'), 'TRAINER_REFUSED_REQUEST'],
    [405, PAGE, 'TRAINER_UNKNOWN_MODEL'],
    [406, error('Invalid content type'), 'TRAINER_WRONG_CONTENT_TYPE'],
    [406, error('video_url must serve video/mp4'), 'TRAINER_WRONG_CONTENT_TYPE'],
    [406, error('Insufficient credits'), 'TRAINER_NO_CREDITS'],
    [406, error('You do not have enough credits; not enough for this model'), 'TRAINER_NO_CREDITS'],
    [406, error('Team limit exceeded'), 'TRAINER_TEAM_LIMIT'],
    [406, error("Your team's credit limit has been reached"), 'TRAINER_TEAM_LIMIT'],
    [406, error('Something else'), 'TRAINER_REFUSED_REQUEST'],
    [422, error('Invalid parameter: name'), 'TRAINER_REFUSED_REQUEST'],
    [429, error('Too many requests'), 'TRAINER_BUSY'],
    [500, error('Internal server error'), 'TRAINER_FAILED'],
    [503, error('Service unavailable'), 'TRAINER_FAILED'],
    [500, error('Upstream request timed out'), 'TRAINER_ANSWER_LOST'],
    [500, PAGE, 'TRAINER_ANSWER_UNREADABLE'],
    [408, '', 'TRAINER_ANSWER_LOST'],
    [502, PAGE, 'TRAINER_ANSWER_LOST'],
    [502, error('Bad gateway'), 'TRAINER_ANSWER_LOST'],
    [504, '', 'TRAINER_ANSWER_LOST'],
    [524, PAGE, 'TRAINER_ANSWER_LOST'],
    [308, '', 'TRAINER_UNKNOWN_MODEL'],
    [303, '', 'TRAINER_ANSWER_UNREADABLE'],
  ])('%i %s is %s', (status, body, code) => {
    expect(judge('training', status, body)).toBe(code);
  });
});

describe('judgeRefusal of first words', () => {
  it.each([
    [400, 'Avatar is still processing'],
    [400, 'Avatar is not ready: training is in progress'],
    [404, 'Avatar not found'],
    [422, 'Invalid parameter: avatar_id does not exist'],
    [500, 'Internal server error'],
    [403, 'Avatar consent is pending'],
    [409, 'Conflict'],
  ])('%i "%s" means that training goes on', (status, text) => {
    expect(judge('first-words', status, error(text))).toBe('not-ready');
  });

  it.each([
    [401, error('Invalid API key'), 'TRAINER_KEY_WRONG'],
    [403, error('Forbidden'), 'TRAINER_FORBIDDEN'],
    [404, error('Model not found'), 'TRAINER_UNKNOWN_MODEL'],
    [404, PAGE, 'TRAINER_UNKNOWN_MODEL'],
    [406, error('Insufficient credits'), 'TRAINER_NO_CREDITS'],
    [400, error('Insufficient credits'), 'TRAINER_NO_CREDITS'],
    [406, error('Team limit exceeded'), 'TRAINER_TEAM_LIMIT'],
    [400, error('Footage is too short or too long'), 'TRAINER_REFUSED_FOOTAGE'],
    [400, error('Could not download audio_url'), 'TRAINER_CANNOT_FETCH'],
    [422, error('Invalid parameter aspect_ratio'), 'TRAINER_REFUSED_REQUEST'],
    [429, error('Too many requests'), 'TRAINER_BUSY'],
    [500, PAGE, 'TRAINER_ANSWER_UNREADABLE'],
    [502, error('Bad gateway'), 'TRAINER_ANSWER_LOST'],
  ])('%i %s is %s', (status, body, code) => {
    expect(judge('first-words', status, body)).toBe(code);
  });
});

describe('judgeRefusal', () => {
  it('says of a request that costs nothing that it failed', () => {
    expect(judge('credits', 502, PAGE)).toBe('TRAINER_FAILED');
    expect(judge('credits', 500, PAGE)).toBe('TRAINER_FAILED');
  });

  it('gives when to come back, the request and the reason without secrets', () => {
    const verdict = judgeRefusal({
      step: 'training',
      status: 429,
      headers: { 'x-rate-limit-reset-at-utc': '2031-01-02T03:04:05Z', 'x-request-id': 'r1' },
      body: error('KEYVALUE is limited, see https://a.example/b?sig=1'),
      secrets: ['KEYVALUE'],
      now: new Date(),
    });
    expect(verdict).toMatchObject({
      details: {
        status: 429,
        requestId: 'r1',
        resetAt: '2031-01-02T03:04:05.000Z',
        reason: '••• is limited, see https://a.example/•••',
      },
    });
  });
});
