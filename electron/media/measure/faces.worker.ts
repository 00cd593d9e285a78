/** Looks at a take's frames, apart from the thread that answers the window. It has no network and reads no files. */
import './facesRuntime.ts';
import { parentPort } from 'node:worker_threads';
import { Human } from '@vladmandic/human';
import type { Turn } from '../../../shared/domain/review.ts';
import { createFaceFinder, finderConfiguration } from '../../../shared/quality/faceFinder.ts';
import { detectorFrame, lookAt, WHOLE } from '../../../shared/quality/lookAt.ts';
import type { Box, Point } from '../../../shared/quality/observation.ts';
import type { PictureSample } from '../../../shared/quality/observations.ts';
import { cutPlanar, type PlanarPicture } from '../../../shared/quality/planarPixels.ts';
import { turnedFurther, turnedSize } from '../../../shared/quality/reframe.ts';
import { DETECTOR_LONG_SIDE } from '../../../shared/quality/sampling.ts';
import type { FaceFinder, FramePixels } from '../../../shared/quality/seeing.ts';
import type { FrameToLookAt, FromFaces, Landmarks, OverallLook, ToFaces } from './facesMessages.ts';
import { MODELS_ADDRESS, serveModels } from './facesRuntime.ts';
import type { FullFrame } from './framesReader.ts';
import { BarFinder } from './pictureBars.ts';
import { hasCombs } from './pictureCombs.ts';
import { type LumaPlane, smaller } from './picturePlane.ts';
import { backgroundShift } from './pictureShift.ts';
import { textShare } from './pictureText.ts';
import { turnedPixels } from './pictureTurn.ts';
import { OTHER_TURNS, type TurnedScores, UprightFinder } from './pictureUpright.ts';

type Pixels = Omit<FullFrame, 'atSeconds'>;

/** What is remembered from frame to frame. */
interface Memory {
  readonly bars: BarFinder;
  readonly upright: UprightFinder;
  frames: number;
  combed: number;
  before: { readonly small: LumaPlane; readonly faces: readonly Box[] } | null;
}

const emptyMemory = (): Memory => ({
  bars: new BarFinder(),
  upright: new UprightFinder(),
  frames: 0,
  combed: 0,
  before: null,
});

let finder: Promise<FaceFinder> | null = null;
let memory = emptyMemory();
/** How far pictures are turned before anybody is looked for in them. */
let clockwise: Turn = 0;
/** One message after the other. */
let turn: Promise<void> = Promise.resolve();

const say = (message: FromFaces): void => parentPort?.postMessage(message);

parentPort?.on('message', (message: ToFaces) => {
  turn = turn
    .then(() => answer(message))
    .catch((error: unknown) => say({ kind: 'failed', reason: String(error) }));
});

async function answer(message: ToFaces): Promise<void> {
  switch (message.kind) {
    case 'begin':
      clockwise = message.turn;
      serveModels(message.files);
      finder = createFaceFinder(new Human(finderConfiguration(MODELS_ADDRESS)));
      await finder;
      break;
    case 'look':
      say({ kind: 'seen', id: message.id, sample: await look(message.frame, await ready()) });
      break;
    case 'find':
      say({ kind: 'found', id: message.id, landmarks: await find(message.pixels, await ready()) });
      break;
    case 'sum-up':
      say({ kind: 'summed-up', id: message.id, look: sumUp() });
      break;
    case 'again':
      memory = emptyMemory();
      break;
  }
}

async function ready(): Promise<FaceFinder> {
  if (finder === null) throw new Error('The models have not come.');
  return finder;
}

async function look(frame: FrameToLookAt, faceFinder: FaceFinder): Promise<PictureSample> {
  const { atSeconds, shownWidth, shownHeight } = frame;
  // Bars and combs are those of the file.
  const stored = lumaOf(frame.pixels);
  memory.bars.add(stored);
  memory.frames += 1;
  if (hasCombs(stored)) memory.combed += 1;
  const turned = turnedPixels(frame.pixels, clockwise);
  const seen = await lookAt(pixelsOf(turned), faceFinder, frame.withHands);
  if (memory.upright.wantsMore(seen.faces[0]?.score ?? 0))
    memory.upright.add(await turnedScores(turned, faceFinder));
  const luma = lumaOf(turned);
  const small = smaller(luma, DETECTOR_LONG_SIDE);
  const faces = seen.faces.map(({ box }) => box);
  const { before } = memory;
  memory.before = { small, faces };
  return {
    frame: { ...seen, atSeconds, ...turnedSize({ width: shownWidth, height: shownHeight }, clockwise) },
    textShare: faces[0] === undefined ? null : textShare(luma, faces[0]),
    backgroundShift:
      before === null ? null : backgroundShift(before.small, small, [...before.faces, ...faces]),
  };
}

/** How sure the detector is of a face in each of the other ways up. */
async function turnedScores(pixels: Pixels, faceFinder: FaceFinder): Promise<TurnedScores> {
  const scores = { 90: 0, 180: 0, 270: 0 };
  for (const turn of OTHER_TURNS) {
    const [first] = await faceFinder.faces(detectorFrame(pixelsOf(turnedPixels(pixels, turn))), WHOLE);
    scores[turn] = first?.face.score ?? 0;
  }
  return scores;
}

async function find(frame: Pixels, faceFinder: FaceFinder): Promise<Landmarks> {
  const pixels = pixelsOf(turnedPixels(frame, clockwise));
  const whole = { x: 0, y: 0, width: pixels.width, height: pixels.height };
  const picture = pixels.cut(whole, pixels.width, pixels.height);
  const [first] = await faceFinder.faces(picture, WHOLE);
  if (first === undefined) return null;
  const place = ({ x, y }: Point) => ({ x: x * pixels.width, y: y * pixels.height });
  const left = place(first.face.eyes.left);
  const right = place(first.face.eyes.right);
  return { points: first.points.map(place), eyeDistance: Math.hypot(right.x - left.x, right.y - left.y) };
}

/** Of the file's picture, however it was turned before it was looked at. */
function uprightTurn(): Turn | null {
  const further = memory.upright.turn();
  return further === null ? null : turnedFurther(clockwise, further);
}

function sumUp(): OverallLook {
  return {
    letterbox: memory.bars.picture(),
    interlacedShare: memory.frames === 0 ? null : memory.combed / memory.frames,
    uprightTurn: uprightTurn(),
  };
}

function pixelsOf({ width, height, bytes }: Pixels): FramePixels {
  const colourWidth = Math.ceil(width / 2);
  const colourBytes = colourWidth * Math.ceil(height / 2);
  const picture: PlanarPicture = {
    bytes,
    planes: [
      { offset: 0, stride: width },
      { offset: width * height, stride: colourWidth },
      { offset: width * height + colourBytes, stride: colourWidth },
    ],
    format: 'I420',
    colorSpace: { matrix: 'bt709', fullRange: false },
  };
  return { width, height, cut: (...part) => cutPlanar(picture, ...part) };
}

const lumaOf = ({ width, height, bytes }: Pixels): LumaPlane => ({
  width,
  height,
  bytes: bytes.subarray(0, width * height),
});
