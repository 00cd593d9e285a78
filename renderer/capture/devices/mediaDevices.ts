/** The computer's cameras and microphones, as far as the stage needs them. Tests put devices of their own behind this. */

export type DeviceKind = 'camera' | 'microphone';

/** One entry of the browser's list. `id` and `label` are empty while nothing was permitted. */
export interface ListedDevice {
  readonly kind: DeviceKind;
  readonly id: string;
  readonly label: string;
}

export interface MediaDevicesPort {
  list(): Promise<readonly ListedDevice[]>;
  /** Rejects with the browser's `DOMException`. The stream has one track. */
  open(kind: DeviceKind, constraints: MediaTrackConstraints): Promise<MediaStream>;
  /** Something was plugged in or out. Returns the function that ends it. */
  onChange(listener: () => void): () => void;
  /** The person came back to the window, perhaps from the system's settings. Returns the function that ends it. */
  onReturn(listener: () => void): () => void;
}

const KINDS: Readonly<Record<MediaDeviceKind, DeviceKind | null>> = {
  videoinput: 'camera',
  audioinput: 'microphone',
  audiooutput: null,
};

/** Windows lists the microphone for calls once more under this id. */
const SECOND_NAME = 'communications';

/** The real ones. */
export function browserDevices(): MediaDevicesPort {
  const devices = navigator.mediaDevices;
  return {
    async list() {
      const found = await devices.enumerateDevices();
      return found.flatMap(({ kind, deviceId, label }) => {
        const known = KINDS[kind];
        return known === null || deviceId === SECOND_NAME ? [] : [{ kind: known, id: deviceId, label }];
      });
    },
    open: (kind, constraints) =>
      devices.getUserMedia(
        kind === 'camera' ? { video: constraints, audio: false } : { audio: constraints, video: false },
      ),
    onChange: (listener) => listen(devices, 'devicechange', listener),
    onReturn: (listener) => listen(window, 'focus', listener),
  };
}

function listen(target: EventTarget, type: string, listener: () => void): () => void {
  target.addEventListener(type, listener);
  return () => target.removeEventListener(type, listener);
}
