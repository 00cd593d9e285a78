import { useEffect, useState } from 'react';
import type { TakeDetail } from '../../../../shared/contract.ts';
import { say, words } from '../../../../shared/words/app.ts';
import { AnswerState } from '../../../app/AnswerState.tsx';
import { useAnswer } from '../../../app/queries.ts';
import { goTo, routes } from '../../../app/routes.ts';
import { useStore } from '../../../app/store.ts';
import { Button } from '../../../ui/Button.tsx';
import { Select, Tick } from '../../../ui/Choice.tsx';
import { Page } from '../../../ui/Page.tsx';
import { Message } from '../../../ui/parts.tsx';
import { createControls, type PlayerControls } from '../player/controls.ts';
import './compare.css';
import { keepInStep } from './keepInStep.ts';
import { Side } from './Side.tsx';

const SKIP_SECONDS = 5;

/** Two takes side by side: both players in step or apart, what the check says about each, and which one is accepted. */
export function CompareScreen({ takeId, otherId }: { takeId: string; otherId: string | null }) {
  const text = words.review.compare;
  const one = useAnswer('getTake', { takeId });
  const list = useAnswer('listTakes', {});
  const other = useAnswer('getTake', { takeId: otherId ?? takeId }, { enabled: otherId !== null });
  const others = (list.data?.takes ?? []).filter(({ id }) => id !== takeId);
  const ready =
    one.data !== undefined && list.data !== undefined && (otherId === null || other.data !== undefined);
  const waitedFor = [one, list, other].find((answer) => answer.error !== null) ?? one;
  return (
    <Page
      title={text.title}
      windowTitle={words.shell.windowTitle(text.title)}
      crumbsLabel={words.shell.whereYouAre}
      crumbs={[
        { label: words.shell.library, href: routes.library },
        { label: one.data?.take.name ?? words.take.loading, href: routes.take(takeId) },
      ]}
      actions={
        others.length > 0 && (
          <span className="choose-other">
            <Select
              label={text.other}
              value={otherId ?? ''}
              options={[
                ...(otherId === null ? [{ value: '', label: text.choose }] : []),
                ...others.map(({ id, name, createdAt }) => ({
                  value: id as string,
                  label: `${name}, ${say.moment(createdAt, new Date())}`,
                })),
              ]}
              onChange={(id) => id !== '' && goTo(routes.compare(takeId, id))}
            />
          </span>
        )
      }
    >
      {!ready ? (
        <AnswerState answer={waitedFor} waiting={text.opening} failed={words.take.failed} />
      ) : otherId === null || other.data === undefined ? (
        <Message title={others.length === 0 ? text.none : text.chooseTitle}>
          {others.length > 0 && <p>{text.chooseBody}</p>}
        </Message>
      ) : (
        <Pair key={otherId} left={one.data} right={other.data} />
      )}
    </Page>
  );
}

function Pair({ left, right }: { readonly left: TakeDetail; readonly right: TakeDetail }) {
  const text = words.review.compare;
  const [players] = useState(() => ({ left: createControls(), right: createControls() }));
  const [inStep, setInStep] = useState(true);
  const leftPlays = useStore(players.left, (state) => state.playing);
  const rightPlays = useStore(players.right, (state) => state.playing);
  const playing = leftPlays || rightPlays;
  // Two voices at once say nothing: the right one begins without sound.
  useEffect(() => players.right.setVolume(0), [players]);
  useEffect(
    () => (inStep ? keepInStep(players.left, players.right) : undefined),
    [players.left, players.right, inStep],
  );
  /** The one that is over waits for the other, until both are. */
  const unfinished = (): PlayerControls[] => {
    const all = [players.left, players.right];
    const going = all.filter((player) => !player.get().ended);
    return going.length > 0 ? going : all;
  };
  const toggle = () => {
    for (const player of unfinished()) {
      if (playing) player.pause();
      else player.play();
    }
  };
  const skip = (seconds: number) => {
    // In step the other one follows by itself.
    for (const player of inStep ? unfinished().slice(0, 1) : [players.left, players.right])
      player.skip(seconds);
  };
  return (
    <div className="compare">
      <Side detail={left} player={players.left} side={text.side.left} />
      <Side detail={right} player={players.right} side={text.side.right} />
      <footer>
        <Button kind="bare" icon="back" label={text.back} onClick={() => skip(-SKIP_SECONDS)} />
        <Button icon={playing ? 'pause' : 'play'} onClick={toggle}>
          {playing ? text.pause : text.play}
        </Button>
        <Button kind="bare" icon="right" label={text.on} onClick={() => skip(SKIP_SECONDS)} />
        <Tick checked={inStep} onChange={setInStep}>
          {text.inStep} <span className="quiet small">{text.inStepHint}</span>
        </Tick>
      </footer>
    </div>
  );
}
