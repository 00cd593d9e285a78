/// <reference path="./trackProcessor.d.ts" />
/** Looks at a camera from a worker, so that neither window nor recorder ever waits for it. */
import type { Shot } from '../../../shared/domain/report.ts';
import type { CameraSample, FrameSample } from '../../../shared/quality/observation.ts';
import type { Attention, FromEyes, ToEyes } from './messages.ts';

/** Samples carry the window's own time: `performance.now()` in seconds, at which their frame arrived. */
export interface EyesListener {
  /**
   * At least five times a second while framing, once or twice while recording. `milliseconds`: what looking took,
   * from the frame's pixels to the sample.
   */
  frame(sample: FrameSample, milliseconds: number): void;
  /** The camera gives pictures: once a second, as long as it does, also while nothing can be looked at yet. */
  saw(): void;
  /** Once a second, from two seconds on. */
  camera(sample: CameraSample): void;
  /** It cannot look any more, or never could; nothing more will come. `reason` is for the log. */
  failed(reason: string): void;
}

export interface CoachEyes {
  attend(attention: Attention): void;
  setShot(shot: Shot): void;
  /** Lets go of the camera. Nothing is heard of it any more. */
  close(): void;
}

/** One that waits is enough: an older one is let go when a newer one comes. */
const WAITING_FRAMES = 1;
/** A worker that died is started anew so often; it is forgiven when it has looked for so long, milliseconds. */
const RESTARTS = 1;
const FORGIVEN_AFTER_MS = 60_000;

/**
 * Looks at a copy of the track, which stays the caller's. Never throws: what goes wrong is told to the listener,
 * after this has returned. `vision` is the address of the folder with the models.
 */
export function openEyes(
  track: MediaStreamTrack,
  shot: Shot,
  listener: EyesListener,
  vision: string = new URL('vision/', document.baseURI).href,
): CoachEyes {
  let attention: Attention = 'framing';
  let restarts = 0;
  let lookingSince: number | null = null;
  let closed = false;
  let running: Watching | null = null;

  const giveUp = (reason: string): void => {
    if (closed) return;
    closed = true;
    running?.end();
    listener.failed(reason);
  };

  const begin = (): void => {
    if (closed) return;
    lookingSince = null;
    try {
      running = startWatching(track, { vision, shot, attention }, hear, died);
    } catch (error) {
      giveUp(String(error));
    }
  };

  const hear = (message: FromEyes): void => {
    if (closed) return;
    switch (message.kind) {
      case 'saw':
        listener.saw();
        break;
      case 'frame':
        lookingSince ??= performance.now();
        listener.frame(message.sample, message.milliseconds);
        break;
      case 'camera':
        listener.camera(message.sample);
        break;
      case 'failed':
        died(message.reason);
        break;
    }
  };

  const died = (reason: string): void => {
    if (closed) return;
    running?.end();
    if (lookingSince !== null && performance.now() - lookingSince >= FORGIVEN_AFTER_MS) restarts = 0;
    restarts += 1;
    if (restarts > RESTARTS) giveUp(reason);
    else begin();
  };

  queueMicrotask(begin);
  return {
    attend(next) {
      attention = next;
      running?.tell({ kind: 'attend', attention });
    },
    setShot(next) {
      shot = next;
      running?.tell({ kind: 'shot', shot });
    },
    close() {
      closed = true;
      running?.end();
    },
  };
}

interface Watching {
  tell(message: ToEyes): void;
  end(): void;
}

/** @throws {Error} when the browser cannot read frames, or the track has ended */
function startWatching(
  track: MediaStreamTrack,
  start: { readonly vision: string; readonly shot: Shot; readonly attention: Attention },
  hear: (message: FromEyes) => void,
  died: (reason: string) => void,
): Watching {
  if (typeof MediaStreamTrackProcessor === 'undefined')
    throw new Error('This browser cannot read the frames of a camera.');
  const copy = track.clone();
  const frames = new MediaStreamTrackProcessor({ track: copy, maxBufferSize: WAITING_FRAMES }).readable;
  const worker = new Worker(new URL('./vision.worker.ts', import.meta.url), { type: 'module' });
  const tell = (message: ToEyes, transfer: Transferable[] = []): void =>
    worker.postMessage(message, transfer);
  let ended = false;
  worker.onmessage = ({ data }: MessageEvent<FromEyes>) => {
    if (!ended) hear(data);
  };
  worker.onerror = (event) => {
    event.preventDefault();
    if (!ended) died(event.message || 'The worker did not start.');
  };
  tell({ kind: 'start', frames, timeOrigin: performance.timeOrigin, ...start }, [frames]);
  return {
    tell,
    end() {
      ended = true;
      worker.terminate();
      copy.stop();
    },
  };
}
