/** A measure that is taken in every moment, against the troubles that it can be in. */
import type { Measure } from '../domain/report.ts';
import { checkWords, type FindingCode, type MeasureCode } from '../words/findings.ts';
import type { AdviceCode } from './advice.ts';
import { type Course, type Moment, middleOf } from './course.ts';
import { type Judgement, measured, notMeasured } from './measures.ts';

interface FigureOfCourse {
  readonly code: MeasureCode;
  /** Null where it cannot be told in that moment. */
  readonly figure: (moment: Moment) => number | null;
  readonly text: (value: number) => string;
  readonly limit: string;
  /** What may be found, by the advice that the stage would have given. */
  readonly troubles: readonly {
    readonly finding: FindingCode;
    readonly codes: readonly AdviceCode[];
    /** What was measured, where the figure alone does not say it. */
    readonly measured?: (moment: Moment) => string;
    /** The same where it stands alone, not in a sentence. */
    readonly alone?: (moment: Moment) => string;
    /** What is wanted of that, where it is not what is wanted of the figure. */
    readonly wanted?: (moment: Moment) => string;
  }[];
}

/** The middle of the figure over the take; what is found tells the middle too, or its worst moment. */
export function courseFigure(
  course: Course,
  { code, figure, text, limit, troubles }: FigureOfCourse,
): Judgement {
  const values = course.moments.flatMap((moment) => figure(moment) ?? []);
  if (values.length === 0) return notMeasured(code, checkWords.notSeen, limit);
  const middle = middleOf(values);
  const judged = measured(code, { value: middle, text: text(middle), limit });
  const found = troubles.flatMap((kind) => {
    const trouble = course.troubleOf(...kind.codes);
    if (trouble === null) return [];
    const { worst, isUsual, places, severity, isExplained } = trouble;
    if (isExplained) return [judged.silent(severity)];
    const value = figure(worst);
    const figureText = isUsual || value === null ? text(middle) : text(value);
    const told = kind.measured?.(worst) ?? figureText;
    const judgement = judged.found(severity, kind.finding, {
      measured: told,
      ...(kind.wanted && { limit: kind.wanted(worst) }),
      places,
      worstAtSeconds: worst.picture.frame.atSeconds,
    });
    // The middle alone may look fine, and nobody would know what the finding is about.
    return [isUsual ? judgement : showingWorst(judgement, kind.alone?.(worst) ?? told)];
  });
  if (found.length === 0) return judged.pass();
  return {
    measure: {
      ...((found.find(({ findings }) => findings.length > 0) ?? found[0])?.measure ?? judged.pass().measure),
      state: worstState(found.map(({ measure }) => measure.state)),
    },
    findings: found.flatMap(({ findings }) => findings),
  };
}

/** The same with the figure of the worst moment beside that of the middle. */
export function showingWorst({ measure, findings }: Judgement, worst: string): Judgement {
  const text = measure.text === worst ? worst : checkWords.atWorst(measure.text, worst);
  return { measure: { ...measure, text }, findings };
}

const STATES: readonly Measure['state'][] = ['fail', 'warn', 'info'];

function worstState(states: readonly Measure['state'][]): Measure['state'] {
  return STATES.find((state) => states.includes(state)) ?? 'pass';
}
