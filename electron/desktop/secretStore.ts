import { z } from 'zod';
import { SECRET_NAMES, type SecretName } from '../../shared/settings.ts';
import { SECRET_VARIABLES } from '../studio/configuration.ts';
import type { KeyValueFile } from '../studio/settingsFile.ts';
import type { SecretStore } from '../studio/studio.ts';

/** The part of Electron's `safeStorage` that is used. */
export interface Safe {
  isEncryptionAvailable(): boolean;
  encryptString(text: string): Buffer;
  decryptString(encrypted: Buffer): string;
  /** Linux only, and not in every Electron. */
  getSelectedStorageBackend?(): string;
}

const SECRETS_KEY = 'secrets';
const KeptSchema = z.partialRecord(z.enum(SECRET_NAMES), z.base64());

/**
 * Keys, encrypted by the operating system where it can. Where it cannot, they stay in memory until the
 * program ends: nothing is ever written in a form that somebody else could read.
 *
 * @param safe Electron's `safeStorage`; on Linux it knows its answer only once the app is ready.
 * @param mayKeep false in the trial runtime, which is too old to be trusted with keys.
 */
export function createSecretStore(options: {
  readonly safe: Safe;
  readonly file: KeyValueFile;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly mayKeep: boolean;
}): SecretStore {
  const { safe, file, environment } = options;
  const keeps = options.mayKeep && encrypts(safe);
  const session = new Map<SecretName, string>();

  const kept = (): z.output<typeof KeptSchema> => KeptSchema.safeParse(file.get(SECRETS_KEY)).data ?? {};
  const remember = (name: SecretName, encrypted: string | null): void => {
    const { [name]: previous, ...others } = kept();
    if (encrypted === null && previous === undefined) return;
    file.set(SECRETS_KEY, encrypted === null ? others : { ...others, [name]: encrypted });
  };
  const readKept = (name: SecretName): string | null => {
    const encrypted = keeps ? kept()[name] : undefined;
    if (encrypted === undefined) return null;
    try {
      return safe.decryptString(Buffer.from(encrypted, 'base64'));
    } catch {
      // The keyring was replaced or the file came from another computer. The key has to be entered again,
      // and until then it is missing.
      return null;
    }
  };
  const find = (name: SecretName): { value: string; origin: 'kept' | 'session' | 'environment' } | null => {
    const variable = environment[SECRET_VARIABLES[name]];
    if (variable) return { value: variable, origin: 'environment' };
    const inSession = session.get(name);
    if (inSession !== undefined) return { value: inSession, origin: 'session' };
    const value = readKept(name);
    return value === null ? null : { value, origin: 'kept' };
  };

  return {
    storage: keeps ? 'system' : 'session',
    get: (name) => find(name)?.value ?? null,
    originOf: (name) => find(name)?.origin ?? 'missing',
    set(name, value) {
      session.delete(name);
      if (value !== '' && keeps) {
        remember(name, safe.encryptString(value).toString('base64'));
        return;
      }
      // An older kept key must not come back when the new one was removed or is gone with the session.
      // What the trial runtime finds belongs to the real one, and is left alone.
      if (options.mayKeep) remember(name, null);
      if (value !== '') session.set(name, value);
    },
  };
}

/** `basic_text` is Chromium's fallback without a keyring: it encrypts with a password that everybody knows. */
function encrypts(safe: Safe): boolean {
  if (!safe.isEncryptionAvailable()) return false;
  return safe.getSelectedStorageBackend?.() !== 'basic_text';
}
