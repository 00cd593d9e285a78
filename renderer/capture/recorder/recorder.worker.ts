/** The recorder: reads camera and microphone, and makes a take, where nothing that the page does can hold it up. */
import '../../app/zodWithoutEval.ts';
import { recorderWords } from '../../../shared/words/recorder.ts';
import { recordedSize } from './codecs.ts';
import { choosePictureCodec, chooseSoundCodec } from './codecTrial.ts';
import { openPictureEncoder, type PictureEncoder } from './encoders.ts';
import { Inputs } from './inputs.ts';
import type { FromRecorder, Prepared, ToRecorder } from './messages.ts';
import { FrameCopier } from './ownFrame.ts';
import { Take } from './take.ts';

/** A camera and a microphone that were opened deliver within this time, milliseconds. */
const FIRST_PICTURE_MS = 5000;
const FIRST_SOUND_MS = 1000;
const LOOK_EVERY_MS = 20;

let inputs: Inputs | null = null;
let prepared: Prepared | null = null;
let encoder: PictureEncoder | null = null;
let take: Take | null = null;
let sample: VideoFrame | null = null;
let lostBefore: 'camera' | 'microphone' | null = null;

function say(message: FromRecorder): void {
  self.postMessage(message);
}

self.onmessage = ({ data: message }: MessageEvent<ToRecorder>) => {
  obey(message).catch((error: unknown) => {
    console.error(error);
    sayFailed(message.kind);
  });
};

/** Whoever waits for an answer gets one. */
function sayFailed(asked: ToRecorder['kind']): void {
  const why = { end: 'recorder-failed', code: 'UNEXPECTED', message: recorderWords.encoderBroke } as const;
  if (asked === 'prepare') say({ kind: 'unable', why: 'no-encoder' });
  else if (asked === 'start') say({ kind: 'broke-off', why });
  else if (asked === 'stop') say({ kind: 'stopped' });
}

async function obey(message: ToRecorder): Promise<void> {
  switch (message.kind) {
    case 'prepare':
      return prepare(message.picture, message.sound);
    case 'start':
      return start(message.port);
    case 'samples':
      return take?.addSamples(message.samples);
    case 'camera-muted':
      if (take) take.cameraMuted = message.muted;
      return;
    case 'stop':
      await take?.stop();
      inputs?.close();
      return say({ kind: 'stopped' });
  }
}

async function prepare(
  pictures: ReadableStream<VideoFrame>,
  sounds: ReadableStream<AudioData> | null,
): Promise<void> {
  inputs = new Inputs(pictures, sounds, {
    picture: async (frame) => (take === null ? keepSample(frame) : take.picture(frame)),
    sound: (data) => take?.sound(data),
    lost(which) {
      if (take === null) lostBefore ??= which;
      else take.lost(which);
    },
  });
  const [picture, channels] = [
    await first(() => sample, FIRST_PICTURE_MS),
    sounds && (await first(() => inputs?.channels ?? null, FIRST_SOUND_MS)),
  ];
  const camera = inputs.size;
  if (camera === null) return say({ kind: 'unable', why: 'no-picture' });
  const chosen = picture && (await choosePictureCodec(recordedSize(camera), picture));
  picture?.close();
  const sound = sounds && (await chooseSoundCodec(channels ?? 1));
  if (chosen === null || (sounds !== null && sound === null)) {
    chosen?.encoder.close();
    return say({ kind: 'unable', why: 'no-encoder' });
  }
  encoder = chosen.encoder;
  prepared = { picture: chosen.codec, sound, camera, frameRate: inputs.frameRate };
  say({ kind: 'prepared', prepared });
}

/** Keeps one of the first pictures, to warm up the encoder with. */
async function keepSample(frame: VideoFrame): Promise<void> {
  if (sample !== null || !inputs?.size) return;
  try {
    sample = await new FrameCopier(recordedSize(inputs.size)).copy(frame);
  } catch (error) {
    // The next one may be better.
    console.error(error);
  }
}

async function start(port: MessagePort): Promise<void> {
  if (inputs === null || prepared === null || encoder === null)
    throw new Error('A take was begun before it was prepared.');
  // One that was taken away since, as a graphics card may be, is opened anew: its first second has gaps.
  const working = encoder.works ? encoder : openPictureEncoder(prepared.picture);
  take = await Take.begin(
    { inputs, ...prepared, encoder: working, size: recordedSize(prepared.camera), port },
    {
      progress: (progress) => say({ kind: 'progress', progress }),
      brokeOff: (why) => say({ kind: 'broke-off', why }),
    },
  );
  say({ kind: 'started' });
  if (lostBefore !== null) take.lost(lostBefore);
}

/** Looks until something is there; null when it does not come in time. */
async function first<T>(look: () => T | null, patienceMs: number): Promise<T | null> {
  for (let waited = 0; waited < patienceMs; waited += LOOK_EVERY_MS) {
    const found = look();
    if (found !== null) return found;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  return null;
}
