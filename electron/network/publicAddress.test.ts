import type { LookupAddress } from 'node:dns';
import { describe, expect, it } from 'vitest';
import { findPublicHost, isLoopbackUrl, isPublicAddress } from './publicAddress.ts';

describe('isPublicAddress', () => {
  it.each(['8.8.8.8', '2606:4700::1111', '64:ff9b::808:808', '::ffff:8.8.8.8'])('takes %s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '100.64.0.1',
    '169.254.169.254',
    '0.0.0.0',
    '192.0.2.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    'fe80::1',
    'fc00::1',
    'fd12::1',
    'ff02::1',
    '2001:db8::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b::a00:1',
    '64:ff9b:1::808:808',
    '2002:7f00:1::',
    'no address',
  ])('refuses %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

describe('findPublicHost', () => {
  const answers = (...addresses: string[]) => {
    const found: LookupAddress[] = addresses.map((address) => ({
      address,
      family: address.includes(':') ? 6 : 4,
    }));
    return async () => found;
  };

  it('wants every address of a name to be public', async () => {
    const url = new URL('https://files.example.com/a');
    expect((await findPublicHost(url, answers('8.8.8.8', '2606:4700::1111'))).kind).toBe('public');
    expect((await findPublicHost(url, answers('8.8.8.8', 'fd00::1'))).kind).toBe('not-public');
    expect((await findPublicHost(url, answers('8.8.8.8', '10.0.0.1'))).kind).toBe('not-public');
  });

  it('judges addresses in a URL without a look-up, however they are written', async () => {
    const never = () => Promise.reject(new Error('looked up'));
    for (const address of [
      'http://127.0.0.1/',
      'http://2130706433/',
      'http://0x7f.1/',
      'http://[::1]/',
      'http://[::ffff:10.0.0.1]/',
    ]) {
      expect((await findPublicHost(new URL(address), never)).kind, address).toBe('not-public');
    }
    expect((await findPublicHost(new URL('http://8.8.8.8/'), never)).kind).toBe('public');
  });

  it('tells a name that nobody knows apart', async () => {
    const url = new URL('https://files.example.com/');
    expect((await findPublicHost(url, () => Promise.reject(new Error('ENOTFOUND')))).kind).toBe(
      'unknown-name',
    );
    expect((await findPublicHost(url, answers())).kind).toBe('unknown-name');
  });

  it('holds the connection to the addresses that were judged', async () => {
    const found = await findPublicHost(
      new URL('https://files.example.com/'),
      answers('8.8.8.8', '2606:4700::1111'),
    );
    if (found.kind !== 'public') throw new Error(found.kind);
    const ask = (options: { all?: boolean; family?: number }) =>
      new Promise<unknown>((resolve) => {
        found.lookup('files.example.com', options, (_error, address) => resolve(address));
      });
    expect(await ask({})).toBe('8.8.8.8');
    expect(await ask({ family: 6 })).toBe('2606:4700::1111');
    expect(await ask({ all: true })).toHaveLength(2);
  });
});

describe('isLoopbackUrl', () => {
  it.each([
    'http://127.0.0.1:1/',
    'http://127.9.9.9/',
    'http://localhost/',
    'http://a.localhost./',
    'http://[::1]:8/',
  ])('takes %s', (address) => expect(isLoopbackUrl(new URL(address))).toBe(true));
  it.each(['https://api.segmind.com/', 'http://10.0.0.1/', 'http://localhost.example.com/'])(
    'refuses %s',
    (address) => expect(isLoopbackUrl(new URL(address))).toBe(false),
  );
});
