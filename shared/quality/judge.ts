/** What is wrong with a moment: every figure against its limit. Used live and offline, so that both say the same. */
import type { Shot } from '../domain/report.ts';
import { ADVICE_CODES, type AdviceCode, adviceKind } from './advice.ts';
import { crownOf } from './framing.ts';
import { FRAMING, LIMITS } from './limits.ts';
import type { Box, CameraSample, Face, FrameSample, Light } from './observation.ts';
import type { SoundFacts } from './soundFacts.ts';

/** `framing`: somebody who sets the stage, and sits still. `recording`: somebody who talks. */
export type Mode = 'framing' | 'recording';

/**
 * How far a figure is on the way to its limit and beyond: 0 is as good as can be, 1 is the limit, above is trouble.
 * Codes that cannot be told at the moment are missing.
 */
export type Amounts = Partial<Record<AdviceCode, number>>;

/** One thing that is wrong. */
export interface Trouble {
  readonly code: AdviceCode;
  readonly severity: 'fail' | 'warn' | 'info';
  /** Above 1, or within the reserve of its limit; see `Amounts`. */
  readonly amount: number;
}

/** What a frame is measured against besides its own limits. */
export interface FrameContext {
  readonly shot: Shot;
  readonly mode: Mode;
  /** Sharpness of the take's best frame with the face as large as now; null while there is none. */
  readonly bestSharpness: number | null;
}

/** Everything that is wrong with one frame, the most important first. */
export function judgeFrame(sample: FrameSample, context: FrameContext): Trouble[] {
  return troublesOf(forMode(scoreFrame(sample, context), context.mode));
}

/** What is wrong with what the camera delivers. */
export function judgeCamera(camera: CameraSample): Trouble[] {
  return troublesOf(scoreCamera(camera));
}

/** What is wrong with what was heard of late. */
export function judgeSound(facts: SoundFacts, mode: Mode): Trouble[] {
  return troublesOf(forMode(scoreSound(facts), mode));
}

/** Codes beyond their limit, the most important first. */
function troublesOf(amounts: Amounts): Trouble[] {
  return listed(amounts).filter(({ amount }) => amount > 1);
}

/** Every code that there is an amount of as a trouble, the most important first. */
export function listed(amounts: Amounts): Trouble[] {
  return ADVICE_CODES.flatMap((code) => {
    const amount = amounts[code];
    return amount === undefined ? [] : [{ code, severity: adviceKind(code).severity, amount }];
  });
}

/** Leaves out what does not help while recording, and widens the limits of the rest. */
export function forMode(amounts: Amounts, mode: Mode): Amounts {
  if (mode === 'framing') return amounts;
  const kept: Amounts = {};
  for (const code of ADVICE_CODES) {
    const amount = amounts[code];
    const widening = adviceKind(code).whileRecording;
    if (amount !== undefined && widening !== null) kept[code] = amount / widening;
  }
  return kept;
}

/** Anything above 1 will do for what either is so or not. */
const YES = 2;
const yesNo = (is: boolean): number => (is ? YES : 0);

/** Every figure of a frame against its limit. */
export function scoreFrame(sample: FrameSample, { shot, mode, bestSharpness }: FrameContext): Amounts {
  const [face, ...others] = sample.faces;
  if (face === undefined) return { NO_FACE: YES };
  return {
    NO_FACE: 0,
    SECOND_PERSON: secondPerson(face, others),
    ...scorePosition(face, shot),
    ...scoreEyes(face, sample, shot),
    ...scorePose(face, mode),
    ...(sample.light === null ? {} : scoreLight(sample.light, bestSharpness)),
    ...scoreHands(sample, shot),
  };
}

function secondPerson(face: Face, others: readonly Face[]): number {
  const counting = others.filter(({ score }) => score >= LIMITS.secondFaceScore.value);
  const largest = Math.max(0, ...counting.map(({ box }) => box.height));
  return largest / face.box.height / LIMITS.secondFaceHeight.value;
}

