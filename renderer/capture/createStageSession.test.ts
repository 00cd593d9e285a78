import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { captureWords } from '../../shared/words/capture.ts';
import { FakeStage, TAKE_ID } from '../../tests/doubles/stage.ts';
import { createStageSession } from './createStageSession.ts';
import { CannotRecord } from './recorder/takeRecorder.ts';
import type { StageSession } from './session.ts';

const CAMERA = {
  kind: 'camera',
  id: 'c1',
  label: 'Built-in Camera',
  settings: { width: 1920, height: 1080, frameRate: 30 },
} as const;
const MICROPHONE = {
  kind: 'microphone',
  id: 'm1',
  label: 'Desk Microphone',
  settings: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
} as const;

let stage: FakeStage;
let session: StageSession;

async function open(...devices: ConstructorParameters<typeof FakeStage>): Promise<void> {
  stage = new FakeStage(...devices);
  session = createStageSession(stage.parts);
  await session.open();
}
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
/** To the end of the countdown, which is three seconds by default. */
async function recordUntilRunning(): Promise<void> {
  session.record();
  await pass(3000);
  stage.recorder.progress(0.5);
  expect(session.get().recorder).toMatchObject({ kind: 'recording', seconds: 0.5 });
}
const track = (kind: 'camera' | 'microphone') => stage.devices.live(kind)[0];
/** Nothing is held any more: no track, no eye, no ear, no listener. */
function expectLetGo(): void {
  expect([...stage.devices.live('camera'), ...stage.devices.live('microphone')]).toEqual([]);
  expect(stage.open).toBe(0);
  expect(stage.devices.followed).toBe(false);
}

beforeEach(async () => {
  vi.useFakeTimers();
  await open(CAMERA, MICROPHONE);
});
afterEach(async () => {
  const closing = session.close();
  await pass(20_000);
  await closing;
  expectLetGo();
  vi.useRealTimers();
});

