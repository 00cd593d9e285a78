/** Cameras and microphones that behave as the browser's do, and that tests plug in, pull out and break. */

import type {
  DeviceKind,
  ListedDevice,
  MediaDevicesPort,
} from '../../renderer/capture/devices/mediaDevices.ts';
import type { AccessCalls } from '../../renderer/capture/devices/openInput.ts';
import type { CallOutput, Result } from '../../shared/contract.ts';

/** What a device can do. A constraint that asks for more is met as well as it can be, as browsers do. */
export interface FakeDevice extends ListedDevice {
  readonly settings?: MediaTrackSettings;
}

type TrackKind = 'video' | 'audio';

export class FakeTrack<Kind extends TrackKind = TrackKind> extends EventTarget implements MediaStreamTrack {
  contentHint = '';
  enabled = true;
  readonly id = 'track';
  muted = false;
  readyState: MediaStreamTrackState = 'live';
  onended = null;
  onmute = null;
  onunmute = null;
  readonly kind: Kind;
  readonly device: FakeDevice;
  readonly settings: MediaTrackSettings;

  constructor(kind: Kind, device: FakeDevice, settings: MediaTrackSettings) {
    super();
    this.kind = kind;
    this.device = device;
    this.settings = settings;
  }
  get label(): string {
    return this.device.label;
  }
  getSettings(): MediaTrackSettings {
    return this.settings;
  }
  getConstraints(): MediaTrackConstraints {
    return {};
  }
  getCapabilities(): MediaTrackCapabilities {
    return {};
  }
  async applyConstraints(): Promise<void> {}
  clone(): FakeTrack<Kind> {
    return new FakeTrack(this.kind, this.device, this.settings);
  }
  /** As the page does; tells nobody. */
  stop(): void {
    this.readyState = 'ended';
  }
  /** As the computer does when a device goes away. */
  end(): void {
    if (this.readyState === 'ended') return;
    this.readyState = 'ended';
    this.dispatchEvent(new Event('ended'));
  }
  mute(muted: boolean): void {
    this.muted = muted;
    this.dispatchEvent(new Event(muted ? 'mute' : 'unmute'));
  }
}

export class FakeStream extends EventTarget implements MediaStream {
  readonly id = 'stream';
  onaddtrack = null;
  onremovetrack = null;
  readonly track: FakeTrack;
  constructor(track: FakeTrack) {
    super();
    this.track = track;
  }
  get active(): boolean {
    return this.track.readyState === 'live';
  }
  getTracks(): FakeTrack[] {
    return [this.track];
  }
  getVideoTracks(): FakeTrack<'video'>[] {
    return this.getTracks().filter((track): track is FakeTrack<'video'> => track.kind === 'video');
  }
  getAudioTracks(): FakeTrack<'audio'>[] {
    return this.getTracks().filter((track): track is FakeTrack<'audio'> => track.kind === 'audio');
  }
  getTrackById(): FakeTrack {
    return this.track;
  }
  addTrack(): void {}
  removeTrack(): void {}
  clone(): FakeStream {
    return new FakeStream(this.track.clone());
  }
}

type Refusal = (constraints: MediaTrackConstraints) => string | null;

export class FakeDevices implements MediaDevicesPort {
  /** Every track that was ever given out, the newest last. */
  readonly tracks: FakeTrack[] = [];
  readonly asked: { readonly kind: DeviceKind; readonly constraints: MediaTrackConstraints }[] = [];
  private plugged: FakeDevice[];
  private permitted = false;
  private readonly stalled = new Map<DeviceKind, Promise<void>>();
  private readonly refusals = new Map<DeviceKind, Refusal>();
  private readonly changeListeners = new Set<() => void>();
  private readonly returnListeners = new Set<() => void>();

  constructor(...devices: FakeDevice[]) {
    this.plugged = devices;
  }

  async list(): Promise<readonly ListedDevice[]> {
    return this.plugged.map(({ kind, id, label }) =>
      this.permitted ? { kind, id, label } : { kind, id: '', label: '' },
    );
  }

  async open(kind: DeviceKind, constraints: MediaTrackConstraints): Promise<FakeStream> {
    this.asked.push({ kind, constraints });
    await this.stalled.get(kind);
    const name = this.refusals.get(kind)?.(constraints) ?? null;
    if (name !== null) throw new DOMException('refused by the test', name);
    const ofKind = this.plugged.filter((device) => device.kind === kind);
    if (ofKind.length === 0) throw new DOMException('Requested device not found', 'NotFoundError');
    const id = exactId(constraints);
    const device = id === null ? ofKind[0] : ofKind.find((each) => each.id === id);
    if (!device) throw new DOMException('', 'OverconstrainedError');
    this.permitted = true;
    const track = new FakeTrack(kind === 'camera' ? 'video' : 'audio', device, {
      ...device.settings,
      deviceId: device.id,
    });
    this.tracks.push(track);
    return new FakeStream(track);
  }

  onChange(listener: () => void): () => void {
    this.changeListeners.add(listener);
    return () => this.changeListeners.delete(listener);
  }
  onReturn(listener: () => void): () => void {
    this.returnListeners.add(listener);
    return () => this.returnListeners.delete(listener);
  }

  /** Tracks that nobody has let go of. */
  live(kind: DeviceKind): FakeTrack[] {
    return this.tracks.filter(({ device, readyState }) => device.kind === kind && readyState === 'live');
  }
  plug(device: FakeDevice): void {
    this.plugged = [...this.plugged, device];
    for (const listener of this.changeListeners) listener();
  }
  unplug(id: string): void {
    this.plugged = this.plugged.filter((device) => device.id !== id);
    for (const track of this.tracks) if (track.device.id === id) track.end();
    for (const listener of this.changeListeners) listener();
  }
  /** From now on opening fails with the error name that `refusal` gives; null lets it through. */
  refuse(kind: DeviceKind, refusal: Refusal | string | null): void {
    if (refusal === null) this.refusals.delete(kind);
    else this.refusals.set(kind, typeof refusal === 'string' ? () => refusal : refusal);
  }
  /** Opening does not answer until the returned function is called. */
  stall(kind: DeviceKind): () => void {
    let goOn = (): void => {};
    this.stalled.set(
      kind,
      new Promise((resolve) => {
        goOn = resolve;
      }),
    );
    return () => goOn();
  }
  /** The person comes back to the window. */
  comeBack(): void {
    for (const listener of this.returnListeners) listener();
  }
  get followed(): boolean {
    return this.changeListeners.size + this.returnListeners.size > 0;
  }
}

function exactId({ deviceId }: MediaTrackConstraints): string | null {
  if (typeof deviceId !== 'object' || Array.isArray(deviceId)) return null;
  return typeof deviceId.exact === 'string' ? deviceId.exact : null;
}

type Access = CallOutput<'getMediaAccess'>;

/** The main process's side of permissions. `grants`: what the person answers when the system asks. */
export class FakeAccess implements AccessCalls {
  said: Access = { platform: 'linux', camera: 'unknown', microphone: 'unknown' };
  grants = true;
  readonly questions: ('camera' | 'microphone')[] = [];

  getMediaAccess = async (): Promise<Result<Access>> => ({ kind: 'ok', value: this.said });
  askMediaAccess = async ({
    which,
  }: {
    which: 'camera' | 'microphone';
  }): Promise<Result<{ granted: boolean }>> => {
    this.questions.push(which);
    this.said = { ...this.said, [which]: this.grants ? 'granted' : 'denied' };
    return { kind: 'ok', value: { granted: this.grants } };
  };
}