function scorePosition({ box }: Face, shot: Shot): Amounts {
  const { faceHeight } = FRAMING[shot];
  const offset = (box.x + box.width / 2 - 0.5) / LIMITS.faceOffset.value;
  return {
    // Left in the picture is right in the mirrored preview, and for the person.
    MOVE_LEFT: Math.max(0, -offset),
    MOVE_RIGHT: Math.max(0, offset),
    TOO_FAR: faceHeight.least / box.height,
    TOO_CLOSE: box.height / faceHeight.most,
    HEAD_CUT: Math.max(0, 1 + (LIMITS.headroom.value - crownOf(box)) / HEADROOM_SCALE),
  };
}

/** Share of the frame's height that counts as one more whole amount of missing headroom. */
const HEADROOM_SCALE = 0.1;

function scoreEyes({ eyes }: Face, sample: FrameSample, shot: Shot): Amounts {
  const { eyeLine, eyeDistance } = FRAMING[shot];
  const amounts: Amounts = {};
  if (eyeLine !== null) {
    const middle = (eyeLine.least + eyeLine.most) / 2;
    const off = ((eyes.left.y + eyes.right.y) / 2 - middle) / ((eyeLine.most - eyeLine.least) / 2);
    amounts.MOVE_UP = Math.max(0, off);
    amounts.MOVE_DOWN = Math.max(0, -off);
  }
  if (eyeDistance !== null) {
    const across = (eyes.right.x - eyes.left.x) * sample.width;
    const down = (eyes.right.y - eyes.left.y) * sample.height;
    amounts.EYES_SMALL = eyeDistance / Math.max(1, Math.hypot(across, down));
  }
  return amounts;
}

function scorePose({ pose }: Face, mode: Mode): Amounts {
  const limit = (mode === 'framing' ? LIMITS.headPoseFraming : LIMITS.headPoseRecording).value;
  return {
    // A face turned to the picture's right looks to the person's left: they turn right.
    TURN_RIGHT: Math.max(0, pose.yaw / limit),
    TURN_LEFT: Math.max(0, -pose.yaw / limit),
    CHIN_DOWN: Math.max(0, pose.pitch / limit),
    CHIN_UP: Math.max(0, -pose.pitch / limit),
    HEAD_TILTED: Math.abs(pose.roll) / limit,
  };
}

/** By which share of the face's brightness its cheeks differ; null where they are not both seen. */
export function cheeksApart({ cheekDifference, faceMean }: Light): number | null {
  return cheekDifference === null ? null : Math.abs(cheekDifference) / Math.max(0.01, faceMean);
}

function scoreLight(light: Light, bestSharpness: number | null): Amounts {
  const amounts: Amounts = {
    // Roots, because shares grow so much faster than the trouble that they stand for.
    TOO_DARK: Math.max(
      LIMITS.darkFace.value / Math.max(0.01, light.faceMean),
      Math.sqrt(light.underShare / LIMITS.underExposed.value),
    ),
    TOO_BRIGHT: Math.max(
      light.faceMean / LIMITS.brightFace.value,
      Math.sqrt(light.overShare / LIMITS.overExposed.value),
    ),
    BACKLIGHT: Math.max(0, light.backgroundStops / LIMITS.backlight.value),
  };
  if (light.evenness !== null && light.cheekDifference !== null) {
    const apart = cheeksApart(light) ?? 0;
    const uneven = Math.min(
      (1 - light.evenness) / (1 - LIMITS.evenness.value),
      apart / LIMITS.unevenness.value,
    );
    // The picture's left cheek is the person's right one.
    amounts.LIGHT_FROM_RIGHT = light.cheekDifference > 0 ? uneven : 0;
    amounts.LIGHT_FROM_LEFT = light.cheekDifference > 0 ? 0 : uneven;
  }
  if (light.shadowEdge !== null) amounts.HARSH_SHADOW = light.shadowEdge / LIMITS.shadowEdge.value;
  if (bestSharpness !== null)
    amounts.BLURRED = (LIMITS.sharpnessLeft.value * bestSharpness) / Math.max(0.01, light.sharpness);
  return amounts;
}

