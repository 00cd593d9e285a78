import type { TakeDetail } from '../../../../shared/contract.ts';
import { words } from '../../../../shared/words/app.ts';

/** Why the take cannot be published at the moment; null when it can. */
export function whyNotPublish({ take, sourcePresent }: TakeDetail): string | null {
  const { why } = words.take;
  if (take.review.decision.kind === 'rejected') return why.rejected;
  if (!sourcePresent) return why.sourceMissing;
  switch (take.check.kind) {
    case 'waiting':
      return why.notChecked;
    case 'checking':
      return why.checking;
    case 'failed':
      return why.checkFailed;
    case 'checked':
      return take.check.verdict === 'fail' ? why.refused : null;
  }
}
