import type { RecordingCounts } from '../../../shared/recording/port.ts';
import type { RecordingSetup } from '../../../shared/recording/recording.ts';

/** What a recorder says of itself when it begins. */
export const SETUP: RecordingSetup = {
  recorder: 'webcodecs',
  container: 'mp4',
  camera: { label: 'Test camera', width: 320, height: 180, frameRate: 30 },
  microphone: null,
  video: { codec: 'avc1.42E028', bitRate: 500_000, frameRate: 30 },
  audio: { codec: 'mp4a.40.2', bitRate: 64_000 },
};

export const countsAt = (seconds: number): RecordingCounts => ({
  seconds,
  delivered: Math.round(seconds * 30),
  written: Math.round(seconds * 30),
  dropped: 0,
  repeated: 0,
  soundOffsetMs: 0,
});
