import type { Verdict } from '../../../../shared/domain/report.ts';
import type { Take } from '../../../../shared/domain/take.ts';

/**
 * A take can be accepted once its check is complete, while nobody has decided about it, and where it would not be
 * refused.
 * @param verdict of what is kept; null while there is none
 */
export const isAcceptable = ({ check, review }: Take, verdict: Verdict | null): boolean =>
  check.kind === 'checked' && review.decision.kind === 'open' && verdict !== null && verdict !== 'fail';
