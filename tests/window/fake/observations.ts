/** What a check would have measured of a take: plausible courses with troubles at stated places. The same seed gives the same. */
import type { MediaInfo } from '../../../shared/domain/media.ts';
import {
  OBSERVATIONS_VERSION,
  type Observations,
  type PictureSample,
  type SoundWindow,
} from '../../../shared/quality/observations.ts';
import { MEDIA } from './takes.ts';

type TroubleKind =
  | 'one-sided'
  | 'dark'
  | 'noise'
  | 'away'
  | 'off-centre'
  | 'frozen'
  | 'cut'
  | 'silence'
  | 'clipping'
  | 'nobody';

export interface Trouble {
  readonly kind: TroubleKind;
  readonly from: number;
  readonly to: number;
}

export interface TakeSketch {
  readonly seconds: number;
  readonly troubles?: readonly Trouble[];
  readonly seed?: number;
  /** Between key frames, seconds. */
  readonly keyFrameEvery?: number;
  readonly portrait?: boolean;
  readonly sound?: boolean;
  /** The picture inside black bars. */
  readonly letterbox?: Observations['letterbox'];
  readonly source?: Observations['source'];
}

const FRAMES_PER_SECOND = 30;
const WINDOW_SECONDS = 0.4;

/** Evenly spread figures from 0 to 1 that are the same every time (mulberry32). */
function figures(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A figure that wanders around a middle, as people move. */
function wander(random: () => number, middle: number, reach: number): () => number {
  let at = middle;
  return () => {
    at += (random() - 0.5) * reach * 0.9 + (middle - at) * 0.18;
    return at;
  };
}

export function mediaOf({ seconds, portrait = false, sound = true }: TakeSketch): MediaInfo {
  const [displayWidth, displayHeight] = portrait ? [1080, 1920] : [1920, 1080];
  return {
    ...MEDIA,
    durationSeconds: seconds,
    sizeBytes: Math.round(seconds * 1_020_000),
    audio: sound ? MEDIA.audio : null,
    video: MEDIA.video && {
      ...MEDIA.video,
      codedWidth: displayWidth,
      codedHeight: displayHeight,
      displayWidth,
      displayHeight,
      averageFrameRate: FRAMES_PER_SECOND,
      timing: { ...MEDIA.video.timing, packets: seconds * FRAMES_PER_SECOND },
    },
  };
}

export function observationsOf(sketch: TakeSketch): Observations {
  const { seconds, troubles = [], seed = 1, keyFrameEvery = 2, sound = true, source = 'check' } = sketch;
  const random = figures(seed);
  const has = (kind: TroubleKind, at: number) =>
    troubles.some((trouble) => trouble.kind === kind && at >= trouble.from && at < trouble.to);
  const frames = Math.round(seconds * FRAMES_PER_SECOND);
  const complete = source === 'check';
  return {
    schema: 'twin-studio/observations',
    version: OBSERVATIONS_VERSION,
    turn: 0,
    source,
    media: mediaOf(sketch),
    durationSeconds: seconds,
    frameTimes: {
      // 333, 333, 334 tenths of a millisecond: thirty a second.
      intervals: Array.from({ length: Math.floor((frames - 1) / 3) }, () => [
        [333, 2] as [number, number],
        [334, 1] as [number, number],
      ]).flat(),
      keyFrames: Array.from(
        { length: Math.ceil(seconds / keyFrameEvery) },
        (_, index) => index * keyFrameEvery,
      ),
    },
    motion: complete
      ? {
          atMs: Array.from({ length: frames }, (_, index) => Math.round((index * 1000) / FRAMES_PER_SECOND)),
          change: Array.from({ length: frames }, (_, index) =>
            index === 0 || has('frozen', index / FRAMES_PER_SECOND) ? 0 : 40 + Math.round(random() * 90),
          ),
          luma: Array.from({ length: frames }, () => 96 + Math.round(random() * 4)),
        }
      : null,
    pictures: picturesOf(sketch, random, has),
    cuts: troubles
      .filter(({ kind }) => kind === 'cut')
      .map(({ from }) => ({ atSeconds: from, pictureJump: 14, faceJump: 18, soundJump: 9, timeJump: 1 })),
    sound: sound ? soundOf(seconds, random, has, troubles) : null,
    letterbox: sketch.letterbox ?? null,
    uprightTurn: null,
    interlacedShare: complete ? 0 : null,
    sync: null,
  };
}

type Has = (kind: TroubleKind, at: number) => boolean;

function picturesOf(
  { seconds, portrait = false }: TakeSketch,
  random: () => number,
  has: Has,
): PictureSample[] {
  const [width, height] = portrait ? [1080, 1920] : [1920, 1080];
  const faceHeight = portrait ? 0.3 : 0.34;
  const next = {
    x: wander(random, 0.5, 0.018),
    size: wander(random, faceHeight, 0.012),
    mean: wander(random, 0.47, 0.02),
    even: wander(random, 0.56, 0.05),
    yaw: wander(random, 0, 4),
  };
  return Array.from({ length: Math.ceil(seconds) }, (_, atSeconds): PictureSample => {
    const off = has('off-centre', atSeconds);
    const size = next.size();
    const x = next.x() + (off ? 0.17 : 0);
    const uneven = has('one-sided', atSeconds);
    const dark = has('dark', atSeconds);
    const away = has('away', atSeconds);
    const faceWidth = (size * height * 0.74) / width;
    const eyeLine = 0.38;
    const eye = (side: number) => ({ x: x + side * faceWidth * 0.23, y: eyeLine });
    const faceMean = next.mean() - (dark ? 0.25 : 0);
    return {
      frame: {
        atSeconds,
        width,
        height,
        hands: null,
        faces: has('nobody', atSeconds)
          ? []
          : [
              {
                box: { x: x - faceWidth / 2, y: eyeLine - size * 0.42, width: faceWidth, height: size },
                score: 0.93,
                eyes: { left: eye(-1), right: eye(1) },
                pose: { yaw: next.yaw() + (away ? 38 : 0), pitch: 2, roll: 1 },
              },
            ],
        light: has('nobody', atSeconds)
          ? null
          : {
              faceMean,
              overShare: 0.001,
              underShare: dark ? 0.12 : 0.004,
              evenness: Math.max(0.02, next.even() - (uneven ? 0.44 : 0)),
              cheekDifference: uneven ? 0.21 : 0.02,
              shadowEdge: 0.14,
              backgroundMean: 0.4,
              backgroundStops: dark ? 0.9 : -0.2,
              sharpness: 240 + random() * 60,
            },
      },
      textShare: 0.01,
      backgroundShift: 0.0004,
    };
  });
}

function soundOf(
  seconds: number,
  random: () => number,
  has: Has,
  troubles: readonly Trouble[],
): NonNullable<Observations['sound']> {
  let pause = 0;
  const windows = Array.from({ length: Math.floor(seconds / WINDOW_SECONDS) }, (_, index): SoundWindow => {
    const atSeconds = Math.round(index * WINDOW_SECONDS * 1000) / 1000;
    // Speech comes in sentences of some seconds with a pause behind.
    pause = pause > 0 ? pause - 1 : random() < 0.09 ? 2 : 0;
    const silent = pause > 0 || has('silence', atSeconds);
    const noise = has('noise', atSeconds) ? -45 : -63;
    const clips = has('clipping', atSeconds);
    const voice = clips ? -9 : -20 + (random() - 0.5) * 5;
    const rms = silent ? noise + random() : voice;
    return {
      atSeconds,
      rmsDbfs: rms,
      peakDbfs: clips ? 0 : Math.min(-4, rms + 11),
      quietDbfs: silent ? rms - 1 : Math.max(noise, rms - 14),
      clippedShare: clips ? 0.01 : 0,
      speech: silent ? 0.02 : 0.96,
      loudnessLufs: rms + 0.4,
      truePeakDbtp: clips ? 0.4 : Math.min(-3.8, rms + 11.3),
      humDb: 1 + random(),
    };
  });
  const noisy = troubles.some(({ kind }) => kind === 'noise');
  return {
    windows,
    peaks: Array.from({ length: Math.floor(seconds * 50) }, (_, index) => {
      const level = windows[Math.floor((index * 0.02) / WINDOW_SECONDS)]?.peakDbfs ?? -60;
      return Math.round(255 * 10 ** (level / 20) * (0.35 + 0.65 * random()));
    }),
    humHz: null,
    echoMs: noisy ? 190 : 160,
  };
}
