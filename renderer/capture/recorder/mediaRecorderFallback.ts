/**
 * Records with the browser's own recorder, where ours cannot run. It leaves out frames when the computer is busy and
 * does not say how many, gives its file no length, and cuts it wherever it likes: the file is completed after the take.
 */
import type { RecordingCounts } from '../../../shared/recording/port.ts';
import {
  AUDIO_BIT_RATE,
  FRAGMENT_SECONDS,
  LONGEST_SECONDS,
  type RecordingSetup,
} from '../../../shared/recording/recording.ts';
import { recorderWords } from '../../../shared/words/recorder.ts';
import { inTime } from '../inTime.ts';
import { bitRateFor } from './codecs.ts';
import { FragmentSender, MOST_UNSAVED_SECONDS } from './fragmentSender.ts';
import { type BrokenOff, whyDiskFailed } from './messages.ts';
import { FRAMES_PER_SECOND } from './pacer.ts';
import { cameraSetup, microphoneSetup } from './setup.ts';
import { CannotRecord, type RecorderInputs, type TakeRecorder } from './takeRecorder.ts';

/** So often a part of the file is handed over, and so often there is a key frame, milliseconds. */
const SLICE_MS = Math.round(FRAGMENT_SECONDS * 1000);
const KEY_FRAME_MS = SLICE_MS;
const REPORT_MS = 500;
/** The browser's recorder begins, and ends, within this time, milliseconds; and a disk that is slow gets this much. */
const START_MS = 10_000;
const STOP_MS = 10_000;
const DISK_PATIENCE_MS = 60_000;

/** Ways to record, the best first. `codecs` as the browser and as a take's record name them. */
const KINDS = [
  { container: 'mp4', video: 'avc1.640028', audio: 'mp4a.40.2' },
  { container: 'mp4', video: 'avc1.42E028', audio: 'mp4a.40.2' },
  { container: 'mp4', video: 'avc1.640028', audio: 'opus' },
  { container: 'webm', video: 'h264', audio: 'opus' },
  { container: 'webm', video: 'vp8', audio: 'opus' },
] as const;

/** Chromium has it, TypeScript's list of options does not yet. */
interface RecorderOptions extends MediaRecorderOptions {
  readonly videoKeyFrameIntervalDuration: number;
}

/** @throws CannotRecord with a finished sentence when this browser records nothing */
export function prepareMediaRecorder({ camera, microphone }: RecorderInputs): TakeRecorder {
  const chosen =
    typeof MediaRecorder === 'undefined'
      ? undefined
      : KINDS.map((kind) => ({
          kind,
          mimeType: `video/${kind.container};codecs="${kind.video}${microphone ? `,${kind.audio}` : ''}"`,
        })).find(({ mimeType }) => MediaRecorder.isTypeSupported(mimeType));
  if (chosen === undefined) throw new CannotRecord(recorderWords.noEncoder);
  const { width = 1280, height = 720 } = camera.getSettings();
  const size = { width, height };
  const setup: RecordingSetup = {
    recorder: 'media-recorder',
    container: chosen.kind.container,
    camera: cameraSetup(camera, size, null),
    microphone: microphone && microphoneSetup(microphone),
    video: { codec: chosen.kind.video, bitRate: bitRateFor(size), frameRate: FRAMES_PER_SECOND },
    audio: microphone && { codec: chosen.kind.audio, bitRate: AUDIO_BIT_RATE },
  };
  return recorderOf(camera, microphone, chosen.mimeType, setup);
}

