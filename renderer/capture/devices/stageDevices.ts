/** Camera and microphone of the stage, each opened on its own, so that the trouble of one does not hide the other. */
import type { StageSettings } from '../../../shared/settings.ts';
import type { Device } from '../session.ts';
import { type ChosenDevice, createChosenDevice } from './chosenDevice.ts';
import type { InputState } from './input.ts';
import type { DeviceKind, MediaDevicesPort } from './mediaDevices.ts';
import { type AccessCalls, openInput } from './openInput.ts';

/** After a device went away: time for the system's list to know it, milliseconds. */
const LOOK_AGAIN_AFTER_MS = 1000;

export interface StageDevices {
  readonly camera: DeviceView;
  readonly microphone: DeviceView;
  open(remembered: Pick<StageSettings, 'camera' | 'microphone'>): Promise<void>;
  retry(kind: DeviceKind): Promise<void>;
  /** Null when there is no such device, or while held. */
  choose(kind: DeviceKind, id: string): Promise<Device | null>;
  /** While held, no device is opened or exchanged: a take is being recorded. Letting go makes up for what was missed. */
  hold(held: boolean): void;
  close(): void;
}

export type DeviceView = Pick<ChosenDevice, 'devices' | 'deviceId' | 'input'>;

/** `changed` is called whenever something of `camera` or `microphone` has changed. */
export function createStageDevices(
  port: MediaDevicesPort,
  access: AccessCalls,
  changed: () => void,
): StageDevices {
  let unfollow: readonly (() => void)[] = [];
  let lookAgain: ReturnType<typeof setTimeout> | undefined;
  let opened = false;

  const chosen = (kind: DeviceKind): ChosenDevice => {
    let last: InputState['kind'] | 'lost' = 'opening';
    const device = createChosenDevice(
      kind,
      (id, onSlow) => openInput(kind, id, { devices: port, access }, onSlow),
      () => {
        const state = device.input();
        const now = state.kind === 'trouble' && state.trouble === 'lost' ? 'lost' : state.kind;
        if (now === 'lost' && last !== 'lost') lookAgainSoon();
        last = now;
        changed();
      },
    );
    return device;
  };
  const camera = chosen('camera');
  const microphone = chosen('microphone');
  const both = { camera, microphone };

  const list = async (): Promise<void> => {
    const all = await port.list();
    camera.listed(all);
    microphone.listed(all);
  };
  const recover = async (): Promise<void> => {
    await list();
    if (opened) await Promise.all([camera.recover(), microphone.recover()]);
  };
  const lookAgainSoon = (): void => {
    clearTimeout(lookAgain);
    lookAgain = setTimeout(() => void recover(), LOOK_AGAIN_AFTER_MS);
  };

  return {
    camera,
    microphone,
    async open(remembered) {
      if (opened) return;
      opened = true;
      unfollow = [
        port.onChange(() => void recover()),
        port.onReturn(() => void Promise.all([camera.returned(), microphone.returned()])),
      ];
      await list();
      if (!opened) return;
      await Promise.all([camera.open(remembered.camera), microphone.open(remembered.microphone)]);
      // Names and ids are told once something was permitted.
      await list();
      if (opened) await Promise.all([camera.takeRemembered(), microphone.takeRemembered()]);
    },
    async retry(kind) {
      await list();
      await both[kind].retry();
      await list();
    },
    choose: (kind, id) => both[kind].choose(id),
    hold(held) {
      camera.hold(held);
      microphone.hold(held);
      if (!held && opened) void recover();
    },
    close() {
      opened = false;
      clearTimeout(lookAgain);
      for (const end of unfollow) end();
      unfollow = [];
      camera.close();
      microphone.close();
    },
  };
}
