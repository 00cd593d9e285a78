import { useRef } from 'react';
import type { TakeDetail } from '../../../shared/contract.ts';
import { words } from '../../../shared/words/app.ts';
import { AnswerState } from '../../app/AnswerState.tsx';
import { useAnswer } from '../../app/queries.ts';
import { routes } from '../../app/routes.ts';
import { Page } from '../../ui/Page.tsx';
import type { PlayerHandle } from '../../ui/Player.tsx';
import { AboutTake } from './AboutTake.tsx';
import { CheckReport } from './CheckReport.tsx';
import { EditableName } from './EditableName.tsx';
import { HowItEnded } from './HowItEnded.tsx';
import './take.css';
import { TakeActions } from './TakeActions.tsx';
import { TakeOrders } from './TakeOrders.tsx';
import { TakePlayer } from './TakePlayer.tsx';

/** One take: what it looks like, what the check says, and the step to publishing it. */
export function TakeScreen({ takeId }: { takeId: string }) {
  const answer = useAnswer('getTake', { takeId });
  const detail = answer.data;
  const name = detail?.take.name ?? words.take.loading;
  return (
    <Page
      title={name}
      windowTitle={words.shell.windowTitle(name)}
      crumbsLabel={words.shell.whereYouAre}
      crumbs={[{ label: words.shell.library, href: routes.library }]}
      heading={detail && <EditableName takeId={takeId} name={detail.take.name} />}
      actions={detail && <TakeActions detail={detail} />}
    >
      {detail ? (
        <OpenTake detail={detail} />
      ) : (
        <AnswerState answer={answer} waiting={words.take.loading} failed={words.take.failed} />
      )}
    </Page>
  );
}

function OpenTake({ detail }: { detail: TakeDetail }) {
  const player = useRef<PlayerHandle>(null);
  return (
    <div className="take-page">
      <TakePlayer detail={detail} player={player} />
      <section className="side-panel scroll" aria-label={words.take.check.title}>
        {detail.take.recording && <HowItEnded end={detail.take.recording.end} />}
        <CheckReport detail={detail} onPlayFrom={(seconds) => player.current?.playFrom(seconds)} />
        <AboutTake detail={detail} />
        <TakeOrders detail={detail} />
      </section>
    </div>
  );
}
