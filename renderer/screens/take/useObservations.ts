import type { TakeDetail } from '../../../shared/contract.ts';
import { useAnswer } from '../../app/queries.ts';

/**
 * What was measured of a take: megabytes for a long one, so they are read again when the take was measured anew, and not
 * when only its name, its trim or what was decided has changed.
 * @param detail undefined until it is known
 */
export function useObservations(takeId: string, detail: TakeDetail | undefined) {
  return useAnswer(
    'getObservations',
    { takeId },
    // Without a report nothing was measured yet; whoever has just recorded need not wait for that answer.
    { enabled: detail?.report != null, keepPrevious: true, ...(detail && { version: measuredAt(detail) }) },
  );
}

/** Names the measurement that a take has now. */
function measuredAt({ take: { check }, report }: TakeDetail): string {
  return `${check.kind === 'checked' ? check.at : check.kind}, ${report?.depth ?? 'no report'}`;
}
