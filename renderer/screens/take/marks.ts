import type { Finding, Severity } from '../../../shared/domain/report.ts';
import type { TimeRange } from '../../../shared/quality/observations.ts';
import { findingTitle } from '../../../shared/words/appFindings.ts';

/** One place of one finding: what a mark of the timeline and a button of the findings stand for. */
export interface Mark {
  readonly key: string;
  /** Of the finding, the same as `keyOf` gives. */
  readonly finding: string;
  readonly severity: Severity;
  /** In a few words. */
  readonly title: string;
  readonly place: TimeRange;
}

/** Names a finding within its report: a code can come twice. */
export const keyOf = (findings: readonly Finding[], index: number): string => {
  const code = findings[index]?.code ?? '';
  const before = findings.slice(0, index).filter((other) => other.code === code).length;
  return before === 0 ? code : `${code} ${before + 1}`;
};

export const markKey = (finding: string, place: number): string => `${finding} at ${place}`;

/** Which of a finding's places covers a moment; the first where none does. */
export const placeAt = (places: readonly TimeRange[], seconds: number): number =>
  Math.max(
    0,
    places.findIndex(({ startSeconds, endSeconds }) => seconds >= startSeconds && seconds <= endSeconds),
  );

/** Every place of every finding, in order of time. */
export function marksOf(findings: readonly Finding[]): Mark[] {
  return findings
    .flatMap((finding, index) => {
      const key = keyOf(findings, index);
      return finding.places.map((place, at) => ({
        key: markKey(key, at),
        finding: key,
        severity: finding.severity,
        title: findingTitle(finding.code) ?? finding.message,
        place,
      }));
    })
    .sort((a, b) => a.place.startSeconds - b.place.startSeconds);
}

const RANK = { fail: 0, warn: 1, info: 2 } as const satisfies Record<Severity, number>;

export function worstOf(marks: readonly Mark[]): Severity {
  return marks.reduce<Severity>(
    (worst, { severity }) => (RANK[severity] < RANK[worst] ? severity : worst),
    'info',
  );
}

/**
 * The mark that covers a moment: the one that was chosen, else the most severe; null where all is fine.
 * @param chosen key of the mark that somebody looks at
 */
export function markAt(marks: readonly Mark[], seconds: number, chosen: string | null): Mark | null {
  let found: Mark | null = null;
  for (const mark of marks) {
    const { startSeconds, endSeconds } = mark.place;
    if (seconds < startSeconds - 0.02 || seconds > Math.max(endSeconds, startSeconds + 0.5)) continue;
    if (mark.key === chosen) return mark;
    if (found === null || RANK[mark.severity] < RANK[found.severity]) found = mark;
  }
  return found;
}