describe('what is open', () => {
  it('both devices, and the room on the disk', () => {
    expect(session.get()).toMatchObject({
      cameraId: 'c1',
      microphoneId: 'm1',
      camera: { kind: 'live', width: 1920, height: 1080, below: { size: false, rate: false } },
      microphone: { kind: 'live', muted: false, silent: false, processed: [] },
      recorder: { kind: 'idle' },
    });
  });

  it('is about to be, for whoever agreed: no question is shown on the way', async () => {
    await session.close();
    const kinds = new Set<string>();
    const note = () => {
      const { camera, microphone } = session.get();
      for (const state of [camera, microphone])
        kinds.add(state.kind === 'trouble' ? state.trouble : state.kind);
    };
    stage = new FakeStage(CAMERA, MICROPHONE);
    session = createStageSession(stage.parts);
    note();
    expect([...kinds]).toEqual(['not-asked']);
    kinds.clear();
    session.follow(note);
    const opening = session.open();
    note();
    await opening;
    expect([...kinds]).toEqual(['opening', 'live']);
  });

  it('the shot that was chosen is remembered, and taken the next time', async () => {
    session.chooseShot('waist-up');
    await pass(0);
    expect(stage.engine.settings.stage.shot).toBe('waist-up');
    const { settings } = stage.engine;
    await session.close();
    stage = new FakeStage(CAMERA, MICROPHONE);
    stage.engine.settings = settings;
    session = createStageSession(stage.parts);
    await session.open();
    expect(session.get().shot).toBe('waist-up');
  });

  it('a choice is remembered with id and name, beside what else is remembered', async () => {
    const other = { ...CAMERA, id: 'c2', label: 'USB Camera' };
    stage.devices.plug(other);
    await pass(0);
    await session.chooseCamera('c2');
    expect(stage.engine.settings.stage).toEqual({
      ...stage.engine.settings.stage,
      camera: { id: 'c2', label: 'USB Camera' },
      countdownSeconds: 3,
    });
    expect(session.get().cameraId).toBe('c2');
  });

  it.each([
    [
      { width: 1280, height: 720, frameRate: 30 },
      { size: true, rate: false },
    ],
    [
      { width: 1920, height: 1080, frameRate: 15 },
      { size: false, rate: true },
    ],
    [
      { width: 1080, height: 1920, frameRate: 30 },
      { size: false, rate: false },
    ],
  ])('a camera of %o is below %o', async (settings, below) => {
    await session.close();
    await open({ ...CAMERA, settings }, MICROPHONE);
    expect(session.get().camera).toMatchObject({ below });
  });

  it('what the camera really delivers counts more than what it says', async () => {
    expect(session.get().camera).toMatchObject({ measuredFrameRate: null });
    stage.seen?.camera({ atSeconds: 2, framesPerSecond: 14.96, width: 1920, height: 1080 });
    await pass(100);
    expect(session.get().camera).toMatchObject({ measuredFrameRate: 15, below: { rate: true } });
  });

  it('a microphone that keeps processing says what', async () => {
    await session.close();
    await open(CAMERA, { ...MICROPHONE, settings: { echoCancellation: true, noiseSuppression: true } });
    expect(session.get().microphone).toMatchObject({ processed: ['echoCancellation', 'noiseSuppression'] });
  });

  it('a muted microphone is muted, and a silent one silent', async () => {
    track('microphone')?.mute(true);
    expect(session.get().microphone).toMatchObject({ muted: true, silent: false });
    track('microphone')?.mute(false);
    stage.hears({ rmsDbfs: -120, peakDbfs: -120 }, true);
    await pass(100);
    expect(session.get().microphone).toMatchObject({ muted: false, silent: true });
    stage.hears();
    await pass(100);
    expect(session.get().microphone).toMatchObject({ silent: false });
  });

  it('a camera without a picture for three seconds is a trouble, and lives again with the next', async () => {
    track('camera')?.mute(true);
    await pass(3000);
    expect(session.get().camera).toEqual({ kind: 'trouble', trouble: 'no-signal' });
    track('camera')?.mute(false);
    expect(session.get().camera.kind).toBe('live');
  });
});

describe('a camera that gives nothing more, and does not say so', () => {
  it('is a trouble after four seconds, and lives again with the next picture', async () => {
    stage.sees();
    await pass(3900);
    expect(session.get().camera.kind).toBe('live');
    await pass(200);
    expect(session.get()).toMatchObject({
      camera: { kind: 'trouble', trouble: 'no-signal' },
      coach: { kind: 'starting', frame: null, ready: false },
    });
    stage.seen?.saw();
    await pass(100);
    expect(session.get().camera.kind).toBe('live');
  });

  it('is waited for longer while the coach may still be opening its eyes', async () => {
    await pass(14_000);
    expect(session.get().camera.kind).toBe('live');
    await pass(1500);
    expect(session.get().camera).toEqual({ kind: 'trouble', trouble: 'no-signal' });
  });

  it('is no trouble as long as pictures come, looked at or not', async () => {
    for (let at = 0; at < 30; at += 1) {
      stage.seen?.saw();
      await pass(1000);
    }
    expect(session.get().camera.kind).toBe('live');
  });

  it('is the recorder’s affair while a take runs', async () => {
    stage.sees();
    await recordUntilRunning();
    await pass(20_000);
    expect(session.get()).toMatchObject({ camera: { kind: 'live' }, recorder: { kind: 'recording' } });
  });

  it('is not told of a coach that failed', async () => {
    const logged = vi.spyOn(console, 'warn').mockReturnValue(undefined);
    stage.seen?.failed('no processor');
    await pass(60_000);
    expect(session.get().camera.kind).toBe('live');
    logged.mockRestore();
  });
});

