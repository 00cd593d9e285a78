import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Cancelled, StudioError } from '../../shared/errors.ts';
import { asHostError, isTransient } from './s3Errors.ts';

const failure = (name: string, status?: number, message = '') =>
  Object.assign(new Error(message), {
    name,
    $metadata: status === undefined ? {} : { httpStatusCode: status },
  });

const translate = (error: unknown, signal = new AbortController().signal) =>
  asHostError(error, {
    step: 'write objects',
    host: 'files.example.com',
    bucket: 'faces',
    secrets: ['SECRETVALUE', 'ACCESSVALUE'],
    signal,
  });

describe('asHostError', () => {
  it.each([
    ['InvalidAccessKeyId', 403, 'HOST_KEYS_WRONG'],
    ['SignatureDoesNotMatch', 403, 'HOST_KEYS_WRONG'],
    ['AccessDenied', 403, 'HOST_FORBIDDEN'],
    ['NoSuchBucket', 404, 'HOST_BUCKET_MISSING'],
    ['PermanentRedirect', 301, 'HOST_BUCKET_MISSING'],
    ['InternalError', 500, 'HOST_FAILED'],
    ['SlowDown', 503, 'HOST_FAILED'],
    ['Unknown', 403, 'HOST_FORBIDDEN'],
    ['Unknown', 401, 'HOST_KEYS_WRONG'],
    ['Unknown', 418, 'HOST_FAILED'],
    ['TimeoutError', undefined, 'HOST_UNREACHABLE'],
  ] as const)('%s (%s) is %s', (name, status, code) => {
    expect(translate(failure(name, status))).toMatchObject({
      code,
      details: { step: 'write objects', bucket: 'faces' },
    });
  });

  it('keeps no key, wherever the server repeats it', () => {
    const error = Object.assign(failure('InvalidAccessKeyId', 403, 'no such key ACCESSVALUE SECRETVALUE'), {
      AWSAccessKeyId: 'ACCESSVALUE',
      $response: { headers: { authorization: 'SECRETVALUE' } },
    });
    const translated = translate(error);
    expect(translated).toBeInstanceOf(StudioError);
    expect(inspect(translated, { depth: 9, showHidden: true })).not.toMatch(/ACCESSVALUE|SECRETVALUE/);
  });

  it('is a cancellation once cancelling was asked for', () => {
    const stop = new AbortController();
    stop.abort();
    expect(translate(failure('AbortError'), stop.signal)).toBeInstanceOf(Cancelled);
  });
});

describe('isTransient', () => {
  it.each([
    [failure('SlowDown', 503), true],
    [failure('InternalError', 500), true],
    [failure('Unknown', 429), true],
    [failure('RequestTimeout', 400), true],
    [failure('ECONNRESET'), true],
    [failure('AccessDenied', 403), false],
    [failure('NoSuchBucket', 404), false],
    [failure('AbortError'), false],
  ])('%s', (error, expected) => {
    expect(isTransient(error)).toBe(expected);
  });
});
