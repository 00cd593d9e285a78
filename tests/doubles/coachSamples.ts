/** Frames and sounds that are good in everything but what a test changes. */
import type { Shot } from '../../shared/domain/report.ts';
import type { Box, Face, FrameSample, Hand, Light, SoundSample } from '../../shared/quality/observation.ts';

export const GOOD_LIGHT: Light = {
  faceMean: 0.5,
  overShare: 0.001,
  underShare: 0.01,
  evenness: 0.7,
  cheekDifference: 0.01,
  shadowEdge: 0.15,
  backgroundMean: 0.45,
  backgroundStops: -0.3,
  sharpness: 100,
};

/** What a test changes. Shares of the frame and degrees, as in observation.ts. */
export interface FrameChange {
  readonly centre?: number;
  readonly faceHeight?: number;
  readonly eyeLine?: number;
  readonly yaw?: number;
  readonly pitch?: number;
  readonly roll?: number;
  readonly width?: number;
  readonly height?: number;
  readonly light?: Partial<Light>;
  /** Height of a second face as a share of the first one's, and its score. */
  readonly second?: { readonly height: number; readonly score: number };
  readonly hands?: readonly Hand[] | null;
  readonly nobody?: boolean;
}

const FACE_HEIGHT = {
  'head-and-shoulders': 0.32,
  'waist-up': 0.17,
  'full-body': 0.09,
} as const satisfies Record<Shot, number>;
const EYE_LINE = {
  'head-and-shoulders': 0.37,
  'waist-up': 0.37,
  'full-body': 0.15,
} as const satisfies Record<Shot, number>;

/** Proportions of the face mesh on most people. */
const EYES_DOWN = 0.32;
const EYE_DISTANCE = 0.36;
const ASPECT = 0.84;

/** Two hands low in the picture. */
export const GOOD_HANDS: readonly Hand[] = [
  { box: { x: 0.35, y: 0.75, width: 0.06, height: 0.1 }, score: 0.8 },
  { box: { x: 0.6, y: 0.75, width: 0.06, height: 0.1 }, score: 0.8 },
];

export function frameOf(shot: Shot, change: FrameChange = {}, atSeconds = 0): FrameSample {
  const { width = 1920, height = 1080, second, nobody = false } = change;
  const first = faceAt(shot, change, width, height);
  const others: Face[] =
    second === undefined ? [] : [{ ...first, score: second.score, box: scaled(first.box, second.height) }];
  return {
    atSeconds,
    width,
    height,
    faces: nobody ? [] : [first, ...others],
    hands: handsOf(shot, change),
    light: nobody ? null : { ...GOOD_LIGHT, ...change.light },
  };
}

function handsOf(shot: Shot, { hands }: FrameChange): Hand[] | null {
  if (hands === null) return null;
  if (hands !== undefined) return [...hands];
  return shot === 'head-and-shoulders' ? null : [...GOOD_HANDS];
}

function faceAt(shot: Shot, change: FrameChange, frameWidth: number, frameHeight: number): Face {
  const {
    centre = 0.5,
    faceHeight = FACE_HEIGHT[shot],
    eyeLine = EYE_LINE[shot],
    yaw = 0,
    pitch = 0,
    roll = 0,
  } = change;
  const width = (faceHeight * ASPECT * frameHeight) / frameWidth;
  const half = (faceHeight * EYE_DISTANCE * frameHeight) / frameWidth / 2;
  return {
    box: { x: centre - width / 2, y: eyeLine - EYES_DOWN * faceHeight, width, height: faceHeight },
    score: 0.95,
    eyes: { left: { x: centre - half, y: eyeLine }, right: { x: centre + half, y: eyeLine } },
    pose: { yaw, pitch, roll },
  };
}

function scaled(box: Box, by: number): Box {
  return { x: 0.02, y: 0.1, width: box.width * by, height: box.height * by };
}

/** A window of sound. Speech has gaps; a room has none. */
export function windowOf(kind: 'speech' | 'room', rmsDbfs: number, atSeconds: number): SoundSample {
  const speech = kind === 'speech';
  return {
    atSeconds,
    rmsDbfs,
    peakDbfs: Math.min(0, rmsDbfs + (speech ? 12 : 8)),
    quietDbfs: rmsDbfs - (speech ? 12 : 1),
    clippedShare: 0,
  };
}
