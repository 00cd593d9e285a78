/** The parts of a stage that need a camera, an encoder or a disk, played by hand. */

import type { CoachEyes, EyesListener } from '../../renderer/capture/coach/coachEyes.ts';
import type { BrokenOff } from '../../renderer/capture/recorder/messages.ts';
import type { RecorderHeard, TakeRecorder } from '../../renderer/capture/recorder/takeRecorder.ts';
import type { MeterListener, SoundMeter } from '../../renderer/capture/sound/soundMeter.ts';
import type { StageEngine, StageParts } from '../../renderer/capture/stage/parts.ts';
import type { CallInput, CallOutput, ErrorData, Result } from '../../shared/contract.ts';
import { TakeIdSchema } from '../../shared/domain/ids.ts';
import type { FrameSample, SoundSample } from '../../shared/quality/observation.ts';
import type { StageSample } from '../../shared/recording/port.ts';
import {
  type RecordingEnd,
  RecordingIdSchema,
  type RecordingSetup,
} from '../../shared/recording/recording.ts';
import { DEFAULT_SETTINGS, type Settings, SettingsSchema } from '../../shared/settings.ts';
import { FakeAccess, FakeDevices } from './devices.ts';

export const TAKE_ID = TakeIdSchema.parse('tk_0123456789abcdef0123');
const RECORDING_ID = RecordingIdSchema.parse('rc_0123456789abcdef0123');

const ok = <T>(value: T): Result<T> => ({ kind: 'ok', value });
const no = (code: string, message: string): Result<never> => ({
  kind: 'error',
  error: { code, message, retry: 'user' },
});

/** Answers as the main process does: a recording is finished once, and again with the same answer. */
export class FakeEngine extends FakeAccess implements StageEngine {
  settings: Settings = DEFAULT_SETTINGS;
  room: CallOutput<'getRecordingRoom'> = { freeBytes: 80e9, neededBytes: 1.1e9 };
  refusesStart: Pick<ErrorData, 'code' | 'message'> | null = null;
  refusesFinish: Pick<ErrorData, 'code' | 'message'> | null = null;
  /** What `finishRecording` was asked, in order. */
  readonly ends: RecordingEnd[] = [];
  started = 0;
  whenStarting = (): void => {};
  whenFinishing = (): void => {};
  neverFinishes = false;
  /** A recording begins when this is over, and room is told then. */
  diskHeld: Promise<void> = Promise.resolve();

  /** Settings are told when this is over. */
  settingsHeld: Promise<void> = Promise.resolve();

  getSettings = async () => {
    await this.settingsHeld;
    return ok({ settings: this.settings, secrets: {} as CallOutput<'getSettings'>['secrets'] });
  };
  saveSettings = async (part: CallInput<'saveSettings'>) => {
    this.settings = SettingsSchema.parse({ ...this.settings, ...part });
    return ok({});
  };
  /** For which rates the room was asked. */
  readonly bitRates: number[] = [];
  getRecordingRoom = async ({ bitRate }: CallInput<'getRecordingRoom'>) => {
    this.bitRates.push(bitRate);
    await this.diskHeld;
    return ok(this.room);
  };
  startRecording = async () => {
    this.started += 1;
    this.whenStarting();
    await this.diskHeld;
    if (this.refusesStart) return no(this.refusesStart.code, this.refusesStart.message);
    return ok({ recordingId: RECORDING_ID });
  };
  finishRecording = async ({ end }: { end: RecordingEnd }) => {
    this.ends.push(end);
    this.whenFinishing();
    if (this.neverFinishes) await new Promise(() => {});
    if (this.refusesFinish) return no(this.refusesFinish.code, this.refusesFinish.message);
    return ok({ takeId: TAKE_ID });
  };
}

const SETUP: RecordingSetup = {
  recorder: 'webcodecs',
  container: 'mp4',
  camera: { label: 'Camera', width: 1920, height: 1080, frameRate: 30 },
  microphone: null,
  video: { codec: 'avc1.640028', bitRate: 10_000_000, frameRate: 30 },
  audio: null,
};

