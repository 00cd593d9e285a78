/** The stage at work: devices, coach and recorder joined. */
import type { Shot } from '../../shared/domain/report.ts';
import { AUDIO_BIT_RATE } from '../../shared/recording/recording.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../shared/settings.ts';
import { captureWords } from '../../shared/words/capture.ts';
import type { InputState } from './devices/input.ts';
import type { DeviceKind } from './devices/mediaDevices.ts';
import { createStageDevices } from './devices/stageDevices.ts';
import { inTime } from './inTime.ts';
import { bitRateFor, recordedSize } from './recorder/codecs.ts';
import type { RecorderState, StageSession, StageState } from './session.ts';
import { type CoachLoopView, createCoachLoop, NOTHING_SEEN } from './stage/coachLoop.ts';
import { cameraState, microphoneState } from './stage/deviceStates.ts';
import type { StageParts } from './stage/parts.ts';
import { rememberStage } from './stage/rememberStage.ts';
import { createStageStore } from './stage/stageStore.ts';
import { runTake, type TakeRun } from './stage/takeRun.ts';

const NOT_ASKED = { kind: 'trouble', trouble: 'not-asked' } as const;
const OPENING = { kind: 'opening' } as const;

/** So often the disk is asked whether somebody has made room, milliseconds. */
const LOOK_FOR_ROOM_MS = 4000;
/** So long the disk may take to say it, milliseconds. */
const ROOM_MS = 5000;
/** Asked before the camera has said how large its picture is. */
const FULL_HD = { width: 1920, height: 1080 };