describe('the coach', () => {
  async function sit(seconds: number, part = {}): Promise<void> {
    for (let at = 0; at < seconds; at += 0.2) {
      stage.sees(part);
      stage.hears({ rmsDbfs: Math.round(at * 5) % 5 === 0 ? -70 : -20 });
      await pass(200);
    }
  }

  it('that was open and cannot see any more says so', async () => {
    const logged = vi.spyOn(console, 'warn').mockReturnValue(undefined);
    await sit(1);
    stage.seen?.failed('out of memory');
    await pass(100);
    expect(session.get().coach).toMatchObject({ kind: 'stopped', frame: null });
    logged.mockRestore();
  });

  it('that cannot hear says so, and does not say that all is well', async () => {
    const logged = vi.spyOn(console, 'warn').mockReturnValue(undefined);
    stage.heard?.failed('no worklet');
    for (let at = 0; at < 5; at += 0.2) {
      stage.sees();
      await pass(200);
    }
    expect(session.get().coach).toMatchObject({ kind: 'watching', deaf: true, ready: false });
    logged.mockRestore();
    stage.devices.plug({ ...MICROPHONE, id: 'm2', label: 'Other' });
    await pass(0);
    await session.chooseMicrophone('m2');
    await pass(100);
    expect(session.get().coach.deaf).toBe(false);
    await sit(3);
    expect(session.get().coach.ready).toBe(true);
  });

  it('starts, watches, and is ready', async () => {
    expect(session.get().coach.kind).toBe('starting');
    await sit(3);
    expect(session.get().coach).toMatchObject({ kind: 'watching', ready: true, light: { face: 'good' } });
  });

  it('says what is wrong', async () => {
    await sit(3, { faces: [], light: null });
    expect(session.get().coach).toMatchObject({ ready: false, advice: { code: 'NO_FACE' } });
  });

  it('recording is possible when it failed', async () => {
    const logged = vi.spyOn(console, 'warn').mockReturnValue(undefined);
    stage.seen?.failed('no processor');
    await pass(100);
    expect(session.get().coach.kind).toBe('failed');
    expect(logged).toHaveBeenCalledWith('no processor');
    logged.mockRestore();
    await recordUntilRunning();
  });

  it('moves what is shown at most fifteen times a second', async () => {
    let changes = 0;
    const unfollow = session.follow(() => {
      changes += 1;
    });
    for (let ms = 0; ms < 1000; ms += 10) {
      stage.hears({ rmsDbfs: -20 - ms / 100 });
      await pass(10);
    }
    unfollow();
    expect(changes).toBeGreaterThan(10);
    expect(changes).toBeLessThanOrEqual(16);
  });

  it('what did not change stays the same object', async () => {
    await sit(1);
    const before = session.get();
    stage.hears({ rmsDbfs: -33 });
    await pass(100);
    expect(session.get()).not.toBe(before);
    expect(session.get().camera).toBe(before.camera);
    expect(session.get().cameras).toBe(before.cameras);
  });

  it('what an eye of another camera still says is not heard', async () => {
    const old = stage.seen;
    stage.devices.plug({ ...CAMERA, id: 'c2', label: 'USB Camera' });
    await pass(0);
    await session.chooseCamera('c2');
    old?.failed('of the other one');
    await pass(100);
    expect(session.get().coach.kind).toBe('starting');
  });
});

