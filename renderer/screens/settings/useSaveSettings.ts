import type { CallInput } from '../../../shared/contract.ts';
import { CallCancelled, errorOf } from '../../app/bridge.ts';
import { useCall } from '../../app/queries.ts';

/** Saving some settings at once, as they are changed; there is no button for it. */
export function useSaveSettings() {
  const call = useCall('saveSettings', { quiet: true });
  return toSaving(call, (changes: CallInput<'saveSettings'>) => call.mutate(changes));
}

/** Saving one key. Its value goes one way only. */
export function useSaveSecret(name: CallInput<'setSecret'>['name']) {
  const call = useCall('setSecret', { quiet: true });
  return toSaving(call, (value: string) => call.mutate({ name, value }));
}

export interface Saving {
  readonly busy: boolean;
  readonly saved: boolean;
  /** The sentence when it could not be saved. */
  readonly wrong: string | undefined;
}

function toSaving<S>(
  call: { isPending: boolean; isSuccess: boolean; error: Error | null },
  save: S,
): Saving & { save: S } {
  const wrong =
    call.error && !(call.error instanceof CallCancelled) ? errorOf(call.error).message : undefined;
  return { save, busy: call.isPending, saved: call.isSuccess, wrong };
}
