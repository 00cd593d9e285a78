import type { StudioBridge } from '../../../shared/contract.ts';
import type { DeviceTrouble } from '../session.ts';
import { constraintsFor } from './constraints.ts';
import type { DeviceKind, MediaDevicesPort } from './mediaDevices.ts';
import { errorName, type MediaAccess, troubleOf } from './trouble.ts';

/** What the main process knows of the system's permissions. */
export type AccessCalls = Pick<StudioBridge, 'getMediaAccess' | 'askMediaAccess'>;

/** A device opens within a second or two; a driver that hangs never does. Milliseconds. */
const SLOW_MS = 15_000;

export type Opened =
  | { readonly kind: 'open'; readonly stream: MediaStream; readonly track: MediaStreamTrack }
  | { readonly kind: 'trouble'; readonly trouble: DeviceTrouble };

/**
 * Opens a camera or a microphone, asking the system for permission where it was never asked. What goes wrong is told
 * as a trouble. `id` null, or of a device that is gone: the system's choice.
 * @param onSlow called when the device has not answered for `SLOW_MS`; it still may
 */
export async function openInput(
  kind: DeviceKind,
  id: string | null,
  parts: { readonly devices: MediaDevicesPort; readonly access: AccessCalls },
  onSlow: () => void,
): Promise<Opened> {
  const trouble = await refusedBySystem(kind, parts.access);
  if (trouble !== null) return { kind: 'trouble', trouble };
  let refused: unknown;
  const slow = setTimeout(onSlow, SLOW_MS);
  try {
    for (const constraints of constraintsFor(kind, id)) {
      try {
        const stream = await parts.devices.open(kind, constraints);
        const [track] = stream.getTracks();
        if (track) return { kind: 'open', stream, track };
      } catch (error) {
        refused = error;
        if (errorName(error) !== 'OverconstrainedError') break;
      }
    }
  } finally {
    clearTimeout(slow);
  }
  return { kind: 'trouble', trouble: troubleOf(refused, await accessOf(kind, parts.access)) };
}

/**
 * Null when the browser can be asked. A system that forbids is not asked: some give black pictures and silence
 * rather than an error then.
 */
async function refusedBySystem(kind: DeviceKind, access: AccessCalls): Promise<DeviceTrouble | null> {
  const answer = await access.getMediaAccess({});
  if (answer.kind !== 'ok') return null;
  const { platform, [kind]: said } = answer.value;
  if (said === 'restricted') return 'forbidden';
  if (said === 'denied') return 'denied';
  // Only macOS has a question of its own. Elsewhere "not asked" means that the browser's is the question.
  if (said !== 'not-asked' || platform !== 'macos') return null;
  const asked = await access.askMediaAccess({ which: kind });
  return asked.kind === 'ok' && !asked.value.granted ? 'denied' : null;
}

async function accessOf(kind: DeviceKind, access: AccessCalls): Promise<MediaAccess> {
  const answer = await access.getMediaAccess({});
  return answer.kind === 'ok' ? answer.value[kind] : 'unknown';
}
