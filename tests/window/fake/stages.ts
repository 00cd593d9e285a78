/** Every situation the stage is looked at in. */

import type { Device, RecorderState, StageState } from '../../../renderer/capture/session.ts';
import type { Advice } from '../../../shared/quality/advice.ts';
import { adviceFor } from '../../../shared/quality/advice.ts';
import type { Box, FrameSample } from '../../../shared/quality/observation.ts';
import { personStream } from './personStream.ts';

const GIGABYTE = 1e9;

const CAMERAS: readonly Device[] = [
  { id: 'c1', label: 'Brio 500' },
  { id: 'c2', label: 'FaceTime HD Camera (Built-in) (05ac:8514)' },
];
const MICROPHONES: readonly Device[] = [
  { id: 'm1', label: 'Shure MV7' },
  { id: 'm2', label: 'Default – Monitor of Built-in Audio Analog Stereo' },
];

/** Face of the person that `personStream` draws, moved as the stream is moved. */
export const faceAt = (moved: number): Box => ({ x: 0.414 + moved, y: 0.25, width: 0.172, height: 0.345 });

export const frameWith = (box: Box | null): FrameSample => ({
  atSeconds: 12,
  width: 1920,
  height: 1080,
  faces:
    box === null
      ? []
      : [
          {
            box,
            score: 0.98,
            eyes: {
              left: { x: box.x + 0.05, y: box.y + 0.13 },
              right: { x: box.x + 0.12, y: box.y + 0.13 },
            },
            pose: { yaw: 1, pitch: -2, roll: 0 },
          },
        ],
  hands: null,
  light: null,
});

/** Everything in order, and nobody quite in place yet. */
function framing(moved = 0): StageState {
  return {
    shot: 'head-and-shoulders',
    cameras: CAMERAS,
    microphones: MICROPHONES,
    cameraId: 'c1',
    microphoneId: 'm1',
    camera: {
      kind: 'live',
      stream: personStream(moved),
      width: 1920,
      height: 1080,
      frameRate: 30,
      measuredFrameRate: 29.97,
      below: { size: false, rate: false },
    },
    microphone: { kind: 'live', muted: false, silent: false, processed: [] },
    coach: {
      kind: 'watching',
      deaf: false,
      advice: null,
      ready: false,
      frame: frameWith(faceAt(moved)),
      light: { faceMean: 0.54, face: 'good', sides: 'even' },
    },
    sound: { levelDbfs: -21, peakDbfs: -12, noiseFloorDbfs: -63, voice: 'good', room: 'quiet' },
    recorder: { kind: 'idle' },
    freeBytes: 14.7 * GIGABYTE,
    neededBytes: 1.143 * GIGABYTE,
  };
}

function advised(code: Advice['code'], changes: Partial<StageState['coach']> = {}, moved = 0): StageState {
  const state = framing(moved);
  return { ...state, coach: { ...state.coach, advice: adviceFor(code), ...changes } };
}

function ready(changes: Partial<StageState> = {}): StageState {
  const state = framing();
  return { ...state, coach: { ...state.coach, ready: true }, ...changes };
}

type Recording = Extract<RecorderState, { kind: 'recording' }>;
const recording = (changes: Partial<Recording> = {}): Recording => ({
  kind: 'recording',
  seconds: 148.3,
  dropped: 0,
  repeated: 0,
  bytesWritten: 185e6,
  freeBytes: 14.5 * GIGABYTE,
  secondsUnsaved: 0.6,
  ...changes,
});

function withCamera(changes: Partial<Extract<StageState['camera'], { kind: 'live' }>>): StageState {
  const state = framing();
  return state.camera.kind === 'live' ? { ...state, camera: { ...state.camera, ...changes } } : state;
}

const closed = (trouble: Extract<StageState['camera'], { kind: 'trouble' }>['trouble']): StageState => ({
  ...framing(),
  camera: { kind: 'trouble', trouble },
  cameraId: trouble === 'none' || trouble === 'not-asked' ? null : 'c1',
  cameras: trouble === 'none' || trouble === 'not-asked' ? [] : CAMERAS,
  coach: {
    kind: 'starting',
    deaf: false,
    advice: null,
    ready: false,
    frame: null,
    light: { faceMean: null, face: 'unknown', sides: 'unknown' },
  },
});

const mute = (trouble: Extract<StageState['microphone'], { kind: 'trouble' }>['trouble']): StageState => ({
  ...framing(),
  microphone: { kind: 'trouble', trouble },
  microphoneId: null,
  sound: null,
});

