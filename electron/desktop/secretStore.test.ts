import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Conf from 'conf';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openSettings } from '../studio/settingsFile.ts';
import { createSecretStore, type Safe } from './secretStore.ts';

const KEY = 'sk-live-0123456789abcdef';
let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'secrets-'));
});
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

/** A keyring that turns bytes around: enough to tell written keys from readable ones. */
function keyring(backend?: string): Safe {
  const flip = (bytes: Buffer): Buffer => Buffer.from(bytes.map((byte) => byte ^ 0xa5));
  return {
    isEncryptionAvailable: () => backend !== 'none',
    encryptString: (text) => flip(Buffer.from(text)),
    decryptString: (encrypted) => flip(encrypted).toString(),
    ...(backend === undefined ? {} : { getSelectedStorageBackend: () => backend }),
  };
}

interface Situation {
  readonly safe?: Safe;
  readonly environment?: Record<string, string>;
  readonly mayKeep?: boolean;
}

function open({ safe = keyring('gnome_libsecret'), environment = {}, mayKeep = true }: Situation = {}) {
  const { file } = openSettings(dir, (options) => new Conf(options));
  return createSecretStore({ safe, file, environment, mayKeep });
}

/** Everything in the folder, whatever it is called. */
function onDisk(): string {
  return readdirSync(dir)
    .map((name) => readFileSync(join(dir, name), 'utf8'))
    .join('\n');
}

function expectNothingReadable(): void {
  expect(onDisk()).not.toContain(KEY);
  expect(onDisk()).not.toContain(Buffer.from(KEY).toString('base64'));
}

describe('with a keyring', () => {
  test('keeps keys over a restart, and never in clear text', () => {
    const store = open();
    expect(store.storage).toBe('system');
    expect(store.originOf('segmindApiKey')).toBe('missing');
    store.set('segmindApiKey', KEY);
    expect(onDisk()).toContain('segmindApiKey');
    expectNothingReadable();

    const next = open();
    expect(next.get('segmindApiKey')).toBe(KEY);
    expect(next.originOf('segmindApiKey')).toBe('kept');
    expect(next.get('s3AccessKeyId')).toBeNull();
  });

  test('the empty string removes a key', () => {
    open().set('segmindApiKey', KEY);
    open().set('segmindApiKey', '');
    expect(open().originOf('segmindApiKey')).toBe('missing');
    expect(onDisk()).not.toContain('segmindApiKey');
  });

  test('a key that another keyring wrote is missing, not an error', () => {
    open().set('segmindApiKey', KEY);
    const safe: Safe = {
      ...keyring('kwallet6'),
      decryptString: () => {
        throw new Error('Wrong keyring.');
      },
    };
    expect(open({ safe }).get('segmindApiKey')).toBeNull();
    expect(open({ safe }).originOf('segmindApiKey')).toBe('missing');
  });

  test('macOS and Windows name no backend', () => {
    expect(open({ safe: keyring() }).storage).toBe('system');
  });
});

describe.each([
  ['without a keyring', { safe: keyring('none') }],
  ['with the basic_text backend', { safe: keyring('basic_text') }],
  ['in the trial runtime', { mayKeep: false }],
])('%s', (_name, situation) => {
  test('keys last until the program ends, and nothing is written', () => {
    const store = open(situation);
    expect(store.storage).toBe('session');
    store.set('s3SecretAccessKey', KEY);
    expect(store.get('s3SecretAccessKey')).toBe(KEY);
    expect(store.originOf('s3SecretAccessKey')).toBe('session');
    expectNothingReadable();
    expect(onDisk()).not.toContain('s3SecretAccessKey');
    expect(open(situation).originOf('s3SecretAccessKey')).toBe('missing');

    store.set('s3SecretAccessKey', '');
    expect(store.originOf('s3SecretAccessKey')).toBe('missing');
  });

  test('what was kept elsewhere is not read', () => {
    open().set('segmindApiKey', KEY);
    expect(open(situation).get('segmindApiKey')).toBeNull();
  });
});

test('a kept key does not come back after another took its place without a keyring', () => {
  open().set('segmindApiKey', 'the old one');
  open({ safe: keyring('none') }).set('segmindApiKey', KEY);
  expect(open().originOf('segmindApiKey')).toBe('missing');
});

test('the trial runtime leaves kept keys alone', () => {
  open().set('segmindApiKey', KEY);
  open({ mayKeep: false }).set('segmindApiKey', 'another');
  expect(open().get('segmindApiKey')).toBe(KEY);
});

test('the environment comes first', () => {
  const environment = {
    SEGMIND_API_KEY: 'from-environment',
    TWIN_STUDIO_S3_ACCESS_KEY_ID: 'id',
    TWIN_STUDIO_S3_SECRET_ACCESS_KEY: 'secret',
  };
  const store = open({ environment });
  store.set('segmindApiKey', KEY);
  expect(store.get('segmindApiKey')).toBe('from-environment');
  expect(store.originOf('segmindApiKey')).toBe('environment');
  expect(store.get('s3AccessKeyId')).toBe('id');
  expect(store.get('s3SecretAccessKey')).toBe('secret');
});
