import type { Review, Trim } from '../../../../shared/domain/review.ts';
import { takenRange } from '../../../../shared/quality/edit.ts';
import type { Observations, TimeRange } from '../../../../shared/quality/observations.ts';
import { nearestFrame } from '../player/frames.ts';

/** Less than this is not kept. */
const LEAST_SECONDS = 1;
/** Closer to an end of the take than this is that end. */
const AT_THE_END = 0.02;

/** Where a take can be cut. Seconds, ascending. */
export interface CutPoints {
  readonly durationSeconds: number;
  readonly keyFrames: readonly number[];
  /** Every frame; empty when unknown. */
  readonly frames: readonly number[];
  /** The picture is encoded anew although it is not cut exactly, so that any frame can be the first. */
  readonly isEncoded: (trim: Trim | null) => boolean;
  /** The part that a master of this trim holds; the whole take where nothing was cut. */
  readonly keptOf: (trim: Trim | null) => TimeRange;
}

export type Edge = 'start' | 'end';

function nearest(points: readonly number[], seconds: number): number | undefined {
  let best: number | undefined;
  for (const point of points) {
    if (best === undefined || Math.abs(point - seconds) < Math.abs(best - seconds)) best = point;
  }
  return best;
}

/** What was chosen, as far as the take goes: what is kept where nothing is known of its frames. */
export function chosenRange(trim: Trim | null, durationSeconds: number): TimeRange {
  return trim === null
    ? { startSeconds: 0, endSeconds: durationSeconds }
    : {
        startSeconds: Math.min(trim.startSeconds, durationSeconds),
        endSeconds: Math.min(trim.endSeconds, durationSeconds),
      };
}

/** The part that a master of these choices holds; before anything was measured, what was chosen. */
export function keptRange(
  observations: Observations | null,
  choice: Pick<Review, 'trim' | 'mends'>,
  durationSeconds: number,
): TimeRange {
  return observations === null ? chosenRange(choice.trim, durationSeconds) : takenRange(observations, choice);
}

/**
 * Moves one edge of what is kept as near to a moment as it can be cut. A picture that is copied begins with a key frame,
 * unless the cut is exact; it ends with any frame. At least a second is left. Null keeps everything.
 */
export function moveEdge(
  trim: Trim | null,
  edge: Edge,
  seconds: number,
  exact: boolean,
  points: CutPoints,
): Trim | null {
  const { durationSeconds, keyFrames, frames } = points;
  const free = !atKeyFrames(edge, trim, exact, points);
  const kept = chosenRange(trim, durationSeconds);
  const [least, most] =
    edge === 'start'
      ? [0, Math.max(0, kept.endSeconds - LEAST_SECONDS)]
      : [Math.min(durationSeconds, kept.startSeconds + LEAST_SECONDS), durationSeconds];
  const wanted = Math.min(Math.max(seconds, least), most);
  const ends = [0, durationSeconds];
  const places = (free ? [nearestFrame(frames, wanted)] : keyFrames).concat(ends);
  const allowed = places.filter((place) => place >= least - 1e-6 && place <= most + 1e-6);
  const at = nearest(allowed, wanted) ?? (edge === 'start' ? 0 : durationSeconds);
  return trimOf(edge === 'start' ? { ...kept, startSeconds: at } : { ...kept, endSeconds: at }, exact, {
    durationSeconds,
  });
}

/** A copied picture can only begin with a key frame; where they are unknown, nobody can keep to them. */
const atKeyFrames = (
  edge: Edge,
  trim: Trim | null,
  exact: boolean,
  { keyFrames, isEncoded }: CutPoints,
): boolean => edge === 'start' && !exact && keyFrames.length > 0 && !isEncoded(trim);

/** Null where the range is the whole take. */
function trimOf(range: TimeRange, exact: boolean, { durationSeconds }: Pick<CutPoints, 'durationSeconds'>) {
  const whole = range.startSeconds < AT_THE_END && range.endSeconds > durationSeconds - AT_THE_END;
  return whole ? null : { ...range, exact };
}

/** The same cut on every frame, or moved to where the picture can be copied. */
export function setExact(trim: Trim | null, exact: boolean, points: CutPoints): Trim | null {
  if (trim === null) return null;
  const start = moveEdge(trim, 'start', trim.startSeconds, exact, points);
  const end = moveEdge(start, 'end', trim.endSeconds, exact, points);
  return end === null ? null : { ...end, exact };
}

/** The next place where an edge of a trim can be cut, before or after a moment. Seconds. */
export function nextPoint(
  trim: Trim | null,
  edge: Edge,
  seconds: number,
  direction: 1 | -1,
  exact: boolean,
  where: CutPoints,
): number {
  const { durationSeconds, keyFrames, frames } = where;
  const points = atKeyFrames(edge, trim, exact, where) ? keyFrames : frames;
  if (points.length === 0) return seconds + direction;
  const beyond = direction === 1 ? durationSeconds : 0;
  let found = beyond;
  for (const point of points) {
    const further = direction === 1 ? point > seconds + 1e-4 : point < seconds - 1e-4;
    if (further && Math.abs(point - seconds) < Math.abs(found - seconds)) found = point;
  }
  return found;
}

/** "1:12", "1:12.5", "72" and "1:02:03" as seconds; null for anything else. */
export function parseTime(text: string): number | null {
  const match = /^(?:(?:(\d+):)?(\d{1,2}):)?(\d+(?:[.,]\d{1,3})?)$/.exec(text.trim());
  if (match === null) return null;
  const [, hours = '0', minutes = '0', seconds = '0'] = match;
  const rest = Number(seconds.replace(',', '.'));
  if (match[2] !== undefined && rest >= 60) return null;
  return Number(hours) * 3600 + Number(minutes) * 60 + rest;
}