/** Share of the frame that counts as one more whole amount of a hand that is cut off. */
const HAND_SCALE = 0.05;

/** The hands of a frame against their limits; nothing where they were not looked for or do not belong to the shot. */
export function scoreHands({ hands: found, faces: [face] }: FrameSample, shot: Shot): Amounts {
  if (found === null || face === undefined || !FRAMING[shot].hands) return {};
  const hands = found.filter(({ score }) => score >= LIMITS.handScore.value);
  if (hands.length === 0) return { HANDS_UNSEEN: YES, HANDS_CUT: 0, HANDS_BEFORE_FACE: 0 };
  const margin = Math.min(...hands.map(({ box }) => marginOf(box)));
  const covered = hands.reduce((sum, { box }) => sum + sharedArea(box, face.box), 0);
  return {
    HANDS_UNSEEN: 0,
    HANDS_CUT: Math.max(0, 1 + (LIMITS.handsMargin.value - margin) / HAND_SCALE),
    HANDS_BEFORE_FACE: covered / (face.box.width * face.box.height) / LIMITS.handsOverFace.value,
  };
}

/** Smallest distance of a box from the edge of the frame; negative outside. */
function marginOf({ x, y, width, height }: Box): number {
  return Math.min(x, y, 1 - x - width, 1 - y - height);
}

function sharedArea(one: Box, other: Box): number {
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  return Math.max(0, width) * Math.max(0, height);
}

/** Every figure of the camera against its limit. */
export function scoreCamera({ width, height, framesPerSecond }: CameraSample): Amounts {
  const shortSide = Math.min(width, height);
  // Less than one is no rate: the camera has only just begun, or gives nothing, which is said elsewhere.
  const slowness = (limit: number) => (framesPerSecond < 1 ? 0 : limit / framesPerSecond);
  return {
    CAMERA_TOO_SMALL: yesNo(shortSide < LIMITS.smallestShortSide.value),
    CAMERA_SMALL: yesNo(shortSide < LIMITS.smallShortSide.value),
    CAMERA_SLOW: slowness(LIMITS.slowCamera.value),
    CAMERA_RATE_LOW: slowness(LIMITS.frameRate.value - LIMITS.frameRateTolerance.value),
  };
}

/** Decibels that count as one more whole amount. */
const DECIBEL_SCALE = 10;
const above = (value: number, limit: number): number => Math.max(0, 1 + (value - limit) / DECIBEL_SCALE);

/** Every figure of what was heard against its limit. */
export function scoreSound(facts: SoundFacts): Amounts {
  if (facts.input === 'muted') return { MICROPHONE_MUTED: YES };
  if (facts.input === 'none') return { NO_SOUND: YES };
  const amounts: Amounts = {
    MICROPHONE_MUTED: 0,
    NO_SOUND: 0,
    CLIPPING: facts.clippedWindows / LIMITS.clippedWindows.value,
  };
  const peaks = facts.loudWindows / LIMITS.loudWindows.value;
  // Before a voice was heard, nothing is known of it but that it is far too loud.
  if (peaks > 1) amounts.VOICE_LOUD = peaks;
  if (facts.room?.steady === true) amounts.ROOM_NOISE = above(facts.room.floorDbfs, LIMITS.noisyRoom.value);
  if (facts.voiceDbfs !== null) {
    amounts.SAY_SOMETHING = 0;
    amounts.VOICE_QUIET = above(-facts.voiceDbfs, -LIMITS.quietVoice.value);
    amounts.VOICE_LOUD = Math.max(peaks, above(facts.voiceDbfs, LIMITS.loudVoice.value));
  } else if (facts.room !== null) {
    // Whoever is silent is not too quiet: first they are asked to speak.
    amounts.SAY_SOMETHING = YES;
  }
  return amounts;
}
