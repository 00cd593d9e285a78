import type { HostKind } from '../../shared/domain/twin.ts';

/** Who can fetch an address: anybody on the internet, or only this machine. */
export type Reach = 'public' | 'this-machine';

/** One part of an upload that the host has confirmed. */
export interface UploadedPart {
  /** From 1. */
  readonly number: number;
  readonly etag: string;
  readonly sizeBytes: number;
}

/** An upload begun and not finished. Stored after every part, so that another process can go on with it. */
export interface UploadCheckpoint {
  readonly objectKey: string;
  readonly uploadId: string;
  readonly partSizeBytes: number;
  readonly parts: readonly UploadedPart[];
}

export interface UploadRequest {
  /** Absolute path of the file. */
  readonly file: string;
  readonly sizeBytes: number;
  readonly contentType: 'video/mp4' | 'audio/mpeg' | 'audio/wav';
  readonly objectKey: string;
  /** Day after which the file may be removed; stored with the object where the host can. */
  readonly retainUntil: string;
  /** Where an earlier try stopped; null at the first. A checkpoint the host no longer knows is started anew. */
  readonly checkpoint: UploadCheckpoint | null;
  /**
   * Stores the checkpoint durably; the upload waits for it. `null` when the host no longer knows the one it
   * was given. Not called at the end: drop the checkpoint in the same write that stores the finished upload,
   * so that a program that dies in between finds the object instead of sending it again.
   */
  readonly onCheckpoint: (checkpoint: UploadCheckpoint | null) => Promise<void>;
  /** Waited for before each part or piece is sent. */
  readonly mayGoOn: () => Promise<void>;
  /**
   * Calls back when everything has to stand still: what is on its way is given up, and sent again once it may go on.
   * Returns how to stop listening.
   */
  readonly onHold: (giveUp: () => void) => () => void;
  /** Bytes the host holds for certain. Called at most a few times a second. */
  readonly onProgress: (sentBytes: number) => void;
  readonly signal: AbortSignal;
}

/** What a connection test found, step by step. */
export interface HostTest {
  /** Public address that was written, read and deleted again. */
  readonly url: string;
  readonly steps: readonly ('write' | 'public-read' | 'delete')[];
}

/**
 * Where masters are served. Throws `StudioError` with a HOST_ code, or `Cancelled`.
 */
export interface Host {
  readonly kind: HostKind;
  readonly reach: Reach;
  /** Uploads a file, going on from the checkpoint, and returns its public address. */
  upload(request: UploadRequest): Promise<{ url: string }>;
  /** The public address of an object now; the practice host's changes with every start. */
  addressOf(objectKey: string): Promise<string>;
  /** Bytes of an object of ours, null when this host has none of that name. */
  sizeOf(objectKey: string, signal: AbortSignal): Promise<number | null>;
  /** Deletes an object; an object that is already gone is not an error. */
  remove(objectKey: string, signal: AbortSignal): Promise<void>;
  /** Aborts an unfinished upload, also one of an earlier run. */
  abort(checkpoint: UploadCheckpoint, signal: AbortSignal): Promise<void>;
  /** Writes a small mp4-typed object, reads it without credentials through its public address, deletes it. */
  test(signal: AbortSignal): Promise<HostTest>;
}
