/** What a session is made of. `realParts.ts` has the product's; tests bring their own where a device would be needed. */
import type { StudioBridge } from '../../../shared/contract.ts';
import type { Shot } from '../../../shared/domain/report.ts';
import type { StageSample } from '../../../shared/recording/port.ts';
import type { RecordingSetup } from '../../../shared/recording/recording.ts';
import type { CoachEyes, EyesListener } from '../coach/coachEyes.ts';
import type { MediaDevicesPort } from '../devices/mediaDevices.ts';
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

/** How a take is doing. */
export interface TakeProgress {
  readonly seconds: number;
  readonly dropped: number;
  readonly repeated: number;
  readonly bytesWritten: number;
  readonly freeBytes: number;
  readonly secondsUnsaved: number;
}

/** Why a recorder stops by itself. */
export type BrokenOff =
  | { readonly end: 'disk-full' | 'camera-lost' | 'microphone-lost' | 'longest' }
  | { readonly end: 'recorder-failed'; readonly code: string; readonly message: string };

/** Records one take. */
export interface TakeRecorder {
  readonly setup: RecordingSetup;
  start(
    port: MessagePort,
    heard: { progress(progress: TakeProgress): void; brokeOff(why: BrokenOff): void },
  ): Promise<void>;
  addSamples(samples: readonly StageSample[]): void;
  /** Resolves when everything that was recorded is stored, or cannot be. */
  stop(): Promise<void>;
  /** Lets go of everything. Without effect after `stop`. */
  close(): void;
}

export interface TakeInputs {
  readonly camera: MediaStreamTrack;
  readonly microphone: MediaStreamTrack;
  readonly shot: Shot;
}

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
  prepareRecorder(inputs: TakeInputs): Promise<TakeRecorder>;
}
