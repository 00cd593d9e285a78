import { LIMITS } from '../quality/limits.ts';
import { countWords, type Segment, segmentsOf, wordsOf } from './script.ts';

/** How long a breath or a direction takes: a rest with the mouth closed that a trainer can learn from. */
export const REST_SECONDS = 1.5;

/** How long a segment takes at a speed in words per minute. */
export const segmentSeconds = (segment: Segment, wordsPerMinute: number): number =>
  segment.kind === 'spoken' ? (wordsOf(segment) * 60) / wordsPerMinute : REST_SECONDS;

/** How long a script takes to read with its rests, seconds. 0 for a text without words. */
export function readingSeconds(text: string, wordsPerMinute: number): number {
  return totalSeconds(segmentsOf(text), wordsPerMinute);
}

/** The same of a script already taken apart. */
export const totalSeconds = (segments: readonly Segment[], wordsPerMinute: number): number =>
  segments.reduce((seconds, segment) => seconds + segmentSeconds(segment, wordsPerMinute), 0);

/** Where in a script a moment is, whatever the speed: the number of the segment, and the share of it that is read. */
export interface Place {
  readonly segment: number;
  readonly share: number;
}

/** The place reached after some seconds at a speed; the end at the latest. */
export function placeAt(segments: readonly Segment[], wordsPerMinute: number, seconds: number): Place {
  let left = Math.max(0, seconds);
  for (const [index, segment] of segments.entries()) {
    const length = segmentSeconds(segment, wordsPerMinute);
    if (left < length) return { segment: index, share: left / length };
    left -= length;
  }
  return { segment: segments.length, share: 0 };
}

/** After how many seconds a place is reached at a speed. */
export function secondsTo(segments: readonly Segment[], wordsPerMinute: number, place: Place): number {
  const before = totalSeconds(segments.slice(0, place.segment), wordsPerMinute);
  const at = segments[place.segment];
  return before + (at ? segmentSeconds(at, wordsPerMinute) * place.share : 0);
}

/** What is to be said of a script's length at a speed, by the lengths that the check finds best. Advice only. */
export function adviceOnLength(
  text: string,
  wordsPerMinute: number,
): 'empty' | 'too-short' | 'short' | 'long' | 'good' {
  if (countWords(text) === 0) return 'empty';
  // As it is shown: a script that reads 2:00 is not called shorter than that.
  const seconds = Math.round(readingSeconds(text, wordsPerMinute));
  if (seconds < LIMITS.shortestSeconds.value) return 'too-short';
  if (seconds < LIMITS.shortSeconds.value) return 'short';
  return seconds > LIMITS.longSeconds.value ? 'long' : 'good';
}
