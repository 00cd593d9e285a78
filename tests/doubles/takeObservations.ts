/** What is observed of a take that is good in everything but what a test changes. */
import type { MediaInfo, VideoStream } from '../../shared/domain/media.ts';
import type { Shot } from '../../shared/domain/report.ts';
import {
  type CutCandidate,
  OBSERVATIONS_VERSION,
  type Observations,
  type PictureSample,
  type SoundWindow,
} from '../../shared/quality/observations.ts';
import { type FrameChange, frameOf } from './coachSamples.ts';

/** Length of the good take, seconds. */
export const GOOD_SECONDS = 150;
const FRAME_TENTHS = 333;
const WINDOW = 0.4;

export const GOOD_VIDEO: VideoStream = {
  index: 0,
  codec: 'h264',
  profile: 'High',
  pixelFormat: 'yuv420p',
  bitDepth: 8,
  codedWidth: 1920,
  codedHeight: 1080,
  displayWidth: 1920,
  displayHeight: 1080,
  rotationDegrees: 0,
  sampleAspectRatio: 1,
  averageFrameRate: 30,
  timing: {
    packets: 4500,
    medianSeconds: 1 / 30,
    p95DeviationMs: 0.4,
    longestGapSeconds: 0.034,
    missingShare: 0,
  },
  interlaced: false,
  hdr: false,
  colorTransfer: 'bt709',
  colorPrimaries: 'bt709',
  colorSpace: 'bt709',
  fullRange: false,
};

const GOOD_MEDIA: MediaInfo = {
  container: 'mov,mp4,m4a,3gp,3g2,mj2',
  sizeBytes: 150_000_000,
  durationSeconds: GOOD_SECONDS,
  bitRate: 8_000_000,
  video: GOOD_VIDEO,
  audio: { index: 1, codec: 'aac', profile: 'LC', sampleRate: 48_000, channels: 2 },
  faststart: true,
};

/** What is different in a good take. Functions are asked for every moment, with its time in seconds. */
export interface TakeChange {
  readonly seconds?: number;
  readonly video?: Partial<VideoStream>;
  readonly media?: Partial<MediaInfo>;
  readonly frame?: (atSeconds: number) => FrameChange;
  readonly picture?: (atSeconds: number) => Partial<Omit<PictureSample, 'frame'>>;
  /** Distance to the next frame in tenths of a millisecond. */
  readonly interval?: (atSeconds: number) => number;
  /** Change in luma steps, and luma. */
  readonly motion?: (atSeconds: number) => { readonly change?: number; readonly luma?: number };
  readonly cuts?: readonly CutCandidate[];
  /** Null: without audio. */
  readonly window?: ((atSeconds: number) => Partial<SoundWindow>) | null;
  readonly rest?: Partial<Observations>;
}

/** Hands that move, low in the picture. */
const handsAt = (atSeconds: number): FrameChange['hands'] => {
  const up = atSeconds % 2 < 1 ? 0 : 0.05;
  return [0.35, 0.6].map((x) => ({ box: { x, y: 0.72 + up, width: 0.06, height: 0.1 }, score: 0.8 }));
};

/** Speech with a pause every four seconds, in a quiet room. */
export const isSpeaking = (atSeconds: number): boolean => atSeconds % 4 < 3;

export function takeOf(shot: Shot, change: TakeChange = {}): Observations {
  const seconds = change.seconds ?? GOOD_SECONDS;
  const intervals: [number, number][] = [];
  const times = [0];
  for (let at = 0; ; ) {
    const distance = change.interval?.(at / 10_000) ?? FRAME_TENTHS;
    if (at + distance >= seconds * 10_000) break;
    at += distance;
    times.push(at / 10_000);
    const last = intervals.at(-1);
    if (last?.[0] === distance) last[1] += 1;
    else intervals.push([distance, 1]);
  }
  const { window } = change;
  return {
    schema: 'twin-studio/observations',
    version: OBSERVATIONS_VERSION,
    source: 'check',
    turn: 0,
    media: {
      ...GOOD_MEDIA,
      durationSeconds: seconds,
      video: { ...GOOD_VIDEO, ...change.video },
      ...(window === null ? { audio: null } : {}),
      ...change.media,
    },
    durationSeconds: seconds,
    frameTimes: { intervals, keyFrames: times.filter((_time, index) => index % 30 === 0) },
    motion: {
      atMs: times.map((time) => Math.round(time * 1000)),
      change: times.map((time) => Math.round((change.motion?.(time).change ?? 0.8) * 100)),
      luma: times.map((time) => change.motion?.(time).luma ?? 110),
    },
    pictures: Array.from({ length: Math.floor(seconds) }, (_unused, index) => {
      const atSeconds = index + 0.5;
      const hands = shot === 'head-and-shoulders' ? null : (handsAt(atSeconds) ?? null);
      return {
        frame: frameOf(shot, { hands, ...change.frame?.(atSeconds) }, atSeconds),
        textShare: 0.005,
        backgroundShift: 0.0005,
        ...change.picture?.(atSeconds),
      };
    }),
    cuts: [...(change.cuts ?? [])],
    sound:
      window === null
        ? null
        : {
            windows: Array.from({ length: Math.floor(seconds / WINDOW) }, (_unused, index) => {
              const atSeconds = Number((index * WINDOW).toFixed(1));
              return { ...goodWindow(atSeconds), ...window?.(atSeconds) };
            }),
            peaks: Array.from({ length: Math.floor(seconds * 50) }, () => 60),
            humHz: null,
            echoMs: 90,
          },
    letterbox: null,
    uprightTurn: null,
    interlacedShare: 0,
    sync: { offsetMs: 5, driftMs: 2 },
    ...change.rest,
  };
}

function goodWindow(atSeconds: number): SoundWindow {
  const speaks = isSpeaking(atSeconds);
  const level = speaks ? -20 : -65;
  return {
    atSeconds,
    rmsDbfs: level,
    peakDbfs: level + 12,
    quietDbfs: speaks ? -34 : -66,
    clippedShare: 0,
    speech: speaks ? 0.95 : 0.02,
    loudnessLufs: level,
    truePeakDbtp: level + 12.2,
    humDb: 1,
  };
}
