import type { Take } from '../../../../shared/domain/take.ts';
import { say, words } from '../../../../shared/words/app.ts';
import { useCall } from '../../../app/queries.ts';
import { Button } from '../../../ui/Button.tsx';
import { Icon } from '../../../ui/Icon.tsx';

/** What was decided, when and why, and the way to take it back. */
export function DecisionNote({ take }: { readonly take: Take }) {
  const text = words.review.decide;
  const { kind, note, at } = take.review.decision;
  const decide = useCall('decideTake');
  if (kind === 'open') return null;
  const accepted = kind === 'accepted';
  return (
    <div className="decision-note" data-tone={accepted ? 'pass' : 'fail'}>
      <Icon name={accepted ? 'pass' : 'fail'} />
      <div>
        <b>{accepted ? text.accepted : text.rejected}</b>
        {at !== null && (
          <time className="quiet small" dateTime={at}>
            {say.moment(at, new Date())}
          </time>
        )}
        <p>{note !== '' ? note : accepted ? text.acceptedBody : text.rejectedBody}</p>
      </div>
      <Button
        size="small"
        label={text.changeLabel}
        disabled={decide.isPending}
        // The note stays for whoever rejects it again.
        onClick={() => decide.mutate({ takeId: take.id, kind: 'open', note })}
      >
        {text.change}
      </Button>
    </div>
  );
}