/** A stage on which nothing is open yet. Closed, it can be opened again. */
export function createStageSession(parts: StageParts): StageSession {
  const { engine } = parts;
  const store = createStageStore({
    shot: DEFAULT_SETTINGS.shot,
    cameras: [],
    microphones: [],
    cameraId: null,
    microphoneId: null,
    camera: NOT_ASKED,
    microphone: NOT_ASKED,
    coach: NOTHING_SEEN,
    sound: null,
    recorder: { kind: 'idle' },
    freeBytes: null,
    neededBytes: null,
  });
  let found: CoachLoopView | null = null;
  let take: TakeRun | null = null;
  let beginning = false;
  let shotChosen = false;
  let closed = true;
  /**
   * The take is over, and its page comes next: what looks and listens has been let go of, and what was seen last stays.
   * Storing the take and opening that page are what the person waits for.
   */
  let resting = false;
  let endFollowing = (): void => {};
  let askedBitRate = 0;
  let roomTimer: ReturnType<typeof setTimeout> | undefined;

  /** Brings what is shown, and what looks and listens, in line with the devices. */
  const followDevices = (): void => {
    if (resting) return;
    const { camera, microphone } = devices;
    const seen = camera.input();
    const heard = microphone.input();
    coach.watch(seen.kind === 'open' ? seen.track : null);
    coach.listen(heard.kind === 'open' ? heard.track : null, heard.kind === 'open' && heard.muted);
    show();
    const now = store.get();
    if (now.camera.kind !== 'live') take?.end('camera-lost');
    if (now.microphone.kind !== 'live') take?.end('microphone-lost');
  };

  const show = (): void => {
    if (resting) return;
    const { camera, microphone } = devices;
    store.change({
      cameras: camera.devices(),
      microphones: microphone.devices(),
      cameraId: camera.deviceId(),
      microphoneId: microphone.deviceId(),
      camera: cameraState(meant(camera.input()), found?.camera ?? null, found?.noPicture ?? false),
      microphone: microphoneState(meant(microphone.input()), found?.silent ?? false),
      ...(found === null ? {} : { coach: found.coach, sound: found.sound }),
    });
    // Another size needs another room.
    if (!closed && take === null && bitRate() !== askedBitRate) void lookForRoom();
  };

  /** What a take of this camera and a microphone is recorded with, bits a second. */
  const bitRate = (): number => {
    const { camera } = store.get();
    const known = camera.kind === 'live' && camera.width > 0 && camera.height > 0;
    return bitRateFor(recordedSize(known ? camera : FULL_HD)) + AUDIO_BIT_RATE;
  };

  /** Whoever opened the stage has agreed: what has not been asked for yet is about to be. */
  const meant = (input: InputState): InputState =>
    !closed && input.kind === 'trouble' && input.trouble === 'not-asked' ? OPENING : input;

  const devices = createStageDevices(parts.devices, engine, followDevices);
  const coach = createCoachLoop(parts, DEFAULT_SETTINGS.shot, (view) => {
    found = view;
    show();
  });

  const settings = async (): Promise<Settings> => {
    const answer = await engine.getSettings({});
    return answer.kind === 'ok' ? answer.value.settings : DEFAULT_SETTINGS;
  };

  const setShot = (shot: Shot): void => {
    store.change({ shot });
    coach.setShot(shot);
  };

  /**
   * Asks how much can be recorded, and again while it is too little; false when it is. Where it cannot be told,
   * beginning will tell.
   */
  const lookForRoom = async (): Promise<boolean> => {
    clearTimeout(roomTimer);
    askedBitRate = bitRate();
    const asked = engine.getRecordingRoom({ bitRate: askedBitRate });
    if (!(await inTime(ROOM_MS, asked))) return true;
    const answer = await asked;
    if (answer.kind !== 'ok') return true;
    const { freeBytes, neededBytes } = answer.value;
    store.change({ freeBytes, neededBytes });
    const isEnough = freeBytes >= neededBytes;
    clearTimeout(roomTimer);
    if (!isEnough && !closed && take === null)
      roomTimer = setTimeout(() => void lookForRoom(), LOOK_FOR_ROOM_MS);
    return isEnough;
  };

  const choose = async (kind: DeviceKind, id: string): Promise<void> => {
    const device = await devices.choose(kind, id);
    if (device !== null) await rememberStage(engine, (stage) => ({ ...stage, [kind]: device }));
  };

  const recorderMoved = (recorder: RecorderState): void => {
    if (recorder.kind !== 'recording') {
      store.change({ recorder });
      if (recorder.kind === 'stopping') {
        resting = true;
        letGoOfCoach();
      }
      return;
    }
    // Until the disk has answered, what was asked before the take still holds.
    const freeBytes = recorder.bytesWritten === 0 ? (store.get().freeBytes ?? 0) : recorder.freeBytes;
    store.change({ recorder: { ...recorder, freeBytes }, freeBytes });
  };

  const begin = async (): Promise<void> => {
    const [enough, { stage }] = await Promise.all([lookForRoom(), settings()]);
    const camera = devices.camera.input();
    const microphone = devices.microphone.input();
    if (closed || !enough || !isLive(store.get())) return;
    if (camera.kind !== 'open' || microphone.kind !== 'open') return;
    devices.hold(true);
    const running = runTake(
      parts,
      { camera: camera.track, microphone: microphone.track },
      store.get().shot,
      stage.countdownSeconds,
      {
        show: recorderMoved,
        began: () => coach.record((samples) => running.addSamples(samples)),
        stored: devices.close,
      },
    );
    take = running;
    await running.finished;
    take = null;
    devices.hold(false);
    if (store.get().recorder.kind !== 'done') wake().catch((error: unknown) => console.error(error));
  };

  const letGoOfCoach = (): void => {
    coach.record(null);
    coach.close();
  };

  /** There is no page to go to: the stage goes on as it was. */
  const wake = async (): Promise<void> => {
    if (closed) return;
    void lookForRoom();
    if (!resting) return;
    resting = false;
    followDevices();
    const { stage } = await settings();
    if (!closed) await devices.open(stage);
  };

  const session: StageSession = {
    get: store.get,
    follow: store.follow,
    async open() {
      if (!closed) return;
      closed = false;
      show();
      const unfollow = [
        parts.onPageGone(() => void session.close()),
        parts.devices.onReturn(() => {
          if (take === null) void lookForRoom();
        }),
      ];
      endFollowing = () => {
        for (const end of unfollow) end();
        clearTimeout(roomTimer);
      };
      const room = lookForRoom();
      const remembered = await settings();
      if (closed) return;
      if (!shotChosen) setShot(remembered.stage.shot ?? remembered.shot);
      await devices.open(remembered.stage);
      await room;
    },
    retry: (which) => devices.retry(which),
    chooseShot(shot) {
      if (take !== null) return;
      shotChosen = true;
      setShot(shot);
      rememberStage(engine, (stage) => ({ ...stage, shot })).catch((error: unknown) => console.error(error));
    },
    chooseCamera: (id) => choose('camera', id),
    chooseMicrophone: (id) => choose('microphone', id),
    record() {
      const { recorder } = store.get();
      if (beginning || closed || recorder.kind !== 'idle' || !isLive(store.get())) return;
      beginning = true;
      begin()
        .catch((error: unknown) => {
          console.error(error);
          store.change({
            recorder: { kind: 'failed', code: 'UNEXPECTED', message: captureWords.notRecorded },
          });
        })
        .finally(() => {
          beginning = false;
        });
    },
    cancelCountdown: () => take?.cancel(),
    stop: () => take?.end('stopped'),
    reset() {
      const { kind } = store.get().recorder;
      if (kind !== 'done' && kind !== 'failed') return;
      store.change({ recorder: { kind: 'idle' } });
      if (kind === 'done') wake().catch((error: unknown) => console.error(error));
    },
    async close() {
      if (closed) return;
      closed = true;
      endFollowing();
      if (take !== null) {
        take.end('stopped');
        await take.finished;
        // It may have been opened again in the meantime.
        if (!closed) return wake();
      }
      letGoOfCoach();
      resting = false;
      devices.close();
    },
  };
  return session;
}

const isLive = ({ camera, microphone }: StageState): boolean =>
  camera.kind === 'live' && microphone.kind === 'live';
