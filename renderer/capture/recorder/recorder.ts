/// <reference path="../coach/trackProcessor.d.ts" />
/** Records one take of a camera and a microphone. The work is done in a worker; the page only asks and is told. */
import type { RecordingSetup } from '../../../shared/recording/recording.ts';
import { recorderWords } from '../../../shared/words/recorder.ts';
import { inTime } from '../inTime.ts';
import { prepareMediaRecorder } from './mediaRecorderFallback.ts';
import type { BrokenOff, FromRecorder, Prepared, ToRecorder } from './messages.ts';
import { cameraSetup, microphoneSetup } from './setup.ts';
import { CannotRecord, type RecorderHeard, type RecorderInputs, type TakeRecorder } from './takeRecorder.ts';

/** Frames of the camera that may wait for the worker: more than one, for it may be busy; few, for the camera has three. */
const WAITING_FRAMES = 2;
/** Blocks of sound, of about 10 ms, that may wait for it. */
const WAITING_SOUNDS = 100;
/** Every codec of the ladder may be tried for some seconds, but no computer needs so long for all, milliseconds. */
const PREPARE_MS = 30_000;
const START_MS = 10_000;
/** A worker that lives ends within this time, whatever encoder and disk do, milliseconds … */
const STOP_MS = 90_000;
/** … and one that failed may still end: longer than an encoder is waited for. */
const STOP_FAILED_MS = 30_000;

/**
 * Finds out what this computer can encode, and gets ready. Takes some tenths of a second; the tracks stay the
 * caller's, and must deliver.
 * @throws CannotRecord with a finished sentence when nothing can be recorded
 */
export async function prepareRecorder(inputs: RecorderInputs): Promise<TakeRecorder> {
  return (await prepareInWorker(inputs)) ?? prepareMediaRecorder(inputs);
}

/** Null where the browser lacks what it needs, or no encoder works. */
async function prepareInWorker(inputs: RecorderInputs): Promise<TakeRecorder | null> {
  if (typeof MediaStreamTrackProcessor === 'undefined' || typeof VideoEncoder === 'undefined') return null;
  const camera = inputs.camera.clone();
  const microphone = inputs.microphone?.clone() ?? null;
  const worker = new Worker(new URL('./recorder.worker.ts', import.meta.url), { type: 'module' });
  const close = (): void => {
    worker.terminate();
    camera.stop();
    microphone?.stop();
  };
  const post = (message: ToRecorder, transfer: Transferable[] = []): void =>
    worker.postMessage(message, transfer);

  const picture = new MediaStreamTrackProcessor({ track: camera, maxBufferSize: WAITING_FRAMES }).readable;
  const sound =
    microphone &&
    new MediaStreamTrackProcessor<AudioData>({ track: microphone, maxBufferSize: WAITING_SOUNDS }).readable;
  const answer = new Promise<Prepared | 'no-encoder' | 'no-picture'>((resolve) => {
    worker.onmessage = ({ data }: MessageEvent<FromRecorder>) => {
      if (data.kind === 'prepared') resolve(data.prepared);
      else if (data.kind === 'unable') resolve(data.why);
    };
    worker.onerror = () => resolve('no-encoder');
  });
  post({ kind: 'prepare', picture, sound }, sound === null ? [picture] : [picture, sound]);
  const prepared = (await inTime(PREPARE_MS, answer)) ? await answer : 'no-encoder';
  if (prepared === 'no-encoder' || prepared === 'no-picture') {
    close();
    if (prepared === 'no-picture') throw new CannotRecord(recorderWords.noPicture);
    return null;
  }
  return inWorker(worker, post, camera, setupOf(inputs, prepared), close);
}

function inWorker(
  worker: Worker,
  post: (message: ToRecorder, transfer?: Transferable[]) => void,
  camera: MediaStreamTrack,
  setup: RecordingSetup,
  close: () => void,
): TakeRecorder {
  let heard: RecorderHeard | null = null;
  let begun = (): void => {};
  let refused = (_error: Error): void => {};
  let failed = false;
  let broken = false;
  let ended = (): void => {};
  const stopped = new Promise<void>((resolve) => {
    ended = resolve;
  });
  let stopping: Promise<void> | null = null;

  const breakOff = (why: BrokenOff): void => {
    if (!broken && stopping === null) heard?.brokeOff(why);
    broken = true;
  };
  worker.onmessage = ({ data }: MessageEvent<FromRecorder>) => {
    if (data.kind === 'started') begun();
    else if (data.kind === 'progress') heard?.progress(data.progress);
    else if (data.kind === 'broke-off') {
      refused(new Error('The recorder broke off before it began.'));
      breakOff(data.why);
    } else if (data.kind === 'stopped') ended();
  };
  worker.onerror = (event) => {
    console.error(event.message);
    failed = true;
    refused(new Error(event.message));
    // It may live on: what it has recorded is waited for when it is stopped.
    breakOff({ end: 'recorder-failed', code: 'UNEXPECTED', message: recorderWords.encoderBroke });
  };
  const tellMuted = (): void => post({ kind: 'camera-muted', muted: camera.muted });
  camera.addEventListener('mute', tellMuted);
  camera.addEventListener('unmute', tellMuted);

  return {
    setup,
    start(port, listener) {
      heard = listener;
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error('The recorder did not start in time.')), START_MS);
        begun = () => {
          clearTimeout(timer);
          resolve();
        };
        refused = (error) => {
          clearTimeout(timer);
          reject(error);
        };
        post({ kind: 'start', port }, [port]);
        tellMuted();
      });
    },
    addSamples: (samples) => post({ kind: 'samples', samples }),
    stop() {
      stopping ??= (async () => {
        post({ kind: 'stop' });
        await inTime(failed ? STOP_FAILED_MS : STOP_MS, stopped);
        close();
      })();
      return stopping;
    },
    close() {
      if (stopping !== null) return;
      ended();
      close();
    },
  };
}

function setupOf(inputs: RecorderInputs, { picture, sound, camera, frameRate }: Prepared): RecordingSetup {
  return {
    recorder: 'webcodecs',
    container: picture.container,
    camera: cameraSetup(inputs.camera, camera, frameRate),
    microphone: inputs.microphone && microphoneSetup(inputs.microphone),
    video: {
      codec: picture.config.codec,
      bitRate: picture.config.bitrate ?? 0,
      frameRate: picture.config.framerate ?? 0,
    },
    audio: sound && { codec: sound.config.codec, bitRate: sound.config.bitrate ?? 0 },
  };
}
