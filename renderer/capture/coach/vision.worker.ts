/** Looks at the camera, away from the window: takes the frames that are due, and says what is seen in them. */
import type { Shot } from '../../../shared/domain/report.ts';
import { createCameraRate } from './cameraRate.ts';
import { type FaceFinder, loadFaceFinder } from './faceFinder.ts';
import { createFrameCopier } from './framePixels.ts';
import { lookAt } from './lookAt.ts';
import type { Attention, FromEyes, ToEyes } from './messages.ts';
import { createPace } from './pace.ts';

/** Six times a second while framing; while recording, the encoder needs the processor. */
const INTERVAL_MS: Readonly<Record<Attention, number>> = { framing: 1000 / 6, recording: 600 };
/** Hands are looked for in every third of the frames that are looked at. */
const HANDS_EVERY = 3;
/** How often the rate of the camera is told. */
const CAMERA_EVERY_MS = 1000;

const pace = createPace(INTERVAL_MS.framing);
const cameraPace = createPace(CAMERA_EVERY_MS);
const rate = createCameraRate();
const copy = createFrameCopier();
let shot: Shot = 'head-and-shoulders';
let looks = 0;

const say = (message: FromEyes): void => postMessage(message);
const fail = (reason: unknown): void => say({ kind: 'failed', reason: String(reason) });

addEventListener('message', ({ data }: MessageEvent<ToEyes>) => {
  switch (data.kind) {
    case 'start':
      shot = data.shot;
      pace.setInterval(INTERVAL_MS[data.attention]);
      watch(data).catch(fail);
      break;
    case 'attend':
      pace.setInterval(INTERVAL_MS[data.attention]);
      break;
    case 'shot':
      shot = data.shot;
      break;
  }
});

/** Ends with the camera. While the models load, frames are let go: the camera has only a few to fill. */
async function watch({ frames, vision, timeOrigin }: Extract<ToEyes, { kind: 'start' }>): Promise<void> {
  let finder: FaceFinder | null = null;
  loadFaceFinder(vision).then((loaded) => {
    finder = loaded;
  }, fail);
  const reader = frames.getReader();
  for (;;) {
    const { value: frame } = await reader.read();
    if (frame === undefined) return;
    const nowMs = performance.now();
    const atSeconds = (performance.timeOrigin + nowMs - timeOrigin) / 1000;
    const { displayWidth: width, displayHeight: height, timestamp } = frame;
    rate.saw(timestamp);
    const framesPerSecond = rate.framesPerSecond();
    if (framesPerSecond !== null && cameraPace.isDue(nowMs))
      say({ kind: 'camera', sample: { atSeconds, framesPerSecond, width, height } });
    if (finder !== null && pace.isDue(nowMs)) await look(frame, finder, atSeconds);
    else frame.close();
  }
}

/** The frame is closed before anything is looked for in it. */
async function look(frame: VideoFrame, finder: FaceFinder, atSeconds: number): Promise<void> {
  const begun = performance.now();
  const pixels = await copy(frame).finally(() => frame.close());
  const seen = await lookAt(pixels, finder, { shot, withHands: looks % HANDS_EVERY === 0 });
  looks += 1;
  rate.lookedAway();
  say({ kind: 'frame', sample: { atSeconds, ...seen }, milliseconds: performance.now() - begun });
}
