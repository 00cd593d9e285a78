/**
 * How a take goes, by the coach's own scoring: so that the check says of a moment what the stage would have said.
 *
 * A person who talks moves. So the middle of a take is held against the limits of framing, which the stage asked for
 * before it, and each moment against the wider ones that the stage uses while it records.
 */
import { ADVICE_CODES, type AdviceCode, adviceKind } from './advice.ts';
import { type Amounts, scoreCamera, scoreFrame } from './judge.ts';
import { LIMITS } from './limits.ts';
import type { FrameSample } from './observation.ts';
import type { PictureSample, TimeRange } from './observations.ts';
import type { Part } from './part.ts';
import { lengthOf, longest, merged } from './places.ts';

/** One moment that was looked at, and the time it stands for. */
export interface Moment {
  readonly picture: PictureSample;
  readonly place: TimeRange;
  readonly amounts: Amounts;
  /** Sharpness as a share of the take's best with the face as large; null where it cannot be told. */
  readonly sharpnessLeft: number | null;
}

/** What is the matter with a part of the moments, or with most of them. */
export interface Trouble {
  readonly severity: 'fail' | 'warn' | 'info';
  /** True when the middle of the take is beyond the limit. */
  readonly isUsual: boolean;
  /** The longest ones, in order; empty when it is so nearly everywhere. */
  readonly places: readonly TimeRange[];
  readonly worst: Moment;
  /** Of the middle, or of the worst moment where the middle is fine; above 1 (see `Amounts`). */
  readonly amount: number;
  /** True when another trouble is its cause: that one is told. */
  readonly isExplained: boolean;
}

/** The moments of a part, and what is the matter with them. */
export interface Course {
  readonly moments: readonly Moment[];
  /** Trouble of these kinds, as one; null when there is none. */
  troubleOf(...codes: readonly AdviceCode[]): Trouble | null;
}

/** Faces of this much more or less height are as large, for sharpness. */
const SAME_SIZE = 0.15;
/** With fewer pictures, their distance is taken to be this, seconds. */
const USUAL_DISTANCE = 1;
/** Comparisons of sums of times. */
const ROUNDING = 0.01;
/** Trouble in more of the moments than this concerns the whole take. */
const EVERYWHERE = 0.9;

/** Scores every moment of the part that was looked at; of a part without any, the course has no moments and no trouble. */
export function courseOf(part: Part): Course {
  const moments = momentsOf(part);
  const found = new Map<AdviceCode, Trouble>();
  for (const code of ADVICE_CODES) {
    const kind = adviceKind(code);
    const trouble = troubleIn(moments, (moment) => moment.amounts[code] ?? null, {
      widening: kind.whileRecording ?? 1 + kind.slack,
      severity: kind.severity,
    });
    if (trouble !== null) found.set(code, trouble);
  }
  const { video } = part.observations.media;
  const camera =
    video === null
      ? {}
      : scoreCamera({
          atSeconds: 0,
          framesPerSecond: video.averageFrameRate,
          width: video.displayWidth,
          height: video.displayHeight,
        });
  const isFound = (code: string) =>
    ADVICE_CODES.some((known) => known === code && (found.has(known) || (camera[known] ?? 0) > 1));
  return {
    moments,
    troubleOf: (...codes) =>
      joined(
        codes.flatMap((code) => {
          const trouble = found.get(code);
          if (trouble === undefined) return [];
          const { explainedBy, explainedUpTo } = adviceKind(code);
          return [{ ...trouble, isExplained: trouble.amount <= explainedUpTo && explainedBy.some(isFound) }];
        }),
      ),
  };
}

/** Several kinds of trouble as one. */
function joined(troubles: readonly Trouble[]): Trouble | null {
  const [first, ...others] = [...troubles].sort((one, other) => Number(other.isUsual) - Number(one.isUsual));
  if (first === undefined) return null;
  const isEverywhere = troubles.some(({ places }) => places.length === 0);
  return {
    ...first,
    isExplained: troubles.every(({ isExplained }) => isExplained),
    places: isEverywhere ? [] : longest(merged([first, ...others].flatMap(({ places }) => places))),
  };
}

/**
 * Where an amount is beyond its limit for long enough, or often enough. `widening`: how much wider the limit is for
 * a moment than for the middle of them all.
 */
export function troubleIn(
  moments: readonly Moment[],
  amountOf: (moment: Moment) => number | null,
  { widening, severity }: { readonly widening: number; readonly severity: Trouble['severity'] },
): Trouble | null {
  const known = moments.flatMap((moment) => {
    const amount = amountOf(moment);
    return amount === null ? [] : [{ moment, amount }];
  });
  const middle = middleOf(known.map(({ amount }) => amount));
  const isUsual = middle > 1;
  const beyond = known.filter(({ amount }) => amount > (isUsual ? 1 : widening));
  const worst = beyond.reduce(
    (most, one) => (most === null || one.amount > most.amount ? one : most),
    null as (typeof beyond)[number] | null,
  );
  if (worst === null) return null;
  const places = beyond.map(({ moment }) => moment.place);
  const lasts = merged(places, ROUNDING).some(
    (place) => lengthOf(place) >= LIMITS.troubleSeconds.value - ROUNDING,
  );
  const share = beyond.length / known.length;
  if (!isUsual && !lasts && share < LIMITS.troubleShare.value) return null;
  return {
    severity,
    isUsual,
    places: share > EVERYWHERE ? [] : longest(merged(places)),
    worst: worst.moment,
    amount: isUsual ? middle : worst.amount,
    isExplained: false,
  };
}

/** The lower middle of an even number: what is doubtful is not yet trouble. 0 of none. */
export function middleOf(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}

function momentsOf({ pictures, range, shot }: Part): Moment[] {
  const distances = pictures
    .slice(1)
    .map(({ frame }, index) => frame.atSeconds - (pictures[index]?.frame.atSeconds ?? 0));
  const half = (distances.length === 0 ? USUAL_DISTANCE : middleOf(distances)) / 2;
  const sharpest = sharpestOf(pictures.map(({ frame }) => frame));
  return pictures.map((picture) => {
    const { frame } = picture;
    const bestSharpness = sharpest(frame);
    return {
      picture,
      place: {
        startSeconds: Math.max(range.startSeconds, frame.atSeconds - half),
        endSeconds: Math.min(range.endSeconds, frame.atSeconds + half),
      },
      amounts: scoreFrame(frame, { shot, mode: 'recording', bestSharpness }),
      sharpnessLeft:
        frame.light === null || bestSharpness === null
          ? null
          : Math.min(1, frame.light.sharpness / bestSharpness),
    };
  });
}

/**
 * The best sharpness that a frame is compared with: of all frames with a face as large. A frame counts by the lower
 * of itself and the one before, as on the stage, so that a noisy one does not.
 */
function sharpestOf(frames: readonly FrameSample[]): (frame: FrameSample) => number | null {
  const known = frames.flatMap((frame, index) => {
    const before = frames[index - 1]?.light;
    const height = frame.faces[0]?.box.height;
    if (frame.light === null || before == null || height === undefined) return [];
    return [{ height, sharpness: Math.min(frame.light.sharpness, before.sharpness) }];
  });
  return ({ faces: [face] }) => {
    if (face === undefined) return null;
    const alike = known.filter(({ height }) => Math.abs(height / face.box.height - 1) <= SAME_SIZE);
    return alike.length === 0 ? null : Math.max(...alike.map(({ sharpness }) => sharpness));
  };
}
