/**
 * What can be mended of a take without harm, and what it would do, in figures. Pure. A mend is offered where it helps
 * and does no harm; what is not offered does nothing, also where somebody has chosen it before the take was trimmed.
 */
import { quantile } from './frameTimes.ts';
import { LIMITS } from './limits.ts';
import { integratedLoudness } from './loudness.ts';
import type { Box } from './observation.ts';
import type { Observations, SoundWindow, TimeRange } from './observations.ts';
import { roomSound } from './soundFacts.ts';

/** Middle of the range that the check wants, LUFS. */
export const MENDED_LUFS = (LIMITS.quietVoice.value + LIMITS.loudVoice.value) / 2;
/** Nearer to it than this nobody hears a difference, LU: there is nothing to mend but peaks. */
const LOUDNESS_TOLERANCE = 1;
/** More than this would lift the room as well, decibels. */
const MOST_GAIN = 20;
/** Highest true peak of a sound that was made louder, dBTP: more is held back. */
export const MENDED_PEAK = LIMITS.peak.value;
/** A window speaks from this certainty. */
const SPEAKS_FROM = 0.5;

/** By how much noise between words goes down, decibels: as much as one hears without hearing it work. */
export const NOISE_REDUCTION = 10;
/** Sound that is no louder than the noise and this much goes down with it, decibels. */
export const GATE_OVER_NOISE = 8;
/** Speech has to stand out from the noise by this, or its ends would go with it; decibels. */
const SPEECH_OVER_NOISE = 20;
/** Below this there is no noise but a gate that has shut, dBFS. */
const DIGITAL_ROOM = -90;

/** Mean luma of the face that is wanted; the middle of what is good is 0.5, and a face looks natural below it. */
const LIFTED_FACE = 0.45;
/** A face brighter than this is left as it is. */
const DARK_FACE = 0.4;
/** One stop in linear light, as a factor of luma at the usual exponent of 2.2. */
const ONE_STOP = 2 ** (1 / 2.2);
/** There is nothing to lift out of black. */
const BLACK_FACE = 0.05;

export type LoudnessOffer =
  /** Without a gain the voice stays as loud as it is, and only peaks are held. */
  | { readonly offered: true; readonly fromLufs: number; readonly toLufs: number; readonly gainDb: number }
  | { readonly offered: false; readonly why: 'no-sound' | 'no-speech' | 'fine' | 'too-quiet' };

export type NoiseOffer =
  | { readonly offered: true; readonly fromDbfs: number; readonly toDbfs: number }
  | { readonly offered: false; readonly why: 'no-sound' | 'no-speech' | 'quiet' | 'too-loud' };

export type LetterboxOffer =
  | { readonly offered: true; readonly crop: Box; readonly width: number; readonly height: number }
  | { readonly offered: false; readonly why: 'none' | 'too-small' };

export type ExposureOffer =
  | { readonly offered: true; readonly fromLuma: number; readonly toLuma: number; readonly exponent: number }
  | { readonly offered: false; readonly why: 'no-face' | 'fine' | 'too-dark' };

/** Turning is not among them: whether a picture lies on its side is for a person to see, so it is always there. */
export interface MendsOffered {
  readonly loudness: LoudnessOffer;
  readonly noise: NoiseOffer;
  readonly letterbox: LetterboxOffer;
  readonly exposure: ExposureOffer;
}

/** @param range the part that is kept, seconds of the take; null for all of it */
export function mendsOffered(observations: Observations, range: TimeRange | null): MendsOffered {
  const isKept = (seconds: number) =>
    range === null || (seconds >= range.startSeconds && seconds < range.endSeconds);
  const windows = observations.sound?.windows.filter(({ atSeconds }) => isKept(atSeconds)) ?? [];
  const faces = observations.pictures
    .filter(({ frame }) => isKept(frame.atSeconds))
    .flatMap(({ frame }) => frame.light?.faceMean ?? []);
  const loudness = offerLoudness(windows);
  return {
    loudness,
    noise: offerNoise(windows, loudness.offered ? Math.max(0, loudness.gainDb) : 0),
    letterbox: offerLetterbox(observations),
    exposure: offerExposure(faces),
  };
}

