/** What records a take, however it does it. */
import type { StageSample } from '../../../shared/recording/port.ts';
import type { RecordingSetup } from '../../../shared/recording/recording.ts';
import type { BrokenOff, TakeProgress } from './messages.ts';

export interface RecorderInputs {
  readonly camera: MediaStreamTrack;
  /** Null to record without sound. */
  readonly microphone: MediaStreamTrack | null;
}

export interface RecorderHeard {
  /** Twice a second. */
  progress(progress: TakeProgress): void;
  /** At most once. What was recorded is on its way to the disk; `stop` says when it is there. */
  brokeOff(why: BrokenOff): void;
}

/** Records one take. */
export interface TakeRecorder {
  /** How it is going to record. */
  readonly setup: RecordingSetup;
  /** Resolves when the take has begun; its first frame is the next one that the camera delivers. The port is taken over. */
  start(port: MessagePort, heard: RecorderHeard): Promise<void>;
  /** Sent along to be kept beside the take. */
  addSamples(samples: readonly StageSample[]): void;
  /** Resolves when everything that was recorded is stored, or cannot be. Never rejects. */
  stop(): Promise<void>;
  /** Lets go of everything. Without effect after `stop`. */
  close(): void;
}

/** Nothing can be recorded here and now. `message` is a finished sentence. */
export class CannotRecord extends Error {
  override readonly name = 'CannotRecord';
}
