/** The camera, or the microphone, of the stage: which one is meant, and keeping that one open as devices come and go. */
import type { Device, DeviceTrouble } from '../session.ts';
import { createInput, type InputState } from './input.ts';
import type { DeviceKind, ListedDevice } from './mediaDevices.ts';
import type { Opened } from './openInput.ts';
import { devicesOf, findRemembered, type Remembered } from './remembered.ts';

/** A device that was just plugged in answers "busy" or "not there" until its driver is ready: pauses in milliseconds. */
const PATIENCE_MS = [0, 700, 2000];

/** Troubles that end by plugging something in. */
const ENDS_BY_PLUG: ReadonlySet<DeviceTrouble> = new Set(['lost', 'none']);
/** Troubles that end elsewhere: in the system's settings, or in another program. */
const ENDS_ELSEWHERE: ReadonlySet<DeviceTrouble> = new Set(['denied', 'forbidden', 'busy', 'failed']);

export interface ChosenDevice {
  devices(): readonly Device[];
  /** Of the open one, else of the one that is meant; null while that is the system's affair. */
  deviceId(): string | null;
  input(): InputState;
  /** Opens what is remembered where it is there, else the system's choice. */
  open(remembered: Remembered): Promise<void>;
  /** Tries again, with another device where the one that is meant is gone. */
  retry(): Promise<void>;
  /** Opens a device of the list and remembers it. Null when it is not in the list. */
  choose(id: string): Promise<Device | null>;
  /** What the system lists now. */
  listed(all: readonly ListedDevice[]): void;
  /** Opens the remembered device if another one stands in for it. */
  takeRemembered(): Promise<void>;
  /** Something was plugged in: opens what has come back. */
  recover(): Promise<void>;
  /** The person came back to the window. */
  returned(): Promise<void>;
  /** While held, nothing is opened or exchanged. */
  hold(held: boolean): void;
  close(): void;
}

export function createChosenDevice(
  kind: DeviceKind,
  open: (id: string | null, onSlow: () => void) => Promise<Opened>,
  changed: () => void,
): ChosenDevice {
  let devices: readonly Device[] = [];
  let remembered: Remembered = null;
  /** What was asked for last; null for the system's choice. */
  let askedId: string | null = null;
  let openId: string | null = null;
  let held = false;
  let turn = 0;
  const input = createInput(() => {
    const state = input.get();
    if (state.kind === 'open') openId = state.track.getSettings().deviceId ?? askedId;
    changed();
  });

  const openNow = (id: string | null, quietly: boolean): Promise<void> => {
    askedId = id;
    return input.open((onSlow) => open(id, onSlow), { quietly });
  };

  const openPatiently = async (id: string | null): Promise<void> => {
    turn += 1;
    const mine = turn;
    for (const pause of PATIENCE_MS) {
      if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
      if (mine !== turn || held) return;
      await openNow(id, true);
      if (mine !== turn || input.get().kind === 'open') return;
    }
  };

  const openAtOnce = (id: string | null, quietly: boolean): Promise<void> => {
    turn += 1;
    return openNow(id, quietly);
  };

  const meant = (): Device | null =>
    findRemembered(devices, remembered) ?? devices.find(({ id }) => id !== '' && id === openId) ?? null;

  const takeRemembered = async (): Promise<void> => {
    const wanted = findRemembered(devices, remembered);
    if (held || input.get().kind !== 'open' || wanted === null) return;
    if (wanted.id !== openId && wanted.id !== askedId) await openPatiently(wanted.id);
  };

  return {
    devices: () => devices,
    deviceId: () => (input.get().kind === 'open' ? openId : (meant()?.id ?? null)),
    input: () => input.get(),
    open(choice) {
      remembered = choice;
      return openAtOnce(findRemembered(devices, remembered)?.id ?? null, false);
    },
    retry: () => openAtOnce(meant()?.id ?? null, false),
    async choose(id) {
      const device = devices.find((each) => each.id === id) ?? null;
      if (device === null || held) return null;
      remembered = { id: device.id, label: device.label };
      await openAtOnce(device.id, false);
      return device;
    },
    listed(all) {
      const found = devicesOf(kind, all);
      if (JSON.stringify(found) === JSON.stringify(devices)) return;
      devices = found;
      changed();
    },
    takeRemembered,
    async recover() {
      const state = input.get();
      if (held || state.kind === 'opening') return;
      if (state.kind === 'open') return takeRemembered();
      if (!ENDS_BY_PLUG.has(state.trouble)) return;
      const back = meant();
      // A device that was chosen and went away is waited for; without a choice any will do.
      const anyWillDo = remembered === null || state.trouble === 'none';
      if (back !== null || (anyWillDo && devices.length > 0)) await openPatiently(back?.id ?? null);
    },
    async returned() {
      const state = input.get();
      if (held || state.kind !== 'trouble' || !ENDS_ELSEWHERE.has(state.trouble)) return;
      await openAtOnce(meant()?.id ?? null, true);
    },
    hold(next) {
      held = next;
    },
    close() {
      turn += 1;
      openId = null;
      input.close();
    },
  };
}
