/** What the window and the worker that judges say to each other. */
import type { Report } from '../../../../shared/domain/report.ts';
import type { JudgeOptions } from '../../../../shared/quality/judgeTake.ts';
import type { Observations } from '../../../../shared/quality/observations.ts';

/** What is chosen for the take that is judged. */
export type Question = Omit<JudgeOptions, 'now'>;

export type ToJudge =
  /** Of the take that is judged from now on. */
  | { readonly kind: 'observations'; readonly observations: Observations }
  | ({ readonly kind: 'judge' } & Question);

export interface FromJudge {
  readonly report: Report;
}
