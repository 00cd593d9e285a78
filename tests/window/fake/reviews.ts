/** A take to be looked over, in its states. Reports are judged from the observations, as the product does it. */
import type { TakeDetail } from '../../../shared/contract.ts';
import type { Decision, Mends, Review } from '../../../shared/domain/review.ts';
import { NO_MENDS, NOT_REVIEWED } from '../../../shared/domain/review.ts';
import { editOf } from '../../../shared/quality/edit.ts';
import { judgeTake } from '../../../shared/quality/judgeTake.ts';
import type { Observations, TimeRange } from '../../../shared/quality/observations.ts';
import { mediaOf, observationsOf, type TakeSketch, type Trouble } from './observations.ts';
import { ago, takeDetail } from './takes.ts';

export interface ReviewSketch extends TakeSketch {
  readonly number?: number;
  readonly trim?: TimeRange;
  readonly mends?: Partial<Mends>;
  readonly decision?: Decision['kind'];
  readonly changes?: Parameters<typeof takeDetail>[1];
}

/** Of every take; asked twice, it is the same check. */
const CHECKED_AT = ago(28);

const observed = new Map<string, Observations>();

/** Made once: ten minutes are a hundred thousand figures. */
export function measurementOf(sketch: TakeSketch): Observations {
  const { seconds, troubles, seed, keyFrameEvery, portrait, sound, letterbox, source } = sketch;
  const name = JSON.stringify([seconds, troubles, seed, keyFrameEvery, portrait, sound, letterbox, source]);
  const known = observed.get(name) ?? observationsOf(sketch);
  observed.set(name, known);
  return known;
}

export function reviewDetail(sketch: ReviewSketch): TakeDetail {
  const { number = 1, trim, mends, decision = 'open', changes = {} } = sketch;
  const observations = measurementOf(sketch);
  const review: Review = {
    ...NOT_REVIEWED,
    trim: trim ? { ...trim, exact: false } : null,
    mends: { ...NO_MENDS, ...mends },
    decision: { kind: decision, note: '', at: decision === 'open' ? null : ago(6) },
  };
  const report = judgeTake(observations, {
    shot: 'head-and-shoulders',
    origin: changes.take?.origin ?? 'imported',
    edit: editOf(observations, review),
    now: new Date(CHECKED_AT),
  });
  return takeDetail(number, {
    ...changes,
    take: {
      media: mediaOf(sketch),
      check: {
        kind: 'checked',
        at: CHECKED_AT,
        verdict: report.verdict,
        topFinding: report.findings.find(({ severity }) => severity !== 'info')?.code ?? null,
      },
      review,
      ...changes.take,
    },
    detail: { report, ...changes.detail },
  });
}

const USUAL: readonly Trouble[] = [
  { kind: 'one-sided', from: 72, to: 100 },
  { kind: 'silence', from: 151, to: 157 },
  { kind: 'away', from: 214, to: 222 },
];

/** 3:42 with two weak spots and a look away at the end. */
export const USUAL_TAKE: ReviewSketch = { seconds: 222, troubles: USUAL, seed: 3 };

/** Five minutes in which everything goes wrong now and then. */
export const TROUBLED_TAKE: ReviewSketch = {
  seconds: 300,
  seed: 7,
  troubles: [
    ...[12, 41, 77, 120, 166, 203, 240, 281].map((from) => ({ kind: 'away', from, to: from + 4 }) as const),
    ...[20, 90, 180, 230].map((from) => ({ kind: 'one-sided', from, to: from + 14 }) as const),
    ...[33, 95, 150, 262].map((from) => ({ kind: 'clipping', from, to: from + 5 }) as const),
    ...[55, 200].map((from) => ({ kind: 'off-centre', from, to: from + 12 }) as const),
    ...[108, 172].map((from) => ({ kind: 'frozen', from, to: from + 3 }) as const),
    ...[140].map((from) => ({ kind: 'cut', from, to: from + 1 }) as const),
    ...[128, 214].map((from) => ({ kind: 'silence', from, to: from + 9 }) as const),
    { kind: 'dark', from: 244, to: 262 },
    { kind: 'noise', from: 100, to: 300 },
  ],
};

/** Two minutes that were put together from two takes. */
export const CUT_TAKE: ReviewSketch = {
  seconds: 120,
  seed: 5,
  troubles: [{ kind: 'cut', from: 40, to: 41 }],
};

/** Ten minutes. */
export const LONG_TAKE: ReviewSketch = {
  seconds: 600,
  seed: 11,
  keyFrameEvery: 1,
  troubles: [
    { kind: 'one-sided', from: 122, to: 171 },
    { kind: 'away', from: 300, to: 306 },
    { kind: 'silence', from: 402, to: 413 },
    { kind: 'dark', from: 498, to: 531 },
  ],
};

export const PORTRAIT_TAKE: ReviewSketch = { seconds: 138, seed: 5, portrait: true };
export const SILENT_TAKE: ReviewSketch = { seconds: 150, seed: 6, sound: false };
export const GOOD_TAKE: ReviewSketch = { seconds: 204, seed: 9 };

/** Forty seconds, dark and inside black bars. Its room is quiet. */
export const DARK_TAKE: ReviewSketch = {
  seconds: 40,
  seed: 12,
  troubles: [{ kind: 'dark', from: 0, to: 40 }],
  letterbox: { x: 0, y: 0.12, width: 1, height: 0.76 },
  changes: {
    take: {
      name: 'Jonas, product tour in the large conference room, second morning, camera B, before the blinds',
    },
  },
};

/** The same, trimmed, with every mend chosen; one of them does nothing. */
export const MENDED_TAKE: ReviewSketch = {
  ...DARK_TAKE,
  trim: { startSeconds: 2, endSeconds: 37 },
  mends: { loudness: true, noise: true, letterbox: true, exposure: true },
};
