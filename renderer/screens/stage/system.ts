import type { CallOutput } from '../../../shared/contract.ts';

type Access = CallOutput<'getMediaAccess'>;

/** Which system's words to use, and whether it has a page for cameras and microphones that can be opened. */
export function systemOf(access: Access | undefined): {
  readonly platform: Access['platform'];
  readonly hasSettings: boolean;
} {
  const platform = access?.platform ?? 'linux';
  return { platform, hasSettings: platform !== 'linux' };
}
