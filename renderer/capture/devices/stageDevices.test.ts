import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeAccess, FakeDevices } from '../../../tests/doubles/devices.ts';
import type { DeviceKind } from './mediaDevices.ts';
import { createStageDevices, type StageDevices } from './stageDevices.ts';

const BUILT_IN = { kind: 'camera', id: 'c1', label: 'Built-in Camera' } as const;
const USB = { kind: 'camera', id: 'c2', label: 'USB Camera' } as const;
const OTHER = { kind: 'camera', id: 'c3', label: 'Other Camera' } as const;
const MICROPHONE = { kind: 'microphone', id: 'm1', label: 'Desk Microphone' } as const;
const NOTHING = { camera: null, microphone: null };
const remembering = (device: { id: string; label: string }) => ({
  camera: { id: device.id, label: device.label },
  microphone: null,
});

let devices: FakeDevices;
let access: FakeAccess;
let stage: StageDevices;
/** What there was to see, in order. */
let seen: string[];

function setUp(...plugged: ConstructorParameters<typeof FakeDevices>): void {
  devices = new FakeDevices(...plugged);
  access = new FakeAccess();
  seen = [];
  stage = createStageDevices(devices, access, () => {
    const now = shown('camera');
    if (seen.at(-1) !== now) seen.push(now);
  });
}

function shown(kind: DeviceKind): string {
  const input = stage[kind].input();
  if (input.kind === 'opening') return 'opening';
  if (input.kind === 'trouble') return input.trouble;
  return `${input.track.label}${input.muted ? ', muted' : ''}${input.noSignal ? ', no signal' : ''}`;
}
const settled = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
  setUp(BUILT_IN, USB, MICROPHONE);
});
afterEach(() => {
  stage.close();
  vi.useRealTimers();
});

describe('opening', () => {
  it('opens the system’s choice, and then knows the names', async () => {
    expect(shown('camera')).toBe('not-asked');
    await stage.open(NOTHING);
    expect(shown('camera')).toBe('Built-in Camera');
    expect(shown('microphone')).toBe('Desk Microphone');
    expect(stage.camera.devices()).toEqual([
      { id: 'c1', label: 'Built-in Camera' },
      { id: 'c2', label: 'USB Camera' },
    ]);
    expect(stage.camera.deviceId()).toBe('c1');
  });

  it('asks for the best picture that is not made up, and for the voice as it is', async () => {
    await stage.open(NOTHING);
    expect(devices.asked.find(({ kind }) => kind === 'camera')?.constraints).toMatchObject({
      width: { ideal: 1920 },
      height: { ideal: 1080 },
      frameRate: { ideal: 36 },
      resizeMode: 'none',
    });
    expect(devices.asked.find(({ kind }) => kind === 'microphone')?.constraints).toMatchObject({
      echoCancellation: false,
      noiseSuppression: false,
      autoGainControl: false,
    });
  });

  it('says so when a device does not answer, and takes it when it does after all', async () => {
    const answer = devices.stall('camera');
    const opening = stage.open(NOTHING);
    await vi.advanceTimersByTimeAsync(14_000);
    expect(shown('camera')).toBe('opening');
    await vi.advanceTimersByTimeAsync(2000);
    expect(shown('camera')).toBe('failed');
    answer();
    await opening;
    expect(shown('camera')).toBe('Built-in Camera');
  });

  it('opens what is remembered by its id', async () => {
    await devices.open('camera', {});
    await stage.open(remembering(USB));
    expect(shown('camera')).toBe('USB Camera');
  });

  it('finds a device again by its name when its id has changed', async () => {
    await devices.open('camera', {});
    await stage.open(remembering({ ...USB, id: 'of another day' }));
    expect(shown('camera')).toBe('USB Camera');
  });

  it('takes the system’s choice while the remembered one is absent, and goes back to it when it comes', async () => {
    setUp(BUILT_IN, MICROPHONE);
    await stage.open(remembering(USB));
    expect(shown('camera')).toBe('Built-in Camera');
    devices.plug(USB);
    await settled();
    expect(shown('camera')).toBe('USB Camera');
    expect(devices.live('camera')).toHaveLength(1);
  });

  it('finds what is remembered even though names were hidden before permission', async () => {
    await stage.open(remembering(USB));
    expect(shown('camera')).toBe('USB Camera');
  });

  it('gives a nameless device a number', async () => {
    setUp({ ...BUILT_IN, label: '' }, MICROPHONE);
    await stage.open(NOTHING);
    expect(stage.camera.devices()).toEqual([{ id: 'c1', label: 'Camera 1' }]);
  });

  it('asks for less, step by step, when it is told that too much was asked', async () => {
    devices.refuse('camera', ({ width }) => (width === undefined ? null : 'OverconstrainedError'));
    await stage.open(NOTHING);
    expect(shown('camera')).toBe('Built-in Camera');
    const asked = devices.asked.filter(({ kind }) => kind === 'camera').map(({ constraints }) => constraints);
    expect(asked[0]).toHaveProperty('resizeMode');
    expect(asked.at(-1)).toEqual({});
  });

  it('gives up asking for less at the end', async () => {
    devices.refuse('camera', 'OverconstrainedError');
    await stage.open(NOTHING);
    expect(shown('camera')).toBe('failed');
  });
});

