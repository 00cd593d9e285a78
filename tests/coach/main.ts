/** The page of the coach's tests: the window's own eyes and ears before a stage that the test sets. */
import '../../renderer/app/zodWithoutEval.ts';
import { type CoachEyes, openEyes } from '../../renderer/capture/coach/coachEyes.ts';
import { openMeter } from '../../renderer/capture/sound/soundMeter.ts';
import type { Shot } from '../../shared/domain/report.ts';
import { type AdviceCode, createCoachState, isHint, stepCoach } from '../../shared/quality/coach.ts';
import type { CameraSample, FrameSample, SoundSample } from '../../shared/quality/observation.ts';
import { type Mismatch, runGolden, vectorCount } from '../golden/run.ts';
import { createStageCamera } from './stageCamera.ts';

/** What the coach made of a scene. */
export interface Judged {
  /** What it said first; null where it was ready at once. Hints do not count. */
  readonly advice: AdviceCode | null;
  readonly ready: boolean;
  /** All that was wrong in the end. */
  readonly troubles: readonly AdviceCode[];
  readonly sample: FrameSample;
}

/** How often and how fast it looked. */
export interface Looked {
  readonly hz: number;
  readonly milliseconds: readonly number[];
  readonly withHands: number;
  readonly camera: CameraSample | null;
  /** Tasks of the window's main thread over 50 ms. */
  readonly longTasks: readonly number[];
}

/** The workers that were started, the latest last. */
const workers: Worker[] = [];
window.Worker = class extends Worker {
  constructor(address: string | URL, options?: WorkerOptions) {
    super(address, options);
    workers.push(this);
  }
};

type OnFrame = (sample: FrameSample, milliseconds: number) => void;

const camera = createStageCamera(1920, 1080);
let eyes: CoachEyes | null = null;
let shot: Shot = 'head-and-shoulders';
let onFrame: OnFrame = () => {};
let lastCamera: CameraSample | null = null;
let failure: Error | null = null;
let giveUp: (reason: Error) => void = () => {};

function watch(vision?: string): void {
  const listener = {
    frame: (sample: FrameSample, milliseconds: number) => onFrame(sample, milliseconds),
    saw: () => {},
    camera: (sample: CameraSample) => {
      lastCamera = sample;
    },
    failed: (reason: string) => {
      failure = new Error(reason);
      giveUp(failure);
    },
  };
  eyes = openEyes(camera.track, shot, listener, vision);
}

/** Calls back for every sample from now on, until `resolve` was called. */
function untilDone<Answer>(follow: (resolve: (answer: Answer) => void) => OnFrame): Promise<Answer> {
  return new Promise((resolve, reject) => {
    giveUp = reject;
    if (failure !== null) reject(failure);
    onFrame = follow((answer) => {
      onFrame = () => {};
      resolve(answer);
    });
  });
}

const api = {
  /** Opens the eyes; seconds until they have seen something. Rejects when they fail. `vision`: where models are. */
  async open(picture: string, vision?: string): Promise<number> {
    const begun = performance.now();
    await api.show(picture);
    const seen = untilDone<number>((resolve) => () => resolve((performance.now() - begun) / 1000));
    watch(vision);
    return seen;
  },

  async show(picture: string): Promise<void> {
    camera.show(await (await fetch(picture)).arrayBuffer());
  },

  setRate: (framesPerSecond: number): void => camera.setRate(framesPerSecond),
  attend: (attention: 'framing' | 'recording'): void => eyes?.attend(attention),

  /** What a worker does that has run out of memory. */
  breakWorker(): void {
    workers.at(-1)?.dispatchEvent(new ErrorEvent('error', { message: 'broken', cancelable: true }));
  },

  /** Puts a picture on the stage and waits until the coach says something about it. */
  async judge(picture: string, of: Shot): Promise<Judged> {
    shot = of;
    eyes?.setShot(shot);
    await api.show(picture);
    const shownAt = performance.now() / 1000 + SETTLES_SECONDS;
    let state = createCoachState();
    return untilDone((resolve) => (sample) => {
      // What was on its way shows the picture before.
      if (sample.atSeconds < shownAt) return;
      const input = {
        shot,
        mode: 'framing',
        frame: sample,
        sounds: [{ ...SPOKEN, atSeconds: sample.atSeconds }],
        camera: null,
        microphone: 'live',
      } as const;
      const { state: next, advice, ready, troubles } = stepCoach(state, input, sample.atSeconds);
      state = next;
      const said = advice === null || isHint(advice) ? null : advice.code;
      if (said === null && !ready) return;
      resolve({ advice: said, ready, troubles: troubles.map(({ code }) => code), sample });
    });
  },

  /** Looks at what is shown for this long. */
  async look(seconds: number, of: Shot): Promise<Looked> {
    shot = of;
    eyes?.setShot(shot);
    const longTasks: number[] = [];
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longTasks.push(duration);
    });
    observer.observe({ type: 'longtask' });
    const milliseconds: number[] = [];
    let first: number | null = null;
    let withHands = 0;
    return untilDone((resolve) => (sample, took) => {
      first ??= sample.atSeconds;
      milliseconds.push(took);
      if (sample.hands !== null) withHands += 1;
      const since = sample.atSeconds - first;
      if (since < seconds) return;
      observer.disconnect();
      resolve({
        hz: (milliseconds.length - 1) / since,
        milliseconds,
        withHands,
        camera: lastCamera,
        longTasks,
      });
    });
  },

  /** Judges the golden vectors, which Node judges too. */
  golden: (): { vectors: number; mismatches: readonly Mismatch[] } => ({
    vectors: vectorCount,
    mismatches: runGolden(),
  }),

  /** What the meter says of a tone of this amplitude (0: digital silence), so often or until it notices silence. */
  async hear(
    amplitude: number,
    until: number | 'silent',
  ): Promise<{ sounds: SoundSample[]; silent: boolean }> {
    const context = new AudioContext({ sampleRate: 48_000 });
    const tone = new OscillatorNode(context, { frequency: 997 });
    const volume = new GainNode(context, { gain: amplitude });
    const destination = new MediaStreamAudioDestinationNode(context);
    tone.connect(volume).connect(destination);
    tone.start();
    await context.resume();
    const [track] = destination.stream.getAudioTracks();
    if (track === undefined) throw new Error('no sound to listen to');
    return new Promise((resolve, reject) => {
      const sounds: SoundSample[] = [];
      const meter = openMeter(track, {
        sound(sound, silent) {
          sounds.push(sound);
          if (until === 'silent' ? !silent : sounds.length < until) return;
          meter.close();
          context.close().then(() => resolve({ sounds, silent }), reject);
        },
        failed: (reason) => reject(new Error(reason)),
      });
    });
  },
};

/** Somebody who talks as loud as they should. */
const SPOKEN = { rmsDbfs: -20, peakDbfs: -9, quietDbfs: -40, clippedShare: 0 };
/** A frame that was waiting, and one in the worker, are older than the picture. */
const SETTLES_SECONDS = 0.1;

export type CoachPage = typeof api;
declare global {
  interface Window {
    coach: CoachPage;
  }
}
window.coach = api;
