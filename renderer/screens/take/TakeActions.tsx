import { useState } from 'react';
import type { TakeDetail } from '../../../shared/contract.ts';
import { words } from '../../../shared/words/app.ts';
import { useIsBeingChecked } from '../../app/activities.ts';
import { fire, useCall } from '../../app/queries.ts';
import { goTo, routes } from '../../app/routes.ts';
import { Button, ButtonLink } from '../../ui/Button.tsx';
import { BinDialog } from './BinDialog.tsx';

/** Why the take cannot be published at the moment; null when it can. */
export function whyNotPublish({ take, sourcePresent }: TakeDetail): string | null {
  const { why } = words.take;
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

/** What can be done with a take; publishing it is the step that matters. */
export function TakeActions({ detail }: { detail: TakeDetail }) {
  const { take } = detail;
  const [asking, setAsking] = useState(false);
  const check = useCall('checkTake');
  const text = words.take;
  const why = whyNotPublish(detail);
  const isBeingChecked = useIsBeingChecked(take.id);
  const checking = isBeingChecked || take.check.kind === 'checking';
  return (
    <>
      <Button kind="bare" icon="bin" label={text.bin.action} onClick={() => setAsking(true)} />
      <Button
        kind="bare"
        icon="folder"
        label={text.showInFolder}
        onClick={() => fire('showTakeInFolder', { takeId: take.id })}
      />
      <Button
        icon="repeat"
        disabled={checking || check.isPending || !detail.sourcePresent}
        onClick={() => check.mutate({ takeId: take.id })}
      >
        {take.check.kind === 'waiting' ? text.checkIt : text.checkAgain}
      </Button>
      {why === null ? (
        <ButtonLink kind="primary" icon="upload" href={routes.publish(take.id)}>
          {text.publish}
        </ButtonLink>
      ) : (
        // Reachable by keyboard although it does nothing, so that the reason can be read.
        <Button kind="primary" icon="upload" aria-disabled="true" aria-describedby="why-not" title={why}>
          {text.publish}
        </Button>
      )}
      {why !== null && (
        <span id="why-not" className="hidden-visually">
          {why}
        </span>
      )}
      {asking && (
        <BinDialog take={take} onClose={() => setAsking(false)} onDone={() => goTo(routes.library)} />
      )}
    </>
  );
}
