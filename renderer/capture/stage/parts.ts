/** What a session is made of. `realParts.ts` has the product's; tests bring their own where a device would be needed. */
import type { StudioBridge } from '../../../shared/contract.ts';
import type { Shot } from '../../../shared/domain/report.ts';
import type { CoachEyes, EyesListener } from '../coach/coachEyes.ts';
import type { MediaDevicesPort } from '../devices/mediaDevices.ts';
import type { RecorderInputs, TakeRecorder } from '../recorder/takeRecorder.ts';
import type { MeterListener, SoundMeter } from '../sound/soundMeter.ts';
import type { RecordingPorts } from './recordingPorts.ts';

/** The calls of the main process that a session needs. */
export type StageEngine = Pick<
  StudioBridge,
  | 'getSettings'
  | 'saveSettings'
  | 'getRecordingRoom'
  | 'startRecording'
  | 'finishRecording'
  | 'getMediaAccess'
  | 'askMediaAccess'
>;

export interface StageParts {
  readonly engine: StageEngine;
  readonly devices: MediaDevicesPort;
  /** Listens for the recording's port from now on. */
  listenForPorts(): RecordingPorts;
  /** The page goes away, with all that runs in it. Returns the function that ends it. */
  onPageGone(listener: () => void): () => void;
  openEyes(camera: MediaStreamTrack, shot: Shot, seen: EyesListener): CoachEyes;
  openMeter(microphone: MediaStreamTrack, heard: MeterListener): SoundMeter;
  /** Finds out what this computer can encode, and warms it up. */
  prepareRecorder(inputs: RecorderInputs): Promise<TakeRecorder>;
}
