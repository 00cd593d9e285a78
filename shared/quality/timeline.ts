/** The course of a take: what is drawn over its time, in the window and in the report that is sent on. */
import type { Shot } from '../domain/report.ts';
import { atLeast, atMost, between, loudnessText, percent } from '../words/figures.ts';
import { TRACK_WORDS } from '../words/findings.ts';
import { cheeksApart } from './judge.ts';
import { FRAMING, LIMITS } from './limits.ts';
import type { Face, Light } from './observation.ts';
import type { Observations, PictureSample } from './observations.ts';

export type TrackCode = keyof typeof TRACK_WORDS;

export interface TimelinePoint {
  readonly atSeconds: number;
  /** Null where it could not be told: the line is broken there. */
  readonly value: number | null;
  /** Nobody speaks there: what is heard is drawn, and held against nothing. */
  readonly isPause?: boolean;
}

/** One figure over the take. */
export interface Track {
  readonly code: TrackCode;
  readonly label: string;
  /** Of the values, as it is written behind them; empty for shares of one. */
  readonly unit: string;
  /** Where the figure is fine; null when it has no limits. A side without a limit is null. */
  readonly band: { readonly least: number | null; readonly most: number | null } | null;
  /** Lowest and highest value that is drawn; what lies beyond is drawn at the edge. */
  readonly scale: { readonly least: number; readonly most: number };
  /** In order of time, about one a second. */
  readonly points: readonly TimelinePoint[];
  /** A value as people read it. */
  readonly text: (value: number) => string;
}

/** Loudest sample of each step, 0 to 255: the waveform. */
export interface Waveform {
  readonly secondsPerPeak: number;
  readonly peaks: readonly number[];
}

export interface Timeline {
  readonly durationSeconds: number;
  /** Face position, face size, exposure, evenness, loudness. A track without any value is left out. */
  readonly tracks: readonly Track[];
  /** Null without sound, or before it was measured. */
  readonly waveform: Waveform | null;
}

/** Length that a peak of the waveform stands for, seconds. */
export const PEAK_SECONDS = 0.02;
/** Loudness is drawn once a second, seconds. */
const LOUDNESS_SECONDS = 1;

/** The course of all of a take, whatever part of it is kept. */
export function timelineOf(observations: Observations, shot: Shot): Timeline {
  const { pictures, sound, durationSeconds } = observations;
  const ofFace = (figure: (face: Face) => number) =>
    pointsOf(pictures, ({ faces: [face] }) => face && figure(face));
  const ofLight = (figure: (light: Light) => number | null) =>
    pointsOf(pictures, ({ light }) => (light === null ? null : figure(light)));
  const { faceHeight } = FRAMING[shot];
  const offset = LIMITS.faceOffset.value;
  const tracks: Track[] = [
    {
      ...named('FACE_POSITION'),
      band: { least: -offset, most: offset },
      scale: { least: -0.5, most: 0.5 },
      points: ofFace(({ box }) => box.x + box.width / 2 - 0.5),
      text: (value) => TRACK_WORDS.FACE_POSITION.side(percent(Math.abs(value)), value),
    },
    {
      ...named('FACE_SIZE'),
      band: faceHeight,
      scale: { least: 0, most: Math.min(1, faceHeight.most * 2) },
      points: ofFace(({ box }) => box.height),
      text: percent,
    },
    {
      ...named('EXPOSURE'),
      band: { least: LIMITS.darkFace.value, most: LIMITS.brightFace.value },
      scale: { least: 0, most: 1 },
      points: ofLight(({ faceMean }) => faceMean),
      text: percent,
    },
    {
      ...named('EVENNESS'),
      band: { least: -LIMITS.unevenness.value, most: LIMITS.unevenness.value },
      scale: { least: -3 * LIMITS.unevenness.value, most: 3 * LIMITS.unevenness.value },
      points: ofLight((light) => {
        const apart = cheeksApart(light);
        return apart === null ? null : apart * Math.sign(light.cheekDifference ?? 0);
      }),
      text: (value) => TRACK_WORDS.EVENNESS.side(percent(Math.abs(value)), value),
    },
    {
      ...named('LOUDNESS'),
      band: { least: LIMITS.quietVoice.value, most: LIMITS.loudVoice.value },
      scale: { least: -60, most: 0 },
      points: loudnessOf(observations),
      text: loudnessText,
    },
  ];
  return {
    durationSeconds,
    tracks: tracks.filter(({ points }) => points.some(({ value }) => value !== null)),
    waveform:
      sound === null || sound.peaks.length === 0
        ? null
        : { secondsPerPeak: PEAK_SECONDS, peaks: sound.peaks },
  };
}

/** Whether a point is not where it should be. */
export function isOutside({ band }: Pick<Track, 'band'>, { value, isPause = false }: TimelinePoint): boolean {
  if (band === null || value === null || isPause) return false;
  return (band.least !== null && value < band.least) || (band.most !== null && value > band.most);
}

/** The band of a track in words; empty where it has none. */
export function bandText({ band, text }: Track): string {
  if (band === null) return '';
  const { least, most } = band;
  if (least !== null && most !== null) return between(text(least), text(most));
  return least !== null ? atLeast(text(least)) : most !== null ? atMost(text(most)) : '';
}

const named = <Code extends TrackCode>(code: Code) => ({
  code,
  label: TRACK_WORDS[code].label,
  unit: TRACK_WORDS[code].unit,
});

function pointsOf(
  pictures: readonly PictureSample[],
  figure: (frame: PictureSample['frame']) => number | null | undefined,
): TimelinePoint[] {
  return pictures.map(({ frame }) => ({ atSeconds: frame.atSeconds, value: figure(frame) ?? null }));
}

/** The loudest window of each second: speech has pauses, and they are not the loudness of the voice. */
function loudnessOf({ sound }: Observations): TimelinePoint[] {
  const points: { atSeconds: number; value: number; isPause: boolean }[] = [];
  for (const { atSeconds, loudnessLufs, speech } of sound?.windows ?? []) {
    const second = Math.floor(atSeconds / LOUDNESS_SECONDS) * LOUDNESS_SECONDS;
    const isPause = speech < LIMITS.speechSure.value;
    const last = points.at(-1);
    if (last?.atSeconds !== second) points.push({ atSeconds: second, value: loudnessLufs, isPause });
    else if (last.isPause === isPause) last.value = Math.max(last.value, loudnessLufs);
    // A word counts more than what is heard beside it.
    else if (last.isPause) points[points.length - 1] = { atSeconds: second, value: loudnessLufs, isPause };
  }
  return points;
}
