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
}

export interface FiguresGroup {
  readonly group: Measure['group'];
  readonly rows: readonly FiguresRow[];
}

/** The measures of two reports side by side, in the order of the left one. A take without a report has none. */
export function figuresOf(left: readonly Measure[], right: readonly Measure[]): FiguresGroup[] {
  const codes = [...new Set([...left, ...right].map(({ code }) => code))];
  const rows = codes.flatMap((code) => {
    const one = left.find((measure) => measure.code === code) ?? null;
    const other = right.find((measure) => measure.code === code) ?? null;
    const known = one ?? other;
    if (known === null) return [];
    const limits = [...new Set([one, other].flatMap((measure) => (measure === null ? [] : [measure.limit])))];
    return [{ group: known.group, row: { code, label: known.label, limits, left: one, right: other } }];
  });
  return GROUPS.map((group) => ({
    group,
    rows: rows.filter((each) => each.group === group).map(({ row }) => row),
  })).filter((each) => each.rows.length > 0);
}
