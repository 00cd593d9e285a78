import type { StageSettings } from '../../../shared/settings.ts';
import { captureWords } from '../../../shared/words/capture.ts';
import type { Device } from '../session.ts';
import type { DeviceKind, ListedDevice } from './mediaDevices.ts';

/** A choice that outlives the program. Null: the system's choice. */
export type Remembered = StageSettings['camera'];

/** The devices of a kind as a person tells them apart. A nameless one, as before permission, gets a number. */
export function devicesOf(kind: DeviceKind, listed: readonly ListedDevice[]): readonly Device[] {
  return listed
    .filter((device) => device.kind === kind)
    .map(({ id, label }, index) => ({ id, label: label || captureWords.nameless(kind, index + 1) }));
}

/**
 * The device that was chosen once: by its id, else by its name, because ids change with the program's data and some
 * systems give a new one for every plug. Null when it is not there.
 */
export function findRemembered(devices: readonly Device[], remembered: Remembered): Device | null {
  if (remembered === null) return null;
  return (
    devices.find(({ id }) => id !== '' && id === remembered.id) ??
    devices.find(({ label }) => label === remembered.label) ??
    null
  );
}
