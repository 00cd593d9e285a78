/** What the window and the worker that judges say to each other. */
import type { Edit } from '../../../../shared/domain/edit.ts';
import type { Report, Shot } from '../../../../shared/domain/report.ts';
import type { Observations } from '../../../../shared/quality/observations.ts';

export type ToJudge =
  /** Of the take that is judged from now on. */
  | { readonly kind: 'observations'; readonly observations: Observations }
  | { readonly kind: 'judge'; readonly shot: Shot; readonly edit: Edit };

export interface FromJudge {
  readonly report: Report;
}
