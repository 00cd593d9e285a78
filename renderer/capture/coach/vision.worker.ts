/** Looks at the camera, away from the window: takes the frames that are due, and says what is seen in them. */
import type { Shot } from '../../../shared/domain/report.ts';
import { FRAMING } from '../../../shared/quality/limits.ts';
import { lookAt } from '../../../shared/quality/lookAt.ts';
import type { FaceFinder } from '../../../shared/quality/seeing.ts';
import { createCameraRate } from './cameraRate.ts';
import { loadFaceFinder } from './faceFinder.ts';
import { createFrameCopier } from './framePixels.ts';
import type { Attention, FromEyes, ToEyes } from './messages.ts';
import { createPace } from './pace.ts';

/** Six times a second while framing; while recording, the encoder needs the processor. */
const INTERVAL_MS: Readonly<Record<Attention, number>> = { framing: 1000 / 6, recording: 600 };
/** Hands are looked for in about every third of those frames … */
const HANDS_INTERVAL_MS: Readonly<Record<Attention, number>> = { framing: 450, recording: 1700 };
/** … and where they take long, less often still: faces come first. */
const HANDS_SHARE = 0.25;
/** How often the rate of the camera is told, and that it gives anything. */
const CAMERA_EVERY_MS = 1000;
/** A frame that cannot be looked at is let go; so many in a row, and nothing can be looked at any more. */
const MOST_BAD_FRAMES = 10;

const pace = createPace(INTERVAL_MS.framing);
const handsPace = createPace(HANDS_INTERVAL_MS.framing);
const cameraPace = createPace(CAMERA_EVERY_MS);
const signPace = createPace(CAMERA_EVERY_MS);
const rate = createCameraRate();
const copy = createFrameCopier();
let shot: Shot = 'head-and-shoulders';
let attention: Attention = 'framing';
let badFrames = 0;

const say = (message: FromEyes): void => postMessage(message);
const fail = (reason: unknown): void => say({ kind: 'failed', reason: String(reason) });

addEventListener('message', ({ data }: MessageEvent<ToEyes>) => {
  switch (data.kind) {
    case 'start':
      shot = data.shot;
      attend(data.attention);
      watch(data).catch(fail);
      break;
    case 'attend':
      attend(data.attention);
      break;
    case 'shot':
      shot = data.shot;
      break;
  }
});

function attend(next: Attention): void {
  attention = next;
  pace.setInterval(INTERVAL_MS[attention]);
  handsPace.setInterval(HANDS_INTERVAL_MS[attention]);
}

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
    if (signPace.isDue(nowMs)) say({ kind: 'saw' });
    const framesPerSecond = rate.framesPerSecond();
    if (framesPerSecond !== null && cameraPace.isDue(nowMs))
      say({ kind: 'camera', sample: { atSeconds, framesPerSecond, width, height } });
    if (finder !== null && !rate.wantsToWatch() && pace.isDue(nowMs))
      await tryToLook(frame, finder, atSeconds);
    else frame.close();
  }
}

/** @throws {unknown} what is wrong when it is so with one frame after the other */
async function tryToLook(frame: VideoFrame, finder: FaceFinder, atSeconds: number): Promise<void> {
  try {
    await look(frame, finder, atSeconds);
    badFrames = 0;
  } catch (reason) {
    badFrames += 1;
    if (badFrames >= MOST_BAD_FRAMES) throw reason;
  }
}

/** The frame is closed before anything is looked for in it. */
async function look(frame: VideoFrame, finder: FaceFinder, atSeconds: number): Promise<void> {
  const begun = performance.now();
  const pixels = await copy(frame).finally(() => frame.close());
  const withHands = FRAMING[shot].hands && handsPace.isDue(begun);
  const seen = await lookAt(pixels, finder, withHands);
  const milliseconds = performance.now() - begun;
  if (withHands) handsPace.setInterval(Math.max(HANDS_INTERVAL_MS[attention], milliseconds / HANDS_SHARE));
  rate.lookedAway();
  say({ kind: 'frame', sample: { atSeconds, ...seen }, milliseconds });
}