describe('a take', () => {
  it('counts down, records, stops and is a take', async () => {
    const kinds: string[] = [];
    session.follow(() => {
      const { recorder } = session.get();
      const now = recorder.kind === 'countdown' ? `countdown ${recorder.left}` : recorder.kind;
      if (kinds.at(-1) !== now) kinds.push(now);
    });
    await recordUntilRunning();
    session.stop();
    session.stop();
    await pass(0);
    expect(kinds.filter((kind) => kind !== 'idle')).toEqual([
      'countdown 3',
      'countdown 2',
      'countdown 1',
      'starting',
      'recording',
      'stopping',
      'done',
    ]);
    expect(session.get().recorder).toEqual({ kind: 'done', takeId: TAKE_ID, end: 'stopped', why: null });
    expect(stage.engine.ends).toEqual(['stopped']);
    expect(stage.recorder).toMatchObject({ stops: 1, running: false });
    session.reset();
    expect(session.get().recorder.kind).toBe('idle');
  });

  it('a second press does nothing', async () => {
    session.record();
    session.record();
    await pass(0);
    session.record();
    await pass(3000);
    session.record();
    await pass(3000);
    expect(stage.engine.started).toBe(1);
    expect(stage.recorders).toHaveLength(1);
  });

  it.each(['camera', 'microphone'] as const)('there is none without a %s', async (kind) => {
    await session.close();
    await open(kind === 'camera' ? MICROPHONE : CAMERA);
    session.record();
    await pass(4000);
    expect(session.get().recorder.kind).toBe('idle');
    expect(stage.engine.started).toBe(0);
  });

  it('there is none without room', async () => {
    stage.engine.room = { freeBytes: 1e9, neededBytes: 1.1e9 };
    session.record();
    await pass(4000);
    expect(session.get()).toMatchObject({
      recorder: { kind: 'idle' },
      freeBytes: 1e9,
      neededBytes: 1.1e9,
    });
    expect(stage.recorders).toEqual([]);
  });

  it('where room is short the disk is asked again by itself, and when somebody comes back or presses', async () => {
    const short = { freeBytes: 1e9, neededBytes: 1.1e9 };
    const freed = { ...short, freeBytes: 2e9 };
    const open = () => session.get().freeBytes;
    stage.engine.room = short;
    stage.devices.comeBack();
    await pass(0);
    expect(open()).toBe(1e9);
    stage.engine.room = freed;
    await pass(5000);
    expect(open()).toBe(2e9);
    const asked = stage.engine.bitRates.length;
    await pass(9000);
    expect(stage.engine.bitRates).toHaveLength(asked);

    stage.engine.room = short;
    session.record();
    await pass(0);
    expect(session.get().recorder.kind).toBe('idle');
    stage.engine.room = freed;
    await recordUntilRunning();
  });

  it('room is asked for the camera that is open', async () => {
    expect(stage.engine.bitRates.at(-1)).toBe(10_160_000);
    stage.devices.plug({ ...CAMERA, id: 'c4', label: '4K', settings: { width: 3840, height: 2160 } });
    await pass(0);
    await session.chooseCamera('c4');
    expect(stage.engine.bitRates.at(-1)).toBe(40_160_000);
  });

  it('a cancelled countdown leaves nothing behind, and another can follow', async () => {
    session.record();
    await pass(1500);
    expect(session.get().recorder).toEqual({ kind: 'countdown', left: 2 });
    session.cancelCountdown();
    await pass(0);
    expect(session.get().recorder.kind).toBe('idle');
    expect(stage.recorder.closes).toBe(1);
    expect(stage.engine.started).toBe(0);
    await recordUntilRunning();
  });

  it('stopping while it starts leads back at once, and nothing is recorded', async () => {
    let prepared = (): void => {};
    stage.prepared = () =>
      new Promise((resolve) => {
        prepared = resolve;
      });
    session.record();
    await pass(3000);
    expect(session.get().recorder.kind).toBe('starting');
    session.stop();
    await pass(0);
    expect(session.get().recorder.kind).toBe('idle');
    prepared();
    await pass(0);
    expect(stage.engine.started).toBe(0);
    expect(stage.recorder.closes).toBe(1);
    stage.prepared = async () => {};
    await recordUntilRunning();
  });

  it('stopping in the moment between preparing and recording is no failure', async () => {
    stage.engine.refusesFinish = { code: 'RECORDING_EMPTY', message: 'Nothing to keep.' };
    stage.engine.whenStarting = () => session.stop();
    session.record();
    await pass(3000);
    expect(stage.engine.ends).toEqual(['stopped']);
    expect(session.get().recorder.kind).toBe('idle');
  });

  it('a countdown that is cancelled before preparing fails leaves nothing behind', async () => {
    let fail = (_error: Error): void => {};
    stage.prepared = () =>
      new Promise((_resolve, reject) => {
        fail = reject;
      });
    const unheard = vi.fn();
    process.on('unhandledRejection', unheard);
    session.record();
    await pass(1000);
    session.cancelCountdown();
    fail(new Error('no encoder'));
    await pass(0);
    vi.useRealTimers();
    await new Promise((resolve) => setImmediate(resolve));
    vi.useFakeTimers();
    process.off('unhandledRejection', unheard);
    expect(unheard).not.toHaveBeenCalled();
    expect(session.get().recorder.kind).toBe('idle');
  });

  it('a disk that never answers does not keep anybody waiting for ever', async () => {
    await recordUntilRunning();
    stage.engine.neverFinishes = true;
    session.stop();
    await pass(40_000);
    expect(session.get().recorder.kind).toBe('stopping');
    await pass(6000);
    expect(session.get().recorder).toMatchObject({ kind: 'failed', message: captureWords.keptForNextStart });
  });

  it.each([
    ['camera', 'c1', 'camera-lost'],
    ['microphone', 'm1', 'microphone-lost'],
  ] as const)('a %s that is unplugged ends the take and keeps it', async (kind, id, end) => {
    await recordUntilRunning();
    stage.devices.unplug(id);
    await pass(0);
    expect(session.get().recorder).toEqual({ kind: 'done', takeId: TAKE_ID, end, why: null });
    expect(stage.engine.ends).toEqual([end]);
    expect(session.get()[kind]).toEqual({ kind: 'trouble', trouble: 'lost' });
  });

  it('a camera that goes away during the countdown ends that', async () => {
    session.record();
    await pass(1500);
    stage.devices.unplug('c1');
    await pass(0);
    expect(session.get().recorder.kind).toBe('idle');
    await pass(5000);
    expect(stage.engine.started).toBe(0);
  });

  it('nothing is exchanged while it runs; afterwards the remembered camera comes back', async () => {
    const usb = { ...CAMERA, id: 'c2', label: 'USB Camera' };
    stage.devices.plug(usb);
    await pass(0);
    await session.chooseCamera('c2');
    stage.devices.unplug('c2');
    await session.retry('camera');
    expect(session.get().cameraId).toBe('c1');
    await recordUntilRunning();
    stage.devices.plug(usb);
    await pass(0);
    await session.chooseCamera('c2');
    session.chooseShot('full-body');
    expect(session.get()).toMatchObject({ cameraId: 'c1', shot: 'head-and-shoulders' });
    session.stop();
    await pass(0);
    expect(session.get().recorder.kind).toBe('done');
    session.reset();
    await pass(0);
    expect(session.get()).toMatchObject({ cameraId: 'c2', recorder: { kind: 'idle' } });
  });

  it('lets go of camera and microphone as soon as it is stored, and its last picture stays', async () => {
    await recordUntilRunning();
    expect(stage.open).toBe(2);
    stage.engine.neverFinishes = true;
    session.stop();
    await pass(0);
    expect(stage.open).toBe(0);
    const { camera, recorder } = session.get();
    expect(recorder.kind).toBe('stopping');
    expect(camera.kind === 'live' && camera.stream.active).toBe(false);
    expect(camera.kind).toBe('live');
    await pass(45_000);
  });

  it('that cannot be kept opens nothing on a stage that was left meanwhile', async () => {
    await recordUntilRunning();
    stage.engine.refusesFinish = { code: 'RECORDING_EMPTY', message: 'Nothing to keep.' };
    let answer = (): void => {};
    stage.engine.settingsHeld = new Promise((resolve) => {
      answer = resolve;
    });
    session.stop();
    await pass(0);
    const closing = session.close();
    answer();
    await closing;
    await pass(0);
    expect(stage.devices.live('camera')).toEqual([]);
    expect(stage.open).toBe(0);
  });

  it('that cannot be kept opens camera and microphone again', async () => {
    await recordUntilRunning();
    stage.engine.refusesFinish = { code: 'RECORDING_EMPTY', message: 'Nothing to keep.' };
    session.stop();
    await pass(0);
    const { camera, microphone, recorder } = session.get();
    expect(recorder.kind).toBe('failed');
    expect(camera.kind === 'live' && camera.stream.active).toBe(true);
    expect(microphone.kind).toBe('live');
    expect(stage.open).toBe(2);
  });

  it.each([
    [{ end: 'disk-full' }, 'disk-full'],
    [{ end: 'longest' }, 'longest'],
    [
      { end: 'recorder-failed', code: 'RECORDING_WRITE_FAILED', message: 'The disk is gone.' },
      'recorder-failed',
    ],
  ] as const)('a recorder that breaks off with %o keeps the take', async (why, end) => {
    await recordUntilRunning();
    stage.recorder.breakOff(why);
    await pass(0);
    const said = 'message' in why ? why.message : null;
    expect(session.get().recorder).toEqual({ kind: 'done', takeId: TAKE_ID, end, why: said });
  });

  it('says why when the disk is gone, and the take with it for now', async () => {
    await recordUntilRunning();
    stage.engine.refusesFinish = { code: 'LIBRARY_UNREADABLE', message: 'Not there.' };
    stage.recorder.breakOff({
      end: 'recorder-failed',
      code: 'RECORDING_WRITE_FAILED',
      message: 'The disk is gone.',
    });
    await pass(0);
    expect(session.get().recorder).toEqual({
      kind: 'failed',
      code: 'RECORDING_WRITE_FAILED',
      message: 'The disk is gone.',
    });
  });

  it('says that it is kept when everything is stored and only the last step fails', async () => {
    await recordUntilRunning();
    stage.engine.refusesFinish = { code: 'LIBRARY_UNREADABLE', message: 'Not there.' };
    session.stop();
    await pass(0);
    expect(session.get().recorder).toEqual({
      kind: 'failed',
      code: 'LIBRARY_UNREADABLE',
      message: captureWords.keptForNextStart,
    });
    session.reset();
    stage.engine.refusesFinish = null;
    await recordUntilRunning();
  });

  it('less than a second is nothing, and is said so', async () => {
    await recordUntilRunning();
    stage.engine.refusesFinish = { code: 'RECORDING_EMPTY', message: 'Nothing to keep.' };
    session.stop();
    await pass(0);
    expect(session.get().recorder).toMatchObject({ kind: 'failed', message: 'Nothing to keep.' });
  });

  it('a disk that does not even let a take begin is said to, and what it begins late is ended', async () => {
    let answer = (): void => {};
    stage.engine.diskHeld = new Promise((resolve) => {
      answer = resolve;
    });
    session.record();
    // Room is waited for first, then the countdown.
    await pass(5000 + 3000);
    expect(session.get().recorder.kind).toBe('starting');
    await pass(15_000);
    expect(session.get().recorder).toMatchObject({ kind: 'failed', message: captureWords.diskSilent });
    expect(stage.engine.ends).toEqual([]);
    answer();
    await pass(0);
    expect(stage.engine.ends).toEqual(['recorder-failed']);
  });

  it('a start that is refused is told in the engine’s words', async () => {
    stage.engine.refusesStart = { code: 'RECORDING_RUNNING', message: 'Another take is recorded.' };
    session.record();
    await pass(3000);
    expect(session.get().recorder).toEqual({
      kind: 'failed',
      code: 'RECORDING_RUNNING',
      message: 'Another take is recorded.',
    });
    expect(stage.engine.ends).toEqual([]);
    expect(stage.recorder.closes).toBe(1);
  });

  it('a computer that cannot record says so in the recorder’s words', async () => {
    stage.prepared = () => Promise.reject(new CannotRecord('Nothing here can encode video.'));
    session.record();
    await pass(3000);
    expect(session.get().recorder).toMatchObject({
      kind: 'failed',
      message: 'Nothing here can encode video.',
    });
    expect(stage.engine.started).toBe(0);
  });

  it.each([
    ['the port does not come', () => Object.assign(stage, { portArrives: false }), captureWords.noWayToDisk],
    [
      'the recorder does not start',
      () => {
        stage.prepared = async (recorder) => {
          recorder.failsToStart = true;
        };
      },
      captureWords.notRecorded,
    ],
  ])('when %s, the engine is told and nothing is left running', async (_name, breakIt, message) => {
    const logged = vi.spyOn(console, 'error').mockReturnValue(undefined);
    breakIt();
    stage.engine.refusesFinish = { code: 'RECORDING_EMPTY', message: 'Nothing to keep.' };
    let closes = 0;
    stage.engine.whenFinishing = () => {
      closes = stage.recorder.closes;
    };
    session.record();
    await pass(3000);
    expect(session.get().recorder).toMatchObject({ kind: 'failed', message });
    // Nothing is sent any more when the engine makes of it what it can.
    expect(closes).toBe(1);
    expect(stage.engine.ends).toEqual(['recorder-failed']);
    expect(stage.recorder.running).toBe(false);
    logged.mockRestore();
  });
});

