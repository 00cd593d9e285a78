/** What every measure of a take gives: a figure against its limit, and what there is to say about it. */
import type { Finding, Measure, Severity } from '../domain/report.ts';
import { FINDING_WORDS, type FindingCode, MEASURE_WORDS, type MeasureCode } from '../words/findings.ts';
import type { TimeRange } from './observations.ts';

export interface Judgement {
  readonly measure: Measure;
  readonly findings: readonly Finding[];
}

/** Where and how much, for a finding. What is left out is taken from its measure, or is the whole take. */
export interface FindingFacts {
  readonly measured?: string;
  readonly limit?: string;
  readonly places?: readonly TimeRange[];
  readonly worstAtSeconds?: number | null;
}

/** A figure, how it reads, and the limit as it reads. */
interface Figure {
  readonly value: number | null;
  readonly text: string;
  readonly limit: string;
}

/** Prepares the judgement of one measure: then one of its verbs says how it stands. */
export function measured(code: MeasureCode, figure: Figure) {
  const measure = (state: Measure['state']): Measure => ({ code, ...MEASURE_WORDS[code], ...figure, state });
  return {
    pass: (): Judgement => ({ measure: measure('pass'), findings: [] }),
    /** It could not be taken. */
    unknown: (): Judgement => ({ measure: measure('unknown'), findings: [] }),
    /** Its state shows, and something else says why. */
    silent: (state: Severity): Judgement => ({ measure: measure(state), findings: [] }),
    found: (severity: Severity, finding: FindingCode, facts: FindingFacts = {}): Judgement => ({
      measure: measure(severity),
      findings: [findingOf(finding, severity, { measured: figure.text, limit: figure.limit, ...facts })],
    }),
  };
}

/** A measure that could not be taken, and why. */
export function notMeasured(code: MeasureCode, why: string, limit: string): Judgement {
  return measured(code, { value: null, text: why, limit }).unknown();
}

/** A finding with its words. */
export function findingOf(code: FindingCode, severity: Severity, facts: FindingFacts): Finding {
  const words = FINDING_WORDS[code];
  const { measured: figure = '', limit = '', places = [], worstAtSeconds = null } = facts;
  return {
    code,
    severity,
    message: words.message({ measured: figure, limit }),
    remedy: words.remedy,
    places: [...places],
    worstAtSeconds,
    ...(figure === '' ? {} : { measured: figure }),
    ...(limit === '' ? {} : { limit }),
  };
}
