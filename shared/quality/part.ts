/** The part of a take that is judged, and what was observed in it. All times stay seconds of the take. */
import type { Shot } from '../domain/report.ts';
import type { Take } from '../domain/take.ts';
import { timesOf } from './frameTimes.ts';
import type { CutCandidate, Observations, PictureSample, SoundWindow, TimeRange } from './observations.ts';
import { SOUND_WINDOW_SECONDS } from './sampling.ts';

export interface Part {
  readonly shot: Shot;
  /** What was recorded here was never in anybody's hands: it cannot have been cut. */
  readonly origin: Take['origin'];
  readonly observations: Observations;
  readonly range: TimeRange;
  readonly durationSeconds: number;
  /** True when nothing is cut away. */
  readonly isWhole: boolean;
  /** When the frames in it are shown; empty where the packets could not be read. */
  readonly frameTimes: readonly number[];
  readonly pictures: readonly PictureSample[];
  readonly cuts: readonly CutCandidate[];
  /** Null without audio. */
  readonly windows: readonly SoundWindow[] | null;
}

/** Comparisons of times that were written with few digits. */
const ROUNDING = 0.001;

/** What lies in a range; null is all of the take. A range that reaches further ends with the take. */
export function partOf(
  observations: Observations,
  { shot, origin }: Pick<Part, 'shot' | 'origin'>,
  wanted: TimeRange | null,
): Part {
  const end = observations.durationSeconds;
  const startSeconds = Math.min(wanted?.startSeconds ?? 0, end);
  const range = {
    startSeconds,
    endSeconds: Math.min(Math.max(wanted?.endSeconds ?? end, startSeconds), end),
  };
  const isIn = (seconds: number) =>
    seconds >= range.startSeconds - ROUNDING && seconds < range.endSeconds - ROUNDING;
  return {
    shot,
    origin,
    observations,
    range,
    durationSeconds: range.endSeconds - range.startSeconds,
    isWhole: range.startSeconds <= ROUNDING && range.endSeconds >= end - ROUNDING,
    frameTimes: timesOf(observations.frameTimes).filter(isIn),
    pictures: observations.pictures.filter(({ frame }) => isIn(frame.atSeconds)),
    // A cut at the very beginning lies before the part, not in it.
    cuts: observations.cuts.filter(
      ({ atSeconds }) => atSeconds > range.startSeconds + ROUNDING && isIn(atSeconds),
    ),
    windows:
      observations.sound?.windows.filter(
        ({ atSeconds }) => isIn(atSeconds) && isIn(atSeconds + SOUND_WINDOW_SECONDS / 2),
      ) ?? null,
  };
}