describe('what is measured while recording', () => {
  it('is kept with the take, counted from its beginning, and nothing of before or after', async () => {
    stage.sees();
    await pass(1000);
    await recordUntilRunning();
    expect(stage.attention).toBe('recording');
    // Looked at before the take began, and told only now.
    stage.sees({ faces: [], light: null }, 0.2);
    await pass(250);
    stage.sees({ faces: [], light: null });
    for (let window = 0; window < 20; window += 1) {
      stage.hears();
      await pass(100);
    }
    stage.sees({ faces: [], light: null });
    await pass(100);
    session.stop();
    await pass(0);
    stage.sees();
    await pass(100);
    const { samples } = stage.recorder;
    const of = (kind: string) => samples.filter((sample) => sample.kind === kind);
    expect(of('frame').map((sample) => 'sample' in sample && sample.sample.atSeconds)).toEqual([
      expect.closeTo(0.25, 2),
      expect.closeTo(2.25, 2),
    ]);
    // Windows of 400 ms come ten times a second, and every fourth is kept.
    expect(of('sound')).toHaveLength(5);
    expect(of('advice').map((sample) => 'code' in sample && sample.code)).toEqual([null, 'NO_FACE']);
    expect(stage.attention).toBe('framing');
  });
});

describe('closing', () => {
  it('ends a running take and keeps it', async () => {
    await recordUntilRunning();
    await session.close();
    expect(stage.engine.ends).toEqual(['stopped']);
    expect(stage.recorder.stops).toBe(1);
    expectLetGo();
  });

  it('happens by itself when the page goes away', async () => {
    await recordUntilRunning();
    stage.leavePage();
    await pass(0);
    expect(stage.engine.ends).toEqual(['stopped']);
    expectLetGo();
  });

  it('during the countdown records nothing', async () => {
    session.record();
    await pass(1500);
    await session.close();
    await pass(5000);
    expect(stage.engine.started).toBe(0);
  });

  it('right after pressing record records nothing', async () => {
    session.record();
    await session.close();
    await pass(5000);
    expect(stage.engine.started).toBe(0);
  });

  it('opened again while its take still ends, it stays open', async () => {
    await recordUntilRunning();
    const closing = session.close();
    await session.open();
    await closing;
    expect(stage.engine.ends).toEqual(['stopped']);
    expect(session.get().camera.kind).toBe('live');
    expect(stage.open).toBe(2);
  });

  it('while a take runs, and opened again, devices can be chosen', async () => {
    await recordUntilRunning();
    await session.close();
    await session.open();
    stage.devices.plug({ ...CAMERA, id: 'c2', label: 'USB Camera' });
    await pass(0);
    await session.chooseCamera('c2');
    expect(session.get().cameraId).toBe('c2');
  });

  it('can be followed by opening again', async () => {
    const closing = session.close();
    await session.open();
    await closing;
    expect(session.get().camera.kind).toBe('live');
  });
});
