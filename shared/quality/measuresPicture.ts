/** Whether the picture goes on: one take without a cut, and no frozen, repeated or black stretch. */
import { atMost, percent, secondsText, under } from '../words/figures.ts';
import { checkWords } from '../words/findings.ts';
import { judgeCut } from './cuts.ts';
import { gapsIn } from './frameTimes.ts';
import { LIMITS } from './limits.ts';
import { type FindingFacts, type Judgement, measured, notMeasured } from './measures.ts';
import type { CutCandidate, TimeRange } from './observations.ts';
import type { Part } from './part.ts';
import { lengthOf, merged, placesOf } from './places.ts';

/** One frame, as it was seen small and grey. */
interface Seen {
  readonly atSeconds: number;
  /** Luma steps of 255. */
  readonly change: number;
  readonly luma: number;
}

/** Where the picture was cut, stands still, repeats itself or is black, by every frame of the part. */
export function measuresOfPicture(part: Part): Judgement[] {
  const frames = framesIn(part);
  const frozen = frozenIn(frames);
  return [
    part.origin === 'recorded'
      ? judgeJumps(part, frames.length > 0, frozen)
      : judgeCuts(part, frames.length > 0),
    judgeFrozen(frames, frozen),
    judgeRepeated(frames, frozen, part.observations.repeatedShare ?? null),
    judgeBlack(frames),
  ];
}

function framesIn({ observations: { motion }, range }: Part): Seen[] {
  if (motion === null) return [];
  return motion.atMs.flatMap((atMs, index) => {
    const atSeconds = atMs / 1000;
    if (atSeconds < range.startSeconds || atSeconds >= range.endSeconds) return [];
    return [{ atSeconds, change: (motion.change[index] ?? 0) / 100, luma: motion.luma[index] ?? 0 }];
  });
}

/** Where the picture stands still, also where an encoder shows it once more and better. */
function frozenIn(frames: readonly Seen[]): TimeRange[] {
  const isLong = (place: TimeRange): boolean => lengthOf(place) > LIMITS.frozenSeconds.value;
  const refined = stretches(frames, ({ change }) => change <= LIMITS.frozenRefined.value).filter(
    (place) => isLong(place) && standsStill(frames, place),
  );
  // Beside a quiet stretch it would not be most of it.
  const exact = stretches(frames, isStill).filter(
    (place) =>
      isLong(place) &&
      !refined.some(
        ({ startSeconds, endSeconds }) =>
          place.startSeconds >= startSeconds && place.endSeconds <= endSeconds,
      ),
  );
  return [...refined, ...exact].sort((one, other) => one.startSeconds - other.startSeconds);
}

const isStill = ({ change }: Seen): boolean => change <= LIMITS.frozenChange.value;

/** Whether most of its frames show the one before again. */
function standsStill(frames: readonly Seen[], { startSeconds, endSeconds }: TimeRange): boolean {
  const inside = frames.filter(({ atSeconds }) => atSeconds >= startSeconds && atSeconds < endSeconds);
  return inside.filter(isStill).length > inside.length / 2;
}

/** A cut is a moment: shown with this much before and after it, seconds. */
const AROUND_CUT = 0.5;

/** A moment where the picture is not what the one before led to expect. */
type Jump = ReturnType<typeof judgeCut> & Pick<CutCandidate, 'atSeconds'>;

const jumpsIn = ({ cuts }: Part): Jump[] =>
  cuts.map((cut) => ({ atSeconds: cut.atSeconds, ...judgeCut(cut) }));

function jumpFacts(found: readonly Jump[], { range }: Part, limit: string): FindingFacts {
  const strongest = [...found].sort((one, other) => other.strength - one.strength)[0];
  const places = found.map(({ atSeconds }) => ({
    startSeconds: Math.max(range.startSeconds, atSeconds - AROUND_CUT),
    endSeconds: Math.min(range.endSeconds, atSeconds + AROUND_CUT),
  }));
  return {
    // As they are listed: two that lie side by side are looked at as one.
    measured: checkWords.places(merged(places).length),
    limit,
    ...placesOf(places, strongest?.atSeconds),
  };
}

/**
 * What was recorded here is one take. Where its picture jumps all the same, camera or computer stood still: said once,
 * and not here where pictures are missing or repeated for so long that this is said already.
 */