/** Runs until it is stopped; what it meets on the way is said by the test. */
export class FakeRecorder implements TakeRecorder {
  readonly setup = SETUP;
  readonly samples: StageSample[] = [];
  running = false;
  stops = 0;
  closes = 0;
  failsToStart = false;
  private heard: RecorderHeard | null = null;

  async start(_port: MessagePort, heard: RecorderHeard): Promise<void> {
    if (this.failsToStart) throw new Error('the encoder refused');
    this.heard = heard;
    this.running = true;
  }
  addSamples(samples: readonly StageSample[]): void {
    this.samples.push(...samples);
  }
  async stop(): Promise<void> {
    this.stops += 1;
    this.running = false;
  }
  close(): void {
    this.closes += 1;
    this.running = false;
  }
  progress(seconds: number): void {
    this.heard?.progress({
      seconds,
      dropped: 0,
      repeated: 0,
      bytesWritten: seconds * 1.25e6,
      freeBytes: 80e9,
      secondsUnsaved: 0.5,
    });
  }
  breakOff(why: BrokenOff): void {
    this.heard?.brokeOff(why);
  }
}

/** A whole stage, and the strings it hangs on. */
export class FakeStage {
  readonly devices: FakeDevices;
  readonly engine = new FakeEngine();
  /** One for each take that was prepared, the newest last. */
  readonly recorders: FakeRecorder[] = [];
  prepared: (recorder: FakeRecorder) => Promise<void> = async () => {};
  portArrives = true;
  seen: EyesListener | null = null;
  attention = 'framing';
  heard: MeterListener | null = null;
  private leave: (() => void) | null = null;
  /** Eyes and meters that nobody has closed. */
  open = 0;

  constructor(...devices: ConstructorParameters<typeof FakeDevices>) {
    this.devices = new FakeDevices(...devices);
  }

  get parts(): StageParts {
    return {
      engine: this.engine,
      devices: this.devices,
      listenForPorts: () => ({
        portOf: async () => (this.portArrives ? new MessageChannel().port1 : null),
        close: () => {},
      }),
      onPageGone: (listener) => {
        this.leave = listener;
        return () => {
          this.leave = null;
        };
      },
      openEyes: (_track, _shot, seen): CoachEyes => {
        this.seen = seen;
        this.open += 1;
        return {
          attend: (attention) => {
            this.attention = attention;
          },
          setShot: () => {},
          close: () => {
            this.open -= 1;
          },
        };
      },
      openMeter: (_track, heard): SoundMeter => {
        this.heard = heard;
        this.open += 1;
        return {
          close: () => {
            this.open -= 1;
          },
        };
      },
      prepareRecorder: async () => {
        const recorder = new FakeRecorder();
        this.recorders.push(recorder);
        await this.prepared(recorder);
        return recorder;
      },
    };
  }

  get recorder(): FakeRecorder {
    const recorder = this.recorders.at(-1);
    if (!recorder) throw new Error('No take was prepared.');
    return recorder;
  }
  sees(part: Partial<FrameSample> = {}, secondsAgo = 0): void {
    this.seen?.frame({ ...GOOD_FRAME, ...part, atSeconds: performance.now() / 1000 - secondsAgo }, 40);
  }
  hears(part: Partial<SoundSample> = {}, silent = false): void {
    const atSeconds = performance.now() / 1000;
    const good = { rmsDbfs: -20, peakDbfs: -9, quietDbfs: -40, clippedShare: 0 };
    this.heard?.sound({ ...good, ...part, atSeconds }, silent);
  }
  leavePage(): void {
    this.leave?.();
  }
}

/** Head and shoulders as they should be. */
const GOOD_FRAME: FrameSample = {
  atSeconds: 0,
  width: 1920,
  height: 1080,
  faces: [
    {
      box: { x: 0.41, y: 0.2, width: 0.18, height: 0.36 },
      score: 0.95,
      eyes: { left: { x: 0.46, y: 0.37 }, right: { x: 0.54, y: 0.37 } },
      pose: { yaw: 0, pitch: 0, roll: 0 },
    },
  ],
  hands: null,
  light: {
    faceMean: 0.5,
    overShare: 0,
    underShare: 0,
    evenness: 0.8,
    cheekDifference: 0,
    shadowEdge: 0,
    backgroundMean: 0.4,
    backgroundStops: 0,
    sharpness: 100,
  },
};
