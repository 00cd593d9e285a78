import { describe, expect, it } from 'vitest';
import { maskSecrets } from './maskSecrets.ts';

describe('maskSecrets', () => {
  it('removes the secrets it is given, also escaped ones', () => {
    const secret = 'SG_a/b+c"d';
    for (const text of [secret, encodeURIComponent(secret), JSON.stringify({ k: secret })]) {
      const masked = maskSecrets(`before ${text} after`, [secret]);
      expect(masked).toContain('before');
      expect(masked).toContain('after');
      expect(masked).not.toContain('SG_a');
    }
  });

  it('removes keys by their names', () => {
    for (const text of [
      'x-api-key: VALUE123',
      '"x-api-key":"VALUE123"',
      'Authorization: Bearer VALUE123',
      'authorization=VALUE123',
      'secretAccessKey=VALUE123',
      'AWSAccessKeyId=VALUE123&x=1',
      'X-Amz-Signature=VALUE123',
      'token: VALUE123',
    ]) {
      expect(maskSecrets(text), text).not.toContain('VALUE123');
    }
  });

  it('leaves nothing of an Authorization header of S3', () => {
    const header =
      'Authorization: AWS4-HMAC-SHA256 Credential=AKID/20250101/r/s3/aws4_request, SignedHeaders=host, Signature=abcdef';
    const masked = maskSecrets(header);
    expect(masked).not.toContain('AKID');
    expect(masked).not.toContain('abcdef');
  });

  it('keeps only the host of an address', () => {
    const masked = maskSecrets(
      'could not open https://me:pw@files.example.com/faces/1234.mp4?X-Amz-Signature=abc now',
    );
    expect(masked).toBe('could not open https://files.example.com/••• now');
    expect(maskSecrets('see https://files.example.com')).toBe('see https://files.example.com');
  });

  it('leaves ordinary words alone', () => {
    const text = 'Footage is too short or too long';
    expect(maskSecrets(text, ['', 'KEY'])).toBe(text);
  });
});
