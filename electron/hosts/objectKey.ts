import { randomBytes } from 'node:crypto';

/** Every object of ours begins with this, so that leftovers can be found without touching anything else. */
export const OBJECT_KEY_PREFIX = 'twin-studio/';

export interface ObjectKeyParts {
  /** Day after which the file may be removed: an ISO instant or date. */
  readonly retainUntil: string;
  readonly extension: 'mp4' | 'mp3' | 'wav';
}

/**
 * A new key: the day until which it is kept, readable for a person who cleans up or for a lifecycle
 * rule, and 160 random bits, because who knows the address sees the face. No names.
 */
export function makeObjectKey({ retainUntil, extension }: ObjectKeyParts): string {
  const day = new Date(retainUntil).toISOString().slice(0, 10);
  return `${OBJECT_KEY_PREFIX}keep-until-${day}/${randomBytes(20).toString('hex')}.${extension}`;
}

/** The address of a key below a base address; each segment is escaped. */
export function joinPublicUrl(baseUrl: string, objectKey: string): string {
  const path = objectKey.split('/').map(encodeURIComponent).join('/');
  return `${baseUrl.replace(/\/+$/, '')}/${path}`;
}
