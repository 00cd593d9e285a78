/** Where in a take something is the matter: moments become places. */
import type { FindingFacts } from './measures.ts';
import type { TimeRange } from './observations.ts';

/** A finding names so many places at most, the longest ones: more would be a list that nobody reads. */
const MOST_PLACES = 8;
/** Places that are closer than this are one, seconds: somebody looks at both at once. */
const TOGETHER_SECONDS = 1.5;

export const lengthOf = ({ startSeconds, endSeconds }: TimeRange): number => endSeconds - startSeconds;

/** Overlapping and neighbouring places as one each, in order. */
export function merged(places: readonly TimeRange[], togetherSeconds = TOGETHER_SECONDS): TimeRange[] {
  const inOrder = [...places].sort((one, other) => one.startSeconds - other.startSeconds);
  const result: TimeRange[] = [];
  for (const place of inOrder) {
    const last = result.at(-1);
    if (last === undefined || place.startSeconds - last.endSeconds > togetherSeconds) result.push(place);
    else
      result[result.length - 1] = {
        startSeconds: last.startSeconds,
        endSeconds: Math.max(last.endSeconds, place.endSeconds),
      };
  }
  return result;
}

/** The longest places, in order of time. */
export function longest(places: readonly TimeRange[]): TimeRange[] {
  return [...places]
    .sort((one, other) => lengthOf(other) - lengthOf(one))
    .slice(0, MOST_PLACES)
    .sort((one, other) => one.startSeconds - other.startSeconds);
}

/** Places as a finding tells them; without a worst moment of its own, the middle of the longest. */
export function placesOf(
  places: readonly TimeRange[],
  worstAtSeconds?: number,
): Required<Pick<FindingFacts, 'places' | 'worstAtSeconds'>> {
  const together = merged(places);
  const [first] = [...together].sort((one, other) => lengthOf(other) - lengthOf(one));
  const middle = first === undefined ? null : (first.startSeconds + first.endSeconds) / 2;
  return { places: longest(together), worstAtSeconds: worstAtSeconds ?? middle };
}
