/** What is said of camera and microphone, from what their tracks say of themselves and what was measured. */
import type { CameraSample } from '../../../shared/quality/observation.ts';
import type { InputState } from '../devices/input.ts';
import { microphoneSetup } from '../recorder/setup.ts';
import type { CameraState, MicrophoneState } from '../session.ts';

/** Lines that training wants, and the least frames a second that count as 30. */
const LINES = 1080;
const LEAST_FRAME_RATE = 28;

/**
 * @param measured of this very camera; null until two seconds have been seen.
 * @param noPicture nothing is seen of it, although it does not say that it is off.
 */
export function cameraState(
  input: InputState,
  measured: CameraSample | null,
  noPicture: boolean,
): CameraState {
  if (input.kind !== 'open') return input;
  if (input.noSignal || noPicture) return { kind: 'trouble', trouble: 'no-signal' };
  const said = input.track.getSettings();
  const width = measured?.width ?? said.width ?? 0;
  const height = measured?.height ?? said.height ?? 0;
  const frameRate = paceOf(said.frameRate);
  const measuredFrameRate = paceOf(measured?.framesPerSecond);
  const rate = measuredFrameRate ?? frameRate;
  return {
    kind: 'live',
    stream: input.stream,
    width,
    height,
    frameRate,
    measuredFrameRate,
    below: { size: Math.min(width, height) < LINES, rate: rate !== null && rate < LEAST_FRAME_RATE },
  };
}

/** A camera that has only just begun says nothing yet, or less than one frame a second. */
const paceOf = (framesPerSecond: number | undefined): number | null =>
  framesPerSecond === undefined || framesPerSecond < 1 ? null : Math.round(framesPerSecond * 10) / 10;

/** @param silent nothing but digital silence was heard for a while. */
export function microphoneState(input: InputState, silent: boolean): MicrophoneState {
  if (input.kind !== 'open') return input;
  const { processing } = microphoneSetup(input.track);
  const named = ['echoCancellation', 'noiseSuppression', 'autoGainControl'] as const;
  return {
    kind: 'live',
    muted: input.muted,
    silent: silent && !input.muted,
    processed: named.filter((name) => processing[name] === true),
  };
}
