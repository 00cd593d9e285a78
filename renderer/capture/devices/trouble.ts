import type { CallOutput } from '../../../shared/contract.ts';
import type { DeviceTrouble } from '../session.ts';

/** What the system says about a camera or a microphone. */
export type MediaAccess = CallOutput<'getMediaAccess'>['camera'];

const TROUBLES: Readonly<Record<string, DeviceTrouble>> = {
  NotAllowedError: 'denied',
  SecurityError: 'forbidden',
  NotFoundError: 'none',
  NotReadableError: 'busy',
};

/**
 * What a refused `getUserMedia` means for the person. `access` is what the system says afterwards: a browser that the
 * system kept from the camera reports it as if the camera were busy, or as if it were broken.
 */
export function troubleOf(error: unknown, access: MediaAccess): DeviceTrouble {
  if (access === 'restricted') return 'forbidden';
  if (access === 'denied') return 'denied';
  return TROUBLES[errorName(error)] ?? 'failed';
}

/** The name of what was thrown. Chromium's `OverconstrainedError` was no `Error` for years. */
export function errorName(error: unknown): string {
  return typeof error === 'object' && error !== null && 'name' in error ? String(error.name) : '';
}
