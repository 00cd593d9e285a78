import { useState } from 'react';
import type { Verdict } from '../../../shared/domain/report.ts';
import { words } from '../../../shared/words/app.ts';
import { AnswerState } from '../../app/AnswerState.tsx';
import { usePageKeyList } from '../../app/keys/pageKeys.ts';
import { useAnswer } from '../../app/queries.ts';
import { routes } from '../../app/routes.ts';
import { Page } from '../../ui/Page.tsx';
import { useKeptFocus } from '../../ui/useKeptFocus.ts';
import './decide/decide.css';
import { ReviewActions } from './decide/ReviewActions.tsx';
import { EditableName } from './EditableName.tsx';
import { Review } from './Review.tsx';
import './take.css';
import { useObservations } from './useObservations.ts';

/** One take: looking it over, trimming it, and deciding about it. */
export function TakeScreen({ takeId }: { takeId: string }) {
  useKeptFocus();
  const answer = useAnswer('getTake', { takeId });
  const detail = answer.data;
  const measured = useObservations(takeId, detail);
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  usePageKeyList(words.keys.review);
  const name = detail?.take.name ?? words.take.loading;
  const known =
    detail !== undefined &&
    (detail.report === null || measured.data !== undefined || measured.error !== null);
  // Once shown it stays: somebody may be playing the take when its first report comes.
  const [shown, setShown] = useState(false);
  if (known && !shown) setShown(true);
  return (
    <Page
      title={name}
      windowTitle={words.shell.windowTitle(name)}
      crumbsLabel={words.shell.whereYouAre}
      crumbs={[{ label: words.shell.library, href: routes.library }]}
      heading={detail && <EditableName takeId={takeId} name={detail.take.name} />}
      actions={detail && <ReviewActions detail={detail} verdict={verdict} />}
    >
      {detail && (known || shown) ? (
        <Review detail={detail} observations={measured.data?.observations ?? null} onVerdict={setVerdict} />
      ) : (
        <AnswerState answer={answer} waiting={words.take.loading} failed={words.take.failed} />
      )}
    </Page>
  );
}