function recorderOf(
  camera: MediaStreamTrack,
  microphone: MediaStreamTrack | null,
  mimeType: string,
  setup: RecordingSetup,
): TakeRecorder {
  const tracks = [camera.clone(), ...(microphone ? [microphone.clone()] : [])];
  const frames = countFrames(tracks[0]);
  let sender: FragmentSender | null = null;
  let recorder: MediaRecorder | null = null;
  /** Its last part has been handed over. An encoder that fails ends it as well, and says so before that part comes. */
  let ended: Promise<unknown> = Promise.resolve();
  let beganAt = 0;
  let timer: ReturnType<typeof setInterval> | undefined;
  let brokeOff: (why: BrokenOff) => void = () => {};
  let stopping: Promise<void> | null = null;
  // Parts are read one after the other: reading one may take longer than reading the next.
  let turn = Promise.resolve();

  const seconds = (): number => (beganAt === 0 ? 0 : (performance.now() - beganAt) / 1000);
  const counts = (): RecordingCounts => ({
    seconds: seconds(),
    delivered: frames.count(),
    written: null,
    dropped: null,
    repeated: null,
    soundOffsetMs: null,
  });
  const letGo = (): void => {
    clearInterval(timer);
    frames.close();
    for (const track of tracks) track.stop();
    sender?.close();
  };
  const breakOff = (why: BrokenOff): void => {
    if (stopping !== null) return;
    stopping = stop();
    brokeOff(why);
  };
  const stop = async (): Promise<void> => {
    if (recorder !== null && recorder.state !== 'inactive') recorder.stop();
    await inTime(STOP_MS, ended);
    await inTime(
      DISK_PATIENCE_MS,
      turn.then(() => sender?.drained()),
    );
    letGo();
  };

  return {
    setup,
    async start(port, heard) {
      brokeOff = heard.brokeOff;
      sender = new FragmentSender(port, {
        stop: () => breakOff({ end: 'disk-full' }),
        failed: (code, message) => breakOff(whyDiskFailed(code, message)),
      });
      const options: RecorderOptions = {
        mimeType,
        videoBitsPerSecond: setup.video.bitRate,
        audioBitsPerSecond: AUDIO_BIT_RATE,
        videoKeyFrameIntervalDuration: KEY_FRAME_MS,
      };
      const begun = new MediaRecorder(new MediaStream(tracks), options);
      recorder = begun;
      ended = new Promise((resolve) => begun.addEventListener('stop', resolve, { once: true }));
      begun.ondataavailable = ({ data }) => {
        if (data.size === 0) return;
        const now = counts();
        turn = turn
          .then(async () => sender?.send(await data.arrayBuffer(), now))
          .catch((error: unknown) => console.error(error));
      };
      begun.onerror = () =>
        breakOff({ end: 'recorder-failed', code: 'UNEXPECTED', message: recorderWords.encoderBroke });
      tracks[0]?.addEventListener('ended', () => breakOff({ end: 'camera-lost' }));
      tracks[1]?.addEventListener('ended', () => breakOff({ end: 'microphone-lost' }));
      timer = setInterval(() => {
        if (seconds() >= LONGEST_SECONDS) breakOff({ end: 'longest' });
        const secondsUnsaved = Math.max(0, seconds() - (sender?.savedSeconds ?? 0));
        // This recorder cannot leave out frames until the disk answers: it would fill the memory.
        if (secondsUnsaved >= MOST_UNSAVED_SECONDS)
          breakOff(whyDiskFailed('RECORDING_WRITE_FAILED', recorderWords.diskSilent));
        heard.progress({
          seconds: seconds(),
          dropped: null,
          repeated: null,
          bytesWritten: sender?.bytesWritten ?? 0,
          freeBytes: sender?.freeBytes ?? 0,
          secondsUnsaved,
        });
      }, REPORT_MS);
      const started = new Promise<void>((resolve) => {
        begun.onstart = () => {
          beganAt = performance.now();
          resolve();
        };
      });
      begun.start(SLICE_MS);
      if (!(await inTime(START_MS, started))) throw new Error('The recorder did not start in time.');
    },
    addSamples: (samples) => sender?.sendSamples(samples),
    stop() {
      stopping ??= stop();
      return stopping;
    },
    close() {
      if (stopping === null) letGo();
    },
  };
}

/** Counts what the camera delivers, by what a video of it shows. The recorder itself says nothing of its frames. */
function countFrames(track: MediaStreamTrack | undefined): { count(): number; close(): void } {
  const video = document.createElement('video');
  video.muted = true;
  video.srcObject = track === undefined ? null : new MediaStream([track]);
  let shown = 0;
  let asked = 0;
  const next = (_now: number, { presentedFrames }: VideoFrameCallbackMetadata): void => {
    shown = presentedFrames;
    asked = video.requestVideoFrameCallback(next);
  };
  asked = video.requestVideoFrameCallback(next);
  // A page that may not play counts nothing, and records all the same.
  video.play().catch(() => {});
  return {
    count: () => shown,
    close() {
      video.cancelVideoFrameCallback(asked);
      video.srcObject = null;
    },
  };
}
