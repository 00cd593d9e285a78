import { useState } from 'react';
import type { TakeDetail } from '../../../../shared/contract.ts';
import { words } from '../../../../shared/words/app.ts';
import { showKeys } from '../../../app/keys/pageKeys.ts';
import { fire, useCall } from '../../../app/queries.ts';
import { goTo, routes } from '../../../app/routes.ts';
import { Button, ButtonLink } from '../../../ui/Button.tsx';
import { Popover } from '../../../ui/Popover.tsx';
import { BinDialog } from '../BinDialog.tsx';

/** What is done with a take now and then. */
export function TakeMenu({ detail, checking }: { readonly detail: TakeDetail; readonly checking: boolean }) {
  const { take, sourcePresent } = detail;
  const [asking, setAsking] = useState(false);
  const check = useCall('checkTake');
  const text = words.take;
  const more = words.review.more;
  return (
    <>
      <Popover icon="more" label={more.label} kind="menu">
        <ButtonLink kind="bare" wide icon="compare" href={routes.compare(take.id)}>
          {more.compare}
        </ButtonLink>
        <Button
          kind="bare"
          wide
          icon="repeat"
          disabled={checking || check.isPending || !sourcePresent}
          onClick={() => check.mutate({ takeId: take.id })}
        >
          {text.checkAgain}
        </Button>
        <Button kind="bare" wide icon="folder" onClick={() => fire('showTakeInFolder', { takeId: take.id })}>
          {text.showInFolder}
        </Button>
        <Button kind="bare" wide icon="keys" onClick={showKeys}>
          {more.keys}
        </Button>
        <Button kind="bare" wide icon="bin" onClick={() => setAsking(true)}>
          {text.bin.action}
        </Button>
      </Popover>
      {asking && (
        <BinDialog take={take} onClose={() => setAsking(false)} onDone={() => goTo(routes.library)} />
      )}
    </>
  );
}
