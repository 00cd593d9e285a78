/** What camera and microphone say of themselves, as it is kept with a take. */
import type { RecordingSetup } from '../../../shared/recording/recording.ts';
import type { PictureSize } from './codecs.ts';
import { FRAMES_PER_SECOND } from './pacer.ts';

/** A device may call itself anything; the record keeps so much of it. */
const LONGEST_LABEL = 300;

/** @param frameRate as measured, per second; null when it was not */
export function cameraSetup(
  track: MediaStreamTrack,
  size: PictureSize,
  frameRate: number | null,
): RecordingSetup['camera'] {
  return {
    label: track.label.slice(0, LONGEST_LABEL),
    width: size.width,
    height: size.height,
    frameRate: frameRate ?? track.getSettings().frameRate ?? FRAMES_PER_SECOND,
  };
}

export function microphoneSetup(track: MediaStreamTrack): NonNullable<RecordingSetup['microphone']> {
  const { echoCancellation, noiseSuppression, autoGainControl, sampleRate, channelCount } =
    track.getSettings();
  return {
    label: track.label.slice(0, LONGEST_LABEL),
    processing: {
      echoCancellation: isOn(echoCancellation),
      noiseSuppression: isOn(noiseSuppression),
      autoGainControl: isOn(autoGainControl),
      sampleRate: sampleRate ?? null,
      channelCount: channelCount ?? null,
    },
  };
}

/** Newer browsers name the kind of echo cancellation instead of `true`. */
function isOn(setting: boolean | string | undefined): boolean | null {
  if (setting === undefined) return null;
  return setting !== false && setting !== 'none';
}
