/**
 * What the stage knows and what can be done on it, apart from how it is drawn. `createStageSession` makes the real one
 * from devices, coach and recorder; tests of the screen make one from fixtures.
 */

import type { TakeId } from '../../shared/domain/ids.ts';
import type { Shot } from '../../shared/domain/report.ts';
import type { Advice, LightVerdict, SoundVerdict } from '../../shared/quality/coach.ts';
import type { FrameSample } from '../../shared/quality/observation.ts';

export interface Device {
  /** Of this computer and this program; may be empty before permission. */
  readonly id: string;
  /** As the system names it; never empty here (a number stands in). */
  readonly label: string;
}

/** Why there is no picture or no sound. The words for each differ by system. */
export type DeviceTrouble =
  /** Nobody has been asked yet. */
  | 'not-asked'
  /** The person, or the system's settings, said no. */
  | 'denied'
  /** A policy of the computer forbids it; asking does not help. */
  | 'forbidden'
  /** There is no such device. */
  | 'none'
  /** Another program holds it. */
  | 'busy'
  /** It was unplugged, or went to sleep. */
  | 'lost'
  /** It answers, and gives nothing. */
  | 'no-signal'
  /** Anything else the browser says. */
  | 'failed';

export type CameraState =
  | { readonly kind: 'opening' }
  | {
      readonly kind: 'live';
      /** For the preview. The same object while the camera stays the same. */
      readonly stream: MediaStream;
      readonly width: number;
      readonly height: number;
      /** What it says; null when it does not. */
      readonly frameRate: number | null;
      /** What it really delivers; null until two seconds have been seen. */
      readonly measuredFrameRate: number | null;
      /** True when it gives less than 1080 lines, 28 frames a second, or both. */
      readonly below: { readonly size: boolean; readonly rate: boolean };
    }
  | { readonly kind: 'trouble'; readonly trouble: DeviceTrouble };

export type MicrophoneState =
  | { readonly kind: 'opening' }
  | {
      readonly kind: 'live';
      /** Switched off at the device or in the system. */
      readonly muted: boolean;
      /** Live, and nothing but digital silence for three seconds. */
      readonly silent: boolean;
      /** Processing that it would not switch off, for people who wonder how they sound. */
      readonly processed: readonly ('echoCancellation' | 'noiseSuppression' | 'autoGainControl')[];
    }
  | { readonly kind: 'trouble'; readonly trouble: DeviceTrouble };

/** What the meters show. */
export type { LightVerdict as LightView, SoundVerdict as SoundView };

/** The coach's view of the moment. */
export interface CoachView {
  /** `starting` while the models load; `failed`, and `stopped` later on, leave recording possible. */
  readonly kind: 'starting' | 'watching' | 'failed' | 'stopped';
  /** The sound meter cannot listen to a microphone that is open: nothing is known of the voice. */
  readonly deaf: boolean;
  /** The one line; null when there is none to give. */
  readonly advice: Advice | null;
  /** Nothing to mend, and steady: record now. */
  readonly ready: boolean;
  /** The last frame looked at, for the overlay; null before the first. */
  readonly frame: FrameSample | null;
  readonly light: LightVerdict;
}

export type RecorderState =
  | { readonly kind: 'idle' }
  /** `left` whole seconds until it begins. */
  | { readonly kind: 'countdown'; readonly left: number }
  | { readonly kind: 'starting' }
  | {
      readonly kind: 'recording';
      readonly seconds: number;
      /** Frames; null where the recorder does not know. */
      readonly dropped: number | null;
      readonly repeated: number | null;
      readonly bytesWritten: number;
      readonly freeBytes: number;
      /** Seconds that are recorded and not yet acknowledged by the disk. */
      readonly secondsUnsaved: number;
    }
  | { readonly kind: 'stopping' }
  /** The take is safe in the library. `end` says why it ended. */
  | {
      readonly kind: 'done';
      readonly takeId: TakeId;
      readonly end:
        | 'stopped'
        | 'longest'
        | 'camera-lost'
        | 'microphone-lost'
        | 'disk-full'
        | 'recorder-failed';
      /** Why it broke off, as a finished sentence, where `end` alone does not say it. */
      readonly why: string | null;
    }
  /** It could not begin, or broke; `message` is a finished sentence. What was written is kept and found. */
  | { readonly kind: 'failed'; readonly code: string; readonly message: string };

export interface StageState {
  readonly shot: Shot;
  readonly cameras: readonly Device[];
  readonly microphones: readonly Device[];
  /** Ids of what is chosen; null while nothing is. */
  readonly cameraId: string | null;
  readonly microphoneId: string | null;
  readonly camera: CameraState;
  readonly microphone: MicrophoneState;
  readonly coach: CoachView;
  readonly sound: SoundVerdict | null;
  readonly recorder: RecorderState;
  /** Room on the library's disk; null until asked. */
  readonly freeBytes: number | null;
  /** Room that must be free before a recording can begin; null until asked. */
  readonly neededBytes: number | null;
}

export interface StageSession {
  get(): StageState;
  follow(listener: () => void): () => void;
  /** Asks for permission where needed and opens what is remembered, or the system's choice. */
  open(): Promise<void>;
  /** Tries again after a trouble. */
  retry(which: 'camera' | 'microphone'): Promise<void>;
  chooseShot(shot: Shot): void;
  chooseCamera(id: string): Promise<void>;
  chooseMicrophone(id: string): Promise<void>;
  /** Counts down and records. Does nothing while it cannot record. */
  record(): void;
  /** Before the end of the countdown: back to idle. */
  cancelCountdown(): void;
  stop(): void;
  /** After `failed` or `done`: back to idle, for the next take. */
  reset(): void;
  /** Lets go of camera and microphone. A take that is running is ended and kept. */
  close(): Promise<void>;
}