/** Every situation the stage is looked at in. */
export const STAGES = {
  'not-asked': () => ({
    ...closed('not-asked'),
    microphones: [],
    microphoneId: null,
    microphone: { kind: 'trouble', trouble: 'not-asked' },
    sound: null,
  }),
  opening: () => ({ ...closed('lost'), camera: { kind: 'opening' } }),
  'denied-macos': () => closed('denied'),
  'denied-windows': () => closed('denied'),
  'denied-linux': () => closed('denied'),
  forbidden: () => closed('forbidden'),
  'no-camera': () => closed('none'),
  busy: () => closed('busy'),
  lost: () => closed('lost'),
  'no-signal': () => closed('no-signal'),
  'camera-failed': () => closed('failed'),
  framing: () => advised('MOVE_LEFT', {}, -0.1),
  starting: () => {
    const state = framing();
    return { ...state, coach: { ...state.coach, kind: 'starting', frame: null } };
  },
  'coach-failed': () => {
    const state = framing();
    return { ...state, coach: { ...state.coach, kind: 'failed', frame: null } };
  },
  'coach-stopped': () => {
    const state = framing();
    return { ...state, coach: { ...state.coach, kind: 'stopped', frame: null } };
  },
  deaf: () => {
    const state = framing();
    return { ...state, coach: { ...state.coach, deaf: true }, sound: null };
  },
  shadow: () => advised('HARSH_SHADOW', { light: { faceMean: 0.5, face: 'good', sides: 'shadow' } }),
  'no-face': () =>
    advised('NO_FACE', {
      frame: frameWith(null),
      light: { faceMean: null, face: 'unknown', sides: 'unknown' },
    }),
  'too-far': () => advised('TOO_FAR', {}, 0.06),
  'head-cut': () => advised('HEAD_CUT'),
  turned: () => advised('TURN_RIGHT'),
  'one-sided': () =>
    advised('LIGHT_FROM_LEFT', { light: { faceMean: 0.42, face: 'good', sides: 'one-sided' } }),
  backlight: () => advised('BACKLIGHT', { light: { faceMean: 0.24, face: 'too-dark', sides: 'even' } }),
  clipping: () => ({
    ...advised('CLIPPING'),
    sound: { levelDbfs: -6, peakDbfs: 0, noiseFloorDbfs: -47, voice: 'clipping', room: 'noisy' },
  }),
  'waist-up': () => ({ ...advised('TOO_CLOSE'), shot: 'waist-up' }),
  'full-body': () => ({ ...advised('TOO_CLOSE'), shot: 'full-body' }),
  hint: () => advised('SAY_SOMETHING'),
  ready: () => ready(),
  below: () =>
    withCamera({ width: 1280, height: 720, measuredFrameRate: 17.6, below: { size: true, rate: true } }),
  muted: () => ({ ...framing(), microphone: { kind: 'live', muted: true, silent: true, processed: [] } }),
  silent: () => ({
    ...framing(),
    microphone: { kind: 'live', muted: false, silent: true, processed: [] },
    sound: { levelDbfs: -120, peakDbfs: -120, noiseFloorDbfs: null, voice: 'unknown', room: 'unknown' },
  }),
  'no-microphone': () => mute('none'),
  'microphone-denied': () => mute('denied'),
  processed: () => ({
    ...ready(),
    microphone: {
      kind: 'live',
      muted: false,
      silent: false,
      processed: ['noiseSuppression', 'autoGainControl'],
    },
  }),
  'no-room': () => ({ ...framing(), freeBytes: 0.72 * GIGABYTE }),
  countdown: () => ready({ recorder: { kind: 'countdown', left: 3 } }),
  'recorder-starting': () => ready({ recorder: { kind: 'starting' } }),
  recording: () => ready({ recorder: recording() }),
  'recording-advice': () => ({
    ...advised('TOO_DARK', { light: { faceMean: 0.2, face: 'too-dark', sides: 'even' } }),
    recorder: recording({ seconds: 8, bytesWritten: 10e6 }),
  }),
  'recording-behind': () => ({
    ...framing(),
    coach: { ...framing().coach, kind: 'failed', frame: null },
    recorder: recording({ seconds: 561, dropped: 12, secondsUnsaved: 4.2, freeBytes: 0.61 * GIGABYTE }),
  }),
  'recording-slow': () => ({
    ...advised('CAMERA_SLOW'),
    recorder: recording({ seconds: 75, repeated: 1400 }),
  }),
  stopping: () => ready({ recorder: { kind: 'stopping' } }),
  'recorder-failed': () =>
    ready({
      recorder: {
        kind: 'failed',
        code: 'RECORDING_LOST',
        message: 'The disk of your library was taken away while recording.',
      },
    }),
} as const satisfies Readonly<Record<string, () => StageState>>;

/** One of them by its name. */
export function stageNamed(name: string): StageState {
  const make = Object.entries(STAGES).find(([key]) => key === name)?.[1];
  if (!make) throw new Error(`There is no situation called ${name}.`);
  return make();
}