describe('trouble', () => {
  it.each([
    ['NotAllowedError', 'denied'],
    ['SecurityError', 'forbidden'],
    ['NotFoundError', 'none'],
    ['NotReadableError', 'busy'],
    ['AbortError', 'failed'],
    ['TypeError', 'failed'],
  ])('%s is told as “%s”, and the microphone works all the same', async (name, trouble) => {
    devices.refuse('camera', name);
    await stage.open(NOTHING);
    expect(shown('camera')).toBe(trouble);
    expect(shown('microphone')).toBe('Desk Microphone');
  });

  it('the microphone’s trouble does not hide the camera', async () => {
    setUp(BUILT_IN);
    await stage.open(NOTHING);
    expect(shown('camera')).toBe('Built-in Camera');
    expect(shown('microphone')).toBe('none');
  });

  it('retrying helps once the other program has let go', async () => {
    devices.refuse('camera', 'NotReadableError');
    await stage.open(NOTHING);
    devices.refuse('camera', null);
    await stage.retry('camera');
    expect(shown('camera')).toBe('Built-in Camera');
  });

  it('coming back to the window tries what was busy, without a flicker', async () => {
    devices.refuse('camera', 'NotReadableError');
    await stage.open(NOTHING);
    devices.comeBack();
    await settled();
    expect(shown('camera')).toBe('busy');
    devices.refuse('camera', null);
    devices.comeBack();
    await settled();
    expect(seen).toEqual(['not-asked', 'opening', 'busy', 'Built-in Camera']);
  });
});

describe('permission', () => {
  it('asks where the system was never asked, and opens when it is granted', async () => {
    access.said = { platform: 'macos', camera: 'not-asked', microphone: 'granted' };
    await stage.open(NOTHING);
    expect(access.questions).toEqual(['camera']);
    expect(shown('camera')).toBe('Built-in Camera');
  });

  it('a no is a no, the browser is not asked, and a yes in the settings is found on coming back', async () => {
    access.said = { platform: 'macos', camera: 'not-asked', microphone: 'granted' };
    access.grants = false;
    await stage.open(NOTHING);
    expect(shown('camera')).toBe('denied');
    expect(devices.asked.map(({ kind }) => kind)).toEqual(['microphone']);
    devices.comeBack();
    await settled();
    expect(shown('camera')).toBe('denied');
    access.said = { ...access.said, camera: 'granted' };
    devices.comeBack();
    await settled();
    expect(shown('camera')).toBe('Built-in Camera');
  });

  it('a policy is not a person’s no', async () => {
    access.said = { platform: 'windows', camera: 'restricted', microphone: 'granted' };
    await stage.open(NOTHING);
    expect(shown('camera')).toBe('forbidden');
  });

  it('a system that turns out to forbid is believed more than the browser, which says “busy”', async () => {
    devices.refuse('camera', () => {
      access.said = { platform: 'windows', camera: 'denied', microphone: 'granted' };
      return 'NotReadableError';
    });
    await stage.open(NOTHING);
    expect(shown('camera')).toBe('denied');
  });
});