function judgeJumps(part: Part, wasSeen: boolean, frozen: readonly TimeRange[]): Judgement {
  const limit = checkWords.noJump;
  if (!wasSeen) return notMeasured('CUTS', checkWords.notMeasured, limit);
  const told = [...gapsIn(part.frameTimes), ...frozen];
  const jumps = jumpsIn(part).filter(
    ({ kind, atSeconds }) =>
      kind !== 'none' &&
      !told.some(
        ({ startSeconds, endSeconds }) =>
          atSeconds > startSeconds - AROUND_CUT && atSeconds < endSeconds + AROUND_CUT,
      ),
  );
  const figure = measured('CUTS', {
    value: jumps.length,
    text: jumps.length === 0 ? checkWords.recordedInOne : checkWords.jumps(jumps.length),
    limit,
  });
  return jumps.length === 0
    ? figure.pass()
    : figure.found('warn', 'PICTURE_JUMPS', jumpFacts(jumps, part, limit));
}

function judgeCuts(part: Part, wasSeen: boolean): Judgement {
  const limit = checkWords.noCut;
  const judged = jumpsIn(part);
  const sure = judged.filter(({ kind }) => kind === 'sure');
  const likely = judged.filter(({ kind }) => kind === 'likely');
  if (!wasSeen && judged.length === 0) return notMeasured('CUTS', checkWords.notMeasured, limit);
  const count = sure.length + likely.length;
  const whole = measured('CUTS', { value: count, text: checkWords.cuts(sure.length, likely.length), limit });
  if (count === 0) return whole.pass();
  const found = [
    ...(sure.length > 0 ? [whole.found('fail', 'JUMP_CUT', jumpFacts(sure, part, limit))] : []),
    ...(likely.length > 0 ? [whole.found('warn', 'JUMP_CUT_LIKELY', jumpFacts(likely, part, limit))] : []),
  ];
  return {
    measure: whole.silent(sure.length > 0 ? 'fail' : 'warn').measure,
    findings: found.flatMap(({ findings }) => findings),
  };
}

function judgeFrozen(frames: readonly Seen[], frozen: readonly TimeRange[]): Judgement {
  const limit = under(secondsText(LIMITS.frozenSeconds.value));
  if (frames.length === 0) return notMeasured('FROZEN', checkWords.notMeasured, limit);
  const value = Math.max(0, ...frozen.map(lengthOf));
  const figure = measured('FROZEN', {
    value,
    text: value === 0 ? checkWords.none : secondsText(value),
    limit,
  });
  return frozen.length === 0 ? figure.pass() : figure.found('warn', 'PICTURE_FROZEN', placesOf(frozen));
}

/** Frames that show the one before again, apart from frozen stretches: a camera that delivers fewer than the file has. */
function judgeRepeated(
  frames: readonly Seen[],
  frozen: readonly TimeRange[],
  toldShare: number | null,
): Judgement {
  const limit = under(percent(LIMITS.repeatedFrames.value));
  const moving = frames.filter(
    ({ atSeconds }) =>
      !frozen.some(({ startSeconds, endSeconds }) => atSeconds >= startSeconds && atSeconds <= endSeconds),
  );
  const value = moving.length > 0 ? moving.filter(isStill).length / moving.length : toldShare;
  if (value === null) return notMeasured('REPEATED_FRAMES', checkWords.notMeasured, limit);
  const figure = measured('REPEATED_FRAMES', { value, text: percent(value), limit });
  return value >= LIMITS.repeatedFrames.value ? figure.found('warn', 'FRAMES_REPEATED') : figure.pass();
}

function judgeBlack(frames: readonly Seen[]): Judgement {
  const limit = atMost(secondsText(LIMITS.blackSeconds.value));
  if (frames.length === 0) return notMeasured('BLACK', checkWords.notMeasured, limit);
  const black = stretches(frames, ({ luma }) => luma <= LIMITS.blackLuma.value).filter(
    (place) => lengthOf(place) > LIMITS.blackSeconds.value,
  );
  const value = black.reduce((sum, place) => sum + lengthOf(place), 0);
  const figure = measured('BLACK', {
    value,
    text: value === 0 ? checkWords.none : secondsText(value),
    limit,
  });
  return black.length === 0 ? figure.pass() : figure.found('warn', 'PICTURE_BLACK', placesOf(black));
}

/** Where all frames that follow one another are so, from the first one to when the next other one is shown. */
function stretches(frames: readonly Seen[], isSo: (frame: Seen) => boolean): TimeRange[] {
  const found: TimeRange[] = [];
  let since: number | null = null;
  for (const frame of frames) {
    if (isSo(frame)) since ??= frame.atSeconds;
    else if (since !== null) {
      found.push({ startSeconds: since, endSeconds: frame.atSeconds });
      since = null;
    }
  }
  const last = frames.at(-1);
  if (since !== null && last !== undefined) found.push({ startSeconds: since, endSeconds: last.atSeconds });
  return found;
}