function offerLoudness(windows: readonly SoundWindow[]): LoudnessOffer {
  if (windows.length === 0) return { offered: false, why: 'no-sound' };
  const spoken = windows.filter(({ speech }) => speech >= SPEAKS_FROM).map((window) => window.loudnessLufs);
  const loudness = integratedLoudness(spoken);
  if (loudness === null) return { offered: false, why: 'no-speech' };
  const gainDb = rounded(MENDED_LUFS - loudness, 1);
  if (gainDb > MOST_GAIN) return { offered: false, why: 'too-quiet' };
  if (Math.abs(gainDb) < LOUDNESS_TOLERANCE) {
    const high = windows.filter(({ truePeakDbtp }) => truePeakDbtp > MENDED_PEAK);
    // A few loud syllables do no harm: what the check does not warn of needs no mending.
    if (high.length / windows.length <= LIMITS.loudWindows.value) return { offered: false, why: 'fine' };
    return { offered: true, fromLufs: loudness, toLufs: loudness, gainDb: 0 };
  }
  return { offered: true, fromLufs: loudness, toLufs: MENDED_LUFS, gainDb };
}

function offerNoise(windows: readonly SoundWindow[], gainDb: number): NoiseOffer {
  if (windows.length === 0) return { offered: false, why: 'no-sound' };
  const floor = quantile(
    windows.map(({ rmsDbfs }) => rmsDbfs),
    0.1,
  );
  // Where nobody pauses the quietest windows hold words: then the moments between them tell of the room, as in the check.
  const room = Math.min(floor, roomSound(windows).floorDbfs);
  if (room < DIGITAL_ROOM || room + gainDb <= LIMITS.quietRoom.value) return { offered: false, why: 'quiet' };
  const spoken = windows.filter(({ speech }) => speech >= SPEAKS_FROM).map(({ rmsDbfs }) => rmsDbfs);
  if (spoken.length === 0) return { offered: false, why: 'no-speech' };
  if (quantile(spoken, 0.5) - floor < SPEECH_OVER_NOISE) return { offered: false, why: 'too-loud' };
  return { offered: true, fromDbfs: rounded(floor, 1), toDbfs: rounded(floor - NOISE_REDUCTION, 1) };
}

function offerLetterbox({ letterbox, media }: Observations): LetterboxOffer {
  const { video } = media;
  if (letterbox === null || video === null) return { offered: false, why: 'none' };
  const width = evenly(letterbox.width * video.displayWidth);
  const height = evenly(letterbox.height * video.displayHeight);
  if (width >= evenly(video.displayWidth) && height >= evenly(video.displayHeight))
    return { offered: false, why: 'none' };
  // The trainer would refuse what is left.
  if (Math.min(width, height) < LIMITS.smallestShortSide.value) return { offered: false, why: 'too-small' };
  return { offered: true, crop: letterbox, width, height };
}

function offerExposure(faces: readonly number[]): ExposureOffer {
  if (faces.length === 0) return { offered: false, why: 'no-face' };
  const fromLuma = quantile(faces, 0.5);
  if (fromLuma >= DARK_FACE) return { offered: false, why: 'fine' };
  if (fromLuma < BLACK_FACE) return { offered: false, why: 'too-dark' };
  const toLuma = Math.min(LIFTED_FACE, fromLuma * ONE_STOP);
  return { offered: true, fromLuma, toLuma, exponent: rounded(Math.log(toLuma) / Math.log(fromLuma), 3) };
}

/** The nearest even number that is no larger, give or take the rounding of a share. */
function evenly(pixels: number): number {
  return Math.max(2, Math.floor((pixels + 0.5) / 2) * 2);
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
