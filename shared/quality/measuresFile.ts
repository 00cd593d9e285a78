/** What the file itself is like: length, size of the picture, and how its frames follow each other. */
import type { VideoStream } from '../domain/media.ts';
import {
  atLeast,
  atMost,
  between,
  lengthText,
  millisecondsText,
  percent,
  secondsText,
  trimmed,
  under,
} from '../words/figures.ts';
import { checkWords } from '../words/findings.ts';
import { gapsIn, intervalsBetween, timingOf } from './frameTimes.ts';
import { LIMITS } from './limits.ts';
import { type Judgement, measured, notMeasured } from './measures.ts';
import type { Part } from './part.ts';
import { placesOf } from './places.ts';

/** How long the part is, how large its picture, how fast and even its frames. Only the length where there is no video. */
export function measuresOfFile(part: Part): Judgement[] {
  const { video } = part.observations.media;
  return [
    judgeDuration(part.durationSeconds),
    ...(video === null ? [] : [judgeSize(video), ...judgeFrames(part, video)]),
  ];
}

function judgeDuration(seconds: number): Judgement {
  const { shortestSeconds, longestSeconds, shortSeconds, longSeconds } = LIMITS;
  const shortest = lengthText(shortestSeconds.value);
  const longest = lengthText(longestSeconds.value);
  const short = lengthText(shortSeconds.value);
  const long = lengthText(longSeconds.value);
  const length = measured('DURATION', {
    value: seconds,
    text: lengthText(seconds),
    limit: checkWords.lengthLimit(shortest, longest, short, long),
  });
  if (seconds < shortestSeconds.value)
    return length.found('fail', 'DURATION_TOO_SHORT', { limit: atLeast(shortest) });
  if (seconds > longestSeconds.value)
    return length.found('fail', 'DURATION_TOO_LONG', { limit: atMost(longest) });
  if (seconds < shortSeconds.value) return length.found('warn', 'DURATION_SHORT', { limit: atLeast(short) });
  if (seconds > longSeconds.value) return length.found('warn', 'DURATION_LONG', { limit: atMost(long) });
  return length.pass();
}

function judgeSize({ displayWidth, displayHeight }: VideoStream): Judgement {
  const shortSide = Math.min(displayWidth, displayHeight);
  const isRefused = shortSide < LIMITS.smallestShortSide.value;
  const size = measured('RESOLUTION', {
    value: shortSide,
    text: `${displayWidth} × ${displayHeight}`,
    // The limit that it fails: what would be better still does not help whoever is refused.
    limit: checkWords.shortSide((isRefused ? LIMITS.smallestShortSide : LIMITS.smallShortSide).value),
  });
  if (isRefused) return size.found('fail', 'RESOLUTION_TOO_LOW');
  return shortSide < LIMITS.smallShortSide.value ? size.found('warn', 'RESOLUTION_LOW') : size.pass();
}

function judgeFrames(part: Part, video: VideoStream): Judgement[] {
  const { frameTimes, isWhole } = part;
  const intervals = intervalsBetween(frameTimes);
  const known = intervals.length > 0;
  const timing = known ? timingOf(intervals, frameTimes.length) : video.timing;
  if (timing.packets < 2) {
    return [
      notMeasured('FRAME_RATE', checkWords.noPackets, RATE_LIMIT),
      notMeasured('FRAME_TIMING', checkWords.noPackets, JITTER_LIMIT),
      notMeasured('MISSING_FRAMES', checkWords.noPackets, MISSING_LIMIT),
      notMeasured('LONGEST_GAP', checkWords.noPackets, GAP_LIMIT),
    ];
  }
  const span = intervals.reduce((sum, one) => sum + one, 0);
  const rate = known && !isWhole && span > 0 ? intervals.length / span : video.averageFrameRate;
  const off = Math.abs(rate - LIMITS.frameRate.value) > LIMITS.frameRateTolerance.value;
  const frameRate = measured('FRAME_RATE', { value: rate, text: trimmed(rate, 2), limit: RATE_LIMIT });
  const jitter = measured('FRAME_TIMING', {
    value: timing.p95DeviationMs,
    text: `± ${millisecondsText(timing.p95DeviationMs)}`,
    limit: JITTER_LIMIT,
  });
  const missing = measured('MISSING_FRAMES', {
    value: timing.missingShare,
    text: percent(timing.missingShare),
    limit: MISSING_LIMIT,
  });
  const gap = measured('LONGEST_GAP', {
    value: timing.longestGapSeconds,
    text: secondsText(timing.longestGapSeconds),
    limit: GAP_LIMIT,
  });
  const gaps = gapsIn(frameTimes);
  // From the least to the most telling.
  const pace = [
    off ? frameRate.found('warn', 'FRAME_RATE_OFF') : frameRate.pass(),
    timing.p95DeviationMs >= LIMITS.frameJitter.value ? jitter.found('warn', 'FRAMES_UNEVEN') : jitter.pass(),
    timing.missingShare >= LIMITS.missingFrames.value
      ? missing.found('warn', 'FRAMES_MISSING')
      : missing.pass(),
  ];
  return [
    ...withOneFinding(pace),
    timing.longestGapSeconds > LIMITS.frameGap.value
      ? gap.found('warn', 'FRAME_GAP', placesOf(gaps))
      : gap.pass(),
  ];
}

/**
 * One camera that cannot keep up is off its rate, uneven and short of frames at once. All of that is measured, and said
 * once.
 */
function withOneFinding(judged: readonly Judgement[]): Judgement[] {
  const said = judged.findLast(({ findings }) => findings.length > 0);
  return judged.map((one) => (one === said ? one : { ...one, findings: [] }));
}

const RATE_LIMIT = checkWords.framesASecond(
  between(
    String(LIMITS.frameRate.value - LIMITS.frameRateTolerance.value),
    String(LIMITS.frameRate.value + LIMITS.frameRateTolerance.value),
  ),
);
const JITTER_LIMIT = under(millisecondsText(LIMITS.frameJitter.value));
const MISSING_LIMIT = under(percent(LIMITS.missingFrames.value));
const GAP_LIMIT = under(secondsText(LIMITS.frameGap.value));
