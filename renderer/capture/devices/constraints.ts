/** What the stage asks of cameras and microphones: first all of it, then less, until the device agrees. */
import type { DeviceKind } from './mediaDevices.ts';

/** `resizeMode` is of the media capture specification and not yet in TypeScript's library. */
interface CameraConstraints extends MediaTrackConstraints {
  readonly resizeMode?: string;
}

/**
 * Asked for 30 frames a second, Chromium leaves out a frame whenever two came quickly one after the other, as they do
 * from every camera now and then: 18 of 1,980 were lost so. Asked for some more, none of 2,521; and a camera that has
 * 30 and 50 or 60 still gives 30, which is nearer.
 */
const FRAME_RATE = 36;

/** The best camera mode that training uses; a browser must not make it up by cropping or enlarging. */
const PICTURE: CameraConstraints = {
  width: { ideal: 1920 },
  height: { ideal: 1080 },
  frameRate: { ideal: FRAME_RATE },
  resizeMode: 'none',
};

/** The voice as it is: what a call would do to it stays off. */
const SOUND: MediaTrackConstraints = {
  echoCancellation: false,
  noiseSuppression: false,
  autoGainControl: false,
  channelCount: { ideal: 2 },
  sampleRate: { ideal: 48_000 },
};

/** What is asked one after the other while the answer is `OverconstrainedError`. `id` null: the system's choice. */
export function constraintsFor(kind: DeviceKind, id: string | null): readonly MediaTrackConstraints[] {
  const wished = kind === 'camera' ? PICTURE : SOUND;
  const device = id === null ? [] : [{ deviceId: { exact: id } }];
  return [...device.map((exact) => ({ ...wished, ...exact })), ...device, wished, {}];
}
