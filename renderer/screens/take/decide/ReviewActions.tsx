import { useState } from 'react';
import type { TakeDetail } from '../../../../shared/contract.ts';
import type { Verdict } from '../../../../shared/domain/report.ts';
import { words } from '../../../../shared/words/app.ts';
import { useIsBeingChecked } from '../../../app/activities.ts';
import { useCall } from '../../../app/queries.ts';
import { routes } from '../../../app/routes.ts';
import { Button, ButtonLink } from '../../../ui/Button.tsx';
import { isOnlyLying } from '../findings/VerdictHead.tsx';
import { DecisionMark } from './DecisionMark.tsx';
import { isAcceptable } from './isAcceptable.ts';
import { RejectDialog } from './RejectDialog.tsx';
import { retake } from './retake.ts';
import { TakeMenu } from './TakeMenu.tsx';
import { whyNotPublish } from './whyNotPublish.ts';

/** What can be done with a take; the next step has the accent, and there is one at most. */
export function ReviewActions({
  detail,
  verdict,
}: {
  readonly detail: TakeDetail;
  /** Of what is kept; null while there is none. */
  readonly verdict: Verdict | null;
}) {
  const { take, sourcePresent } = detail;
  const text = words.review.decide;
  const [rejecting, setRejecting] = useState(false);
  const check = useCall('checkTake');
  const decide = useCall('decideTake');
  const isBeingChecked = useIsBeingChecked(take.id);
  const checking = isBeingChecked || take.check.kind === 'checking';
  const { kind } = take.review.decision;
  const toCheck = !checking && (take.check.kind === 'waiting' || take.check.kind === 'failed');
  // One that lies on its side is not for recording again: it is turned first.
  const refused = verdict === 'fail' && !isOnlyLying(detail.report?.findings ?? []);
  const toRetake = !toCheck && !checking && kind !== 'accepted' && (refused || kind === 'rejected');
  return (
    <>
      <DecisionMark take={take} />
      <TakeMenu detail={detail} checking={checking} />
      <Button
        kind={toRetake ? 'primary' : 'bare'}
        icon="retake"
        title={text.retakeHint}
        onClick={() => void retake(take, detail.report)}
      >
        {text.retake}
      </Button>
      {kind !== 'rejected' && (
        <Button icon="close" onClick={() => setRejecting(true)}>
          {text.reject}
        </Button>
      )}
      {isAcceptable(take, verdict) && (
        <Button
          kind="primary"
          icon="done"
          disabled={decide.isPending}
          onClick={() => decide.mutate({ takeId: take.id, kind: 'accepted', note: '' })}
        >
          {text.accept}
        </Button>
      )}
      {toCheck && (
        <Button
          kind="primary"
          icon="repeat"
          disabled={check.isPending || !sourcePresent}
          onClick={() => check.mutate({ takeId: take.id })}
        >
          {take.check.kind === 'waiting' ? words.take.checkIt : words.take.checkAgain}
        </Button>
      )}
      {kind === 'accepted' && !toCheck && <Publish detail={detail} refused={refused} />}
      {rejecting && <RejectDialog take={take} onClose={() => setRejecting(false)} />}
    </>
  );
}

function Publish({ detail, refused }: { readonly detail: TakeDetail; readonly refused: boolean }) {
  const text = words.take;
  const why = whyNotPublish(detail) ?? (refused ? text.why.refused : null);
  if (why === null)
    return (
      <ButtonLink kind="primary" icon="upload" href={routes.publish(detail.take.id)}>
        {text.publish}
      </ButtonLink>
    );
  return (
    <>
      {/* Reachable by keyboard although it does nothing, so that the reason can be read. */}
      <Button kind="primary" icon="upload" aria-disabled="true" aria-describedby="why-not" title={why}>
        {text.publish}
      </Button>
      <span id="why-not" className="hidden-visually">
        {why}
      </span>
    </>
  );
}
