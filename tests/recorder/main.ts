/** The page of the recorder's tests: the window's own recorder, a fake camera, and a disk that is this page's server. */
import '../../renderer/app/zodWithoutEval.ts';
import { constraintsFor } from '../../renderer/capture/devices/constraints.ts';
import { prepareMediaRecorder } from '../../renderer/capture/recorder/mediaRecorderFallback.ts';
import type { BrokenOff } from '../../renderer/capture/recorder/messages.ts';
import { prepareRecorder } from '../../renderer/capture/recorder/recorder.ts';
import {
  type FromStore,
  type RecordingCounts,
  type StageSample,
  ToStoreSchema,
} from '../../shared/recording/port.ts';
import type { RecordingSetup } from '../../shared/recording/recording.ts';

export interface Wanted {
  readonly seconds: number;
  readonly recorder?: 'webcodecs' | 'media-recorder';
  /** The recorder's worker has no encoder of the codecs whose names begin so. */
  readonly without?: readonly string[];
  /** From the first second on the page stands still for so long. */
  readonly blockSeconds?: number;
  /** The third fragment is stored so late. */
  readonly stallSeconds?: number;
  /** Instead of the camera a picture that stands still two seconds into the take, as a camera does that hangs. */
  readonly cameraHangs?: boolean;
  /** The disk says that it is full after so many fragments. */
  readonly fullAfter?: number;
}

export interface Recorded {
  readonly setup: RecordingSetup;
  readonly counts: RecordingCounts | null;
  readonly sequences: readonly number[];
  readonly samples: readonly StageSample[];
  readonly broke: BrokenOff | null;
  readonly stopMs: number;
  readonly longestUnsaved: number;
}

const pause = (seconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, seconds * 1000));

/** The page stands still, and the processor is free for everybody else. */
function block(seconds: number): void {
  const request = new XMLHttpRequest();
  request.open('GET', `/wait/${seconds * 1000}`, false);
  request.send();
}

/** Stores what comes under this name, in order, each before it says so. */
function openDisk(name: string, { stallSeconds = 0, fullAfter }: Wanted) {
  const { port1, port2 } = new MessageChannel();
  const disk = {
    port: port1,
    sequences: [] as number[],
    samples: [] as StageSample[],
    counts: null as RecordingCounts | null,
  };
  let bytesWritten = 0;
  let turn = Promise.resolve();
  const answer = (message: FromStore): void => port2.postMessage(message);
  port2.onmessage = ({ data }: MessageEvent<unknown>) => {
    const sent = ToStoreSchema.parse(data);
    if (sent.kind === 'samples') {
      disk.samples.push(...sent.samples);
      return;
    }
    turn = turn.then(async () => {
      if (sent.sequence === 2) await pause(stallSeconds);
      await fetch(`/store/${name}`, { method: 'POST', body: sent.bytes });
      bytesWritten += sent.bytes.byteLength;
      disk.sequences.push(sent.sequence);
      disk.counts = sent.counts;
      answer({ kind: 'stored', sequence: sent.sequence, bytesWritten, freeBytes: 1e12 });
      if (disk.sequences.length === fullAfter) answer({ kind: 'stop', reason: 'disk-full' });
    });
  };
  return disk;
}

/** Stands still once it is told to. */
function hangingCamera(): { readonly stream: MediaStream; hang(): void } {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { alpha: false });
  let drawn = 0;
  let hangs = false;
  const draw = (): void => {
    if (context === null || hangs) return;
    drawn = (drawn + 1) % 256;
    context.fillStyle = `rgb(${drawn} 90 ${255 - drawn})`;
    context.fillRect(0, 0, canvas.width, canvas.height);
    setTimeout(draw, 1000 / 30);
  };
  draw();
  return {
    stream: canvas.captureStream(30),
    hang() {
      hangs = true;
    },
  };
}

/** Until the returned function is called, workers run in a browser that lacks these codecs. */
function lackCodecs(codecs: readonly string[]): () => void {
  const Original = window.Worker;
  window.Worker = class extends Original {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(`/without/${codecs.join(',')}${new URL(url, window.location.href).pathname}`, options);
    }
  };
  return () => {
    window.Worker = Original;
  };
}

const api = {
  async record(name: string, wanted: Wanted): Promise<Recorded> {
    const [video = true] = constraintsFor('camera', null);
    const [audio = true] = constraintsFor('microphone', null);
    const stream = await navigator.mediaDevices.getUserMedia({ video, audio });
    // As on the stage, the picture is seen while it is recorded.
    const preview = document.createElement('video');
    preview.srcObject = stream;
    preview.muted = true;
    document.body.append(preview);
    await preview.play();
    const hanging = wanted.cameraHangs ? hangingCamera() : null;
    const [camera] = (hanging?.stream ?? stream).getVideoTracks();
    const [microphone] = stream.getAudioTracks();
    if (camera === undefined || microphone === undefined) throw new Error('There is no camera here.');
    const prepare = wanted.recorder === 'media-recorder' ? prepareMediaRecorder : prepareRecorder;
    const haveAll = wanted.without === undefined ? () => {} : lackCodecs(wanted.without);
    const recorder = await prepare({ camera, microphone });
    haveAll();
    await pause(1);

    const disk = openDisk(name, wanted);
    let longestUnsaved = 0;
    const broken = new Promise<BrokenOff>((resolve) => {
      const started = recorder.start(disk.port, {
        progress: ({ secondsUnsaved }) => {
          longestUnsaved = Math.max(longestUnsaved, secondsUnsaved);
        },
        brokeOff: resolve,
      });
      if (hanging !== null) void started.then(() => pause(2)).then(hanging.hang);
    });
    recorder.addSamples([{ kind: 'advice', atSeconds: 0, code: null }]);
    const { blockSeconds = 0 } = wanted;
    const over = (async () => {
      await pause(1);
      if (blockSeconds > 0) block(blockSeconds);
      await pause(wanted.seconds - 1 - blockSeconds);
      return null;
    })();
    const broke = await Promise.race([broken, over]);
    const begun = performance.now();
    await recorder.stop();
    const stopMs = performance.now() - begun;
    for (const track of stream.getTracks()) track.stop();
    preview.remove();
    const { sequences, samples, counts } = disk;
    return { setup: recorder.setup, counts, sequences, samples, broke, stopMs, longestUnsaved };
  },
};

export type RecorderPage = typeof api;
declare global {
  interface Window {
    recorder: RecorderPage;
  }
}
window.recorder = api;
