import type { Measure } from '../../../../shared/domain/report.ts';
import { GROUPS } from '../findings/measureGroups.ts';

/** One measure of two takes. */
export interface FiguresRow {
  readonly code: string;
  readonly label: string;
  /** What is wanted; of each, where the takes are meant to show a different part of the person. */
  readonly limits: readonly string[];
  /** Null where that take was not measured so. */
  readonly left: Measure | null;
  readonly right: Measure | null;
  /** Which of them is nearer to what is wanted; null where both are as good, or one is not known. */
  readonly better: 'left' | 'right' | null;
}

export interface FiguresGroup {
  readonly group: Measure['group'];
  readonly rows: readonly FiguresRow[];
}

const RANK = { pass: 0, info: 0, warn: 1, fail: 2 } as const;

/** The measures of two reports side by side, in the order of the left one. A take without a report has none. */
export function figuresOf(left: readonly Measure[], right: readonly Measure[]): FiguresGroup[] {
  const codes = [...new Set([...left, ...right].map(({ code }) => code))];
  const rows = codes.flatMap((code) => {
    const [one, other] = [left, right].map((all) => all.find((measure) => measure.code === code) ?? null);
    const known = one ?? other;
    return known ? [{ group: known.group, row: rowOf(known, one ?? null, other ?? null) }] : [];
  });
  return GROUPS.map((group) => ({
    group,
    rows: rows.filter((each) => each.group === group).map(({ row }) => row),
  })).filter((each) => each.rows.length > 0);
}

function rowOf({ code, label }: Measure, left: Measure | null, right: Measure | null): FiguresRow {
  const limits = [left, right].flatMap((measure) => (measure === null ? [] : [measure.limit]));
  return { code, label, limits: [...new Set(limits)], left, right, better: betterOf(left, right) };
}

function betterOf(left: Measure | null, right: Measure | null): FiguresRow['better'] {
  if (!left || !right || left.state === 'unknown' || right.state === 'unknown') return null;
  const difference = RANK[right.state] - RANK[left.state];
  if (difference === 0) return null;
  return difference > 0 ? 'left' : 'right';
}
