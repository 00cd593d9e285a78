/** What can be kept of a take that has been cut. Pure. */
import { editsPicture } from '../domain/edit.ts';
import type { Review, Trim } from '../domain/review.ts';
import { judgeCut } from './cuts.ts';
import { editOf } from './edit.ts';
import { LIMITS } from './limits.ts';
import { copiesVideo } from './master.ts';
import type { Observations, TimeRange } from './observations.ts';

/** Comparisons of times that were written with few digits, seconds. */
const ROUNDING = 0.001;
/** To begin with a key frame, so that the picture can be copied, is worth this much of a part. Seconds. */
const WORTH_COPYING = 2;

/**
 * The longest part of what is kept that has no cut, and is as long as a trainer takes. It begins behind a cut with the
 * next key frame, so that the picture can be copied, or with the very frame where that would lose too much.
 * @param range what is kept, seconds of the take
 * @returns null where no part is long enough
 */
export function longestWholePart(
  observations: Observations,
  range: TimeRange,
  { mends }: Pick<Review, 'mends'>,
): Trim | null {
  const cuts = observations.cuts
    .filter((cut) => judgeCut(cut).kind === 'sure')
    .map(({ atSeconds }) => atSeconds)
    // One at the very beginning lies before what is kept.
    .filter((at) => at > range.startSeconds + ROUNDING && at < range.endSeconds - ROUNDING);
  const { keyFrames } = observations.frameTimes;
  const isCopied =
    copiesVideo(observations.media) && !editsPicture(editOf(observations, { trim: null, mends }));
  const parts = [range.startSeconds, ...cuts].map((from, index): Trim => {
    const to = cuts[index] ?? range.endSeconds;
    const key = keyFrames.find((at) => at >= from - ROUNDING) ?? null;
    const atKey = isCopied && key !== null && key - from <= WORTH_COPYING;
    const startSeconds = atKey ? Math.max(key, from) : from;
    return {
      startSeconds,
      endSeconds: Math.min(to, startSeconds + LIMITS.longestSeconds.value),
      exact: isCopied && !atKey,
    };
  });
  const length = (part: Trim) => part.endSeconds - part.startSeconds;
  const longest = parts.reduce((one, other) => (length(other) > length(one) ? other : one));
  return length(longest) < LIMITS.shortestSeconds.value ? null : longest;
}
