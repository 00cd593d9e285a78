/** The light on the face and behind it, and how sharp and steady the picture is. */
import { atLeast, atMost, between, percent, trimmed, under } from '../words/figures.ts';
import { checkWords, type MeasureCode } from '../words/findings.ts';
import { type Course, type Moment, middleOf, troubleIn } from './course.ts';
import { courseFigure, showingWorst } from './courseFigure.ts';
import { cheeksApart } from './judge.ts';
import { LIMITS } from './limits.ts';
import { type Judgement, measured, notMeasured } from './measures.ts';
import type { Light } from './observation.ts';

const ofLight =
  (figure: (light: Light) => number | null) =>
  ({ picture }: Moment): number | null =>
    picture.frame.light === null ? null : figure(picture.frame.light);

/** Mean of the face. */
const BRIGHTNESS = between(percent(LIMITS.darkFace.value), percent(LIMITS.brightFace.value));

const stops = (value: number): string => `${trimmed(value, 1)} stops`;

/** How the face is lit, and what lies behind it; none where no moment was looked at. */
export function measuresOfLight(course: Course): Judgement[] {
  if (course.moments.length === 0) return [];
  return [
    courseFigure(course, {
      code: 'EXPOSURE',
      figure: ofLight(({ faceMean }) => faceMean),
      text: percent,
      limit: BRIGHTNESS,
      troubles: [
        {
          finding: 'FACE_DARK',
          codes: ['TOO_DARK'],
          measured: (moment) => darkness(moment).measured,
          wanted: (moment) => darkness(moment).wanted,
        },
        {
          finding: 'FACE_BRIGHT',
          codes: ['TOO_BRIGHT'],
          measured: (moment) => brightness(moment).measured,
          wanted: (moment) => brightness(moment).wanted,
        },
      ],
    }),
    judgeShare(course, 'OVER_EXPOSED', ({ overShare }) => overShare, LIMITS.overExposed.value),
    judgeShare(course, 'UNDER_EXPOSED', ({ underShare }) => underShare, LIMITS.underExposed.value),
    judgeEvenness(course),
    courseFigure(course, {
      code: 'SHADOW',
      figure: ofLight(({ shadowEdge }) => shadowEdge),
      text: percent,
      limit: under(percent(LIMITS.shadowEdge.value)),
      troubles: [{ finding: 'HARSH_SHADOW', codes: ['HARSH_SHADOW'] }],
    }),
    courseFigure(course, {
      code: 'BACKLIGHT',
      figure: ofLight(({ backgroundStops }) => backgroundStops),
      text: stops,
      limit: atMost(stops(LIMITS.backlight.value)),
      troubles: [{ finding: 'BACKLIGHT', codes: ['BACKLIGHT'] }],
    }),
    courseFigure(course, {
      code: 'SHARPNESS',
      figure: ({ sharpnessLeft }) => sharpnessLeft,
      text: percent,
      limit: atLeast(percent(LIMITS.sharpnessLeft.value)),
      troubles: [{ finding: 'SHARPNESS_LOST', codes: ['BLURRED'] }],
    }),
    judgeSteadiness(course),
  ];
}

/** Smooth skin hardly overlaps although nobody sees a difference: so it is one-sided when both figures say so. */
function judgeEvenness(course: Course): Judgement {
  const apartness = ofLight(cheeksApart);
  const apart = middleOf(course.moments.flatMap((moment) => apartness(moment) ?? []));
  return courseFigure(course, {
    code: 'EVENNESS',
    figure: ofLight(({ evenness }) => evenness),
    text: (value) => checkWords.alike(percent(value), percent(apart)),
    limit: checkWords.alikeLimit(percent(LIMITS.evenness.value), percent(LIMITS.unevenness.value)),
    troubles: [
      {
        finding: 'LIGHT_ONE_SIDED',
        codes: ['LIGHT_FROM_LEFT', 'LIGHT_FROM_RIGHT'],
        measured: (moment) => percent(apartness(moment) ?? apart),
        alone: (moment) => checkWords.apart(percent(apartness(moment) ?? apart)),
      },
    ],
  });
}

interface Told {
  readonly measured: string;
  readonly wanted: string;
}

/** Either can be the cause: the mean, or how much of the face shows nothing any more. */
function darkness({ picture: { frame } }: Moment): Told {
  const { faceMean = 0, underShare = 0 } = frame.light ?? {};
  return faceMean < LIMITS.darkFace.value
    ? { measured: checkWords.bright(percent(faceMean)), wanted: BRIGHTNESS }
    : { measured: checkWords.black(percent(underShare)), wanted: atMost(percent(LIMITS.underExposed.value)) };
}

function brightness({ picture: { frame } }: Moment): Told {
  const { faceMean = 0, overShare = 0 } = frame.light ?? {};
  return faceMean > LIMITS.brightFace.value
    ? { measured: checkWords.bright(percent(faceMean)), wanted: BRIGHTNESS }
    : { measured: checkWords.white(percent(overShare)), wanted: atMost(percent(LIMITS.overExposed.value)) };
}

/** A share of the face against its limit; what there is to say stands with the brightness of the face. */
function judgeShare(
  { moments }: Course,
  code: MeasureCode,
  shareOf: (light: Light) => number,
  most: number,
): Judgement {
  const limit = atMost(percent(most));
  const shares = moments.flatMap((moment) => ofLight(shareOf)(moment) ?? []);
  if (shares.length === 0) return notMeasured(code, checkWords.notSeen, limit);
  const value = middleOf(shares);
  const share = measured(code, { value, text: percent(value), limit });
  return value > most ? share.silent('warn') : share.pass();
}

function judgeSteadiness({ moments }: Course): Judgement {
  const limit = checkWords.inASecond(under(percent(LIMITS.shake.value)));
  const shifts = moments.flatMap(({ picture }) => picture.backgroundShift ?? []);
  if (shifts.length === 0) return notMeasured('STEADINESS', checkWords.notTold, limit);
  const value = middleOf(shifts);
  const steady = measured('STEADINESS', { value, text: percent(value), limit });
  const trouble = troubleIn(
    moments,
    ({ picture }) => (picture.backgroundShift === null ? null : picture.backgroundShift / LIMITS.shake.value),
    { widening: 1, severity: 'warn' },
  );
  if (trouble === null) return steady.pass();
  const { places, worst, severity } = trouble;
  const shift = percent(worst.picture.backgroundShift ?? value);
  const judgement = steady.found(severity, 'CAMERA_SHAKES', {
    measured: shift,
    places,
    worstAtSeconds: worst.picture.frame.atSeconds,
  });
  return showingWorst(judgement, shift);
}
