import type { Take } from '../../../../shared/domain/take.ts';
import { words } from '../../../../shared/words/app.ts';
import { State } from '../../../ui/parts.tsx';

/** Whether a take was accepted or rejected, in one word; nothing while nobody has decided. */
export function DecisionMark({ take }: { readonly take: Take }) {
  const { kind } = take.review.decision;
  if (kind === 'open') return null;
  const text = words.review.decide;
  return kind === 'accepted' ? (
    <State tone="pass" word={text.accepted} />
  ) : (
    <State tone="fail" word={text.rejected} />
  );
}
