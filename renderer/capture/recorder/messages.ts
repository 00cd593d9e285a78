/** What the page and the recorder's worker say to each other. Both are ours and built together. */
import type { StageSample } from '../../../shared/recording/port.ts';
import type { PictureCodec, PictureSize, SoundCodec } from './codecs.ts';

/** How a take is doing. */
export interface TakeProgress {
  readonly seconds: number;
  /** Null where the recorder does not know. */
  readonly dropped: number | null;
  readonly repeated: number | null;
  readonly bytesWritten: number;
  readonly freeBytes: number;
  /** Recorded and not yet acknowledged by the disk. */
  readonly secondsUnsaved: number;
}

/** Why a recorder stops by itself. `message` is a finished sentence. */
export type BrokenOff =
  | { readonly end: 'disk-full' | 'camera-lost' | 'microphone-lost' | 'longest' }
  | { readonly end: 'recorder-failed'; readonly code: string; readonly message: string };

/** A disk that is full is said so, also when it could not be foreseen. */
export function whyDiskFailed(code: string, message: string): BrokenOff {
  return code === 'RECORDING_DISK_FULL' ? { end: 'disk-full' } : { end: 'recorder-failed', code, message };
}

/** What was found while it got ready. */
export interface Prepared {
  readonly picture: PictureCodec;
  readonly sound: SoundCodec | null;
  /** What the camera delivers. */
  readonly camera: PictureSize;
  /** Frames a second, as delivered so far; null when too few were seen. */
  readonly frameRate: number | null;
}

export type ToRecorder =
  | {
      readonly kind: 'prepare';
      readonly picture: ReadableStream<VideoFrame>;
      readonly sound: ReadableStream<AudioData> | null;
    }
  | { readonly kind: 'start'; readonly port: MessagePort }
  | { readonly kind: 'samples'; readonly samples: readonly StageSample[] }
  /** A track that is muted delivers nothing, or nothing but silence. */
  | { readonly kind: 'camera-muted'; readonly muted: boolean }
  | { readonly kind: 'stop' };

export type FromRecorder =
  | { readonly kind: 'prepared'; readonly prepared: Prepared }
  /** No encoder works, or nothing came from the camera. */
  | { readonly kind: 'unable'; readonly why: 'no-encoder' | 'no-picture' }
  | { readonly kind: 'started' }
  | { readonly kind: 'progress'; readonly progress: TakeProgress }
  | { readonly kind: 'broke-off'; readonly why: BrokenOff }
  /** Everything is stored, or cannot be. */
  | { readonly kind: 'stopped' };
