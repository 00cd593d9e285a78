import type { Report } from '../../../shared/domain/report.ts';
import type { Review, Trim } from '../../../shared/domain/review.ts';
import type { Observations } from '../../../shared/quality/observations.ts';
import { longestWholePart } from '../../../shared/quality/wholePart.ts';

/** Of a take that has been cut, the part that is worth keeping; null for another, or where no part is. */
export function wholePartOf(
  report: Report | null,
  observations: Observations | null,
  review: Review,
): Trim | null {
  const isCut = report?.findings.some(({ code }) => code === 'JUMP_CUT') === true;
  return isCut && observations !== null ? longestWholePart(observations, report.range, review) : null;
}