describe('coming and going', () => {
  it('says that the camera was lost, waits for the chosen one, and takes it back', async () => {
    await stage.open(NOTHING);
    await stage.choose('camera', 'c2');
    devices.unplug('c2');
    expect(shown('camera')).toBe('lost');
    await vi.advanceTimersByTimeAsync(5000);
    expect(shown('camera')).toBe('lost');
    devices.plug(USB);
    await settled();
    expect(shown('camera')).toBe('USB Camera');
    expect(stage.camera.deviceId()).toBe('c2');
  });

  it('retrying takes another while the chosen one is away', async () => {
    await stage.open(NOTHING);
    await stage.choose('camera', 'c2');
    devices.unplug('c2');
    await stage.retry('camera');
    expect(shown('camera')).toBe('Built-in Camera');
  });

  it('without a choice, the system’s next one is taken', async () => {
    await stage.open(NOTHING);
    devices.unplug('c1');
    await vi.advanceTimersByTimeAsync(5000);
    expect(shown('camera')).toBe('USB Camera');
  });

  it('a fallback that is lost too is waited for, as the remembered one is', async () => {
    setUp(BUILT_IN, OTHER, MICROPHONE);
    await stage.open(remembering(USB));
    devices.unplug('c1');
    await vi.advanceTimersByTimeAsync(5000);
    expect(shown('camera')).toBe('lost');
    devices.plug(BUILT_IN);
    await settled();
    expect(shown('camera')).toBe('Built-in Camera');
  });

  it('the first camera that is plugged in is opened', async () => {
    setUp(MICROPHONE);
    await stage.open(NOTHING);
    expect(shown('camera')).toBe('none');
    devices.plug(USB);
    await settled();
    expect(shown('camera')).toBe('USB Camera');
  });

  it('is patient with a driver that is not ready yet', async () => {
    setUp(MICROPHONE);
    await stage.open(NOTHING);
    devices.refuse('camera', 'NotReadableError');
    devices.plug(USB);
    await settled();
    expect(shown('camera')).toBe('busy');
    devices.refuse('camera', null);
    await vi.advanceTimersByTimeAsync(700);
    expect(shown('camera')).toBe('USB Camera');
  });

  it('a track that ends while its device stays is opened again', async () => {
    await stage.open(NOTHING);
    devices.tracks.find(({ kind }) => kind === 'video')?.end();
    expect(shown('camera')).toBe('lost');
    await vi.advanceTimersByTimeAsync(1000);
    expect(shown('camera')).toBe('Built-in Camera');
  });

  it('exchanges nothing while held, and makes up for it afterwards', async () => {
    setUp(BUILT_IN, MICROPHONE);
    await stage.open(remembering(USB));
    stage.hold(true);
    devices.plug(USB);
    await settled();
    expect(stage.camera.devices()).toHaveLength(2);
    expect(shown('camera')).toBe('Built-in Camera');
    expect(await stage.choose('camera', 'c2')).toBeNull();
    stage.hold(false);
    await settled();
    expect(shown('camera')).toBe('USB Camera');
  });
});

describe('a device that gives nothing', () => {
  it('is “no signal” after three seconds, not before, and not for a moment’s pause', async () => {
    await stage.open(NOTHING);
    const [track] = devices.live('camera');
    track?.mute(true);
    await vi.advanceTimersByTimeAsync(2900);
    expect(shown('camera')).toBe('Built-in Camera, muted');
    track?.mute(false);
    await vi.advanceTimersByTimeAsync(3000);
    expect(shown('camera')).toBe('Built-in Camera');
    track?.mute(true);
    await vi.advanceTimersByTimeAsync(3000);
    expect(shown('camera')).toBe('Built-in Camera, muted, no signal');
    track?.mute(false);
    expect(shown('camera')).toBe('Built-in Camera');
  });
});

describe('letting go', () => {
  it('stops both and follows nothing any more', async () => {
    await stage.open(NOTHING);
    stage.close();
    expect([...devices.live('camera'), ...devices.live('microphone')]).toEqual([]);
    expect(devices.followed).toBe(false);
  });

  it('what opens after closing is let go of', async () => {
    const opening = stage.open(NOTHING);
    await Promise.resolve();
    stage.close();
    await opening;
    expect([...devices.live('camera'), ...devices.live('microphone')]).toEqual([]);
  });

  it('a choice overtakes the one before', async () => {
    await stage.open(NOTHING);
    await Promise.all([stage.choose('camera', 'c2'), stage.choose('camera', 'c1')]);
    expect(shown('camera')).toBe('Built-in Camera');
    expect(devices.live('camera')).toHaveLength(1);
  });
});
