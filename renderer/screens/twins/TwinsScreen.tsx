import { useState } from 'react';
import type { TwinSummary } from '../../../shared/domain/summary.ts';
import { LOOKS_PER_TWIN } from '../../../shared/domain/twin.ts';
import { words } from '../../../shared/words/app.ts';
import { AnswerState } from '../../app/AnswerState.tsx';
import { fire, useAnswer } from '../../app/queries.ts';
import { routes } from '../../app/routes.ts';
import { Button, ButtonLink } from '../../ui/Button.tsx';
import { Page } from '../../ui/Page.tsx';
import { Message, State } from '../../ui/parts.tsx';
import { ChooseTake } from './ChooseTake.tsx';
import { Face } from './Face.tsx';
import { OpenTwin } from './OpenTwin.tsx';
import './twins.css';

/** Everybody you have, and one of them open. */
export function TwinsScreen({ twinId }: { twinId: string | null }) {
  const answer = useAnswer('listTwins', {});
  const twins = answer.data?.twins;
  const open = twins?.find((twin) => twin.id === twinId) ?? twins?.[0];
  const [choosing, setChoosing] = useState(false);
  const text = words.twins;
  return (
    <Page
      title={text.title}
      windowTitle={words.shell.windowTitle(open?.name ?? text.title)}
      crumbsLabel={words.shell.whereYouAre}
      actions={
        open && (
          <>
            {open.trainer !== 'practice' && (
              <Button icon="external" onClick={() => fire('openDashboard', {})}>
                {text.dashboard}
              </Button>
            )}
            <Button
              kind="primary"
              icon="add"
              disabled={open.looks >= LOOKS_PER_TWIN}
              onClick={() => setChoosing(true)}
            >
              {text.addLook}
            </Button>
          </>
        )
      }
    >
      {!twins ? (
        <AnswerState answer={answer} waiting={text.loading} failed={text.failed} />
      ) : !open ? (
        <Message
          title={text.empty.title}
          actions={
            <ButtonLink kind="primary" href={routes.library}>
              {text.empty.action}
            </ButtonLink>
          }
        >
          <p>{text.empty.body}</p>
        </Message>
      ) : (
        <div className="twins">
          <People twins={twins} openId={open.id} />
          <OpenTwin key={open.id} twinId={open.id} summary={open} />
        </div>
      )}
      {choosing && open && <ChooseTake twin={open} onClose={() => setChoosing(false)} />}
    </Page>
  );
}

function People({ twins, openId }: { twins: readonly TwinSummary[]; openId: string }) {
  const text = words.twins;
  return (
    <nav className="people scroll" aria-label={text.people}>
      <ul>
        {twins.map((twin) => (
          <li key={twin.id}>
            <a href={`#${routes.twin(twin.id)}`} aria-current={twin.id === openId ? 'true' : undefined}>
              <Face takeId={twin.takeId} turn={twin.turn} name={twin.name} />
              <span>
                <b className="name cut" title={twin.name}>
                  {twin.name}
                </b>
                {twin.training ? (
                  <State tone="work" word={text.training} />
                ) : (
                  <small>
                    {text.looksOfLong(twin.looks, LOOKS_PER_TWIN)}
                    {twin.trainer === 'practice' && <i>{text.practice}</i>}
                  </small>
                )}
              </span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
