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
  const playing = useStore(players.left, (state) => state.playing);
  // Two voices at once say nothing: the right one begins without sound.
  useEffect(() => players.right.setVolume(0), [players]);
  useInStep(players.left, players.right, inStep);
  const both = (does: (player: PlayerControls) => void) => {
    does(players.left);
    // In step the other one follows by itself.
    if (!inStep) does(players.right);
  };
  return (
    <div className="compare">
      <Side detail={left} player={players.left} side={text.side.left} />
      <Side detail={right} player={players.right} side={text.side.right} />
      <footer>
        <Button
          kind="bare"
          icon="back"
          label={text.back}
          onClick={() => both((player) => player.skip(-SKIP_SECONDS))}
        />
        <Button
          icon={playing ? 'pause' : 'play'}
          onClick={() => both((player) => (playing ? player.pause() : player.play()))}
        >
          {playing ? text.pause : text.play}
        </Button>
        <Button
          kind="bare"
          icon="right"
          label={text.on}
          onClick={() => both((player) => player.skip(SKIP_SECONDS))}
        />
        <Tick checked={inStep} onChange={setInStep}>
          {text.inStep} <span className="quiet small">{text.inStepHint}</span>
        </Tick>
      </footer>
    </div>
  );
}

/** Further apart than this they are brought together again. Seconds. */
const APART = 0.15;

/**
 * What is done to one player is done to the other, keeping the distance there was between them. While both play they
 * drift by a frame or two, which nobody sees.
 */
function useInStep(left: PlayerControls, right: PlayerControls, inStep: boolean): void {
  useEffect(() => {
    if (!inStep) return;
    const distance = right.get().seconds - left.get().seconds;
    let busy = false;
    const follow = (from: PlayerControls, to: PlayerControls, offset: number) => () => {
      if (busy) return;
      busy = true;
      const { playing, seconds, speed } = from.get();
      if (to.get().speed !== speed) to.setSpeed(speed);
      if (playing !== to.get().playing && to.get().status === 'ready') {
        if (playing) to.play();
        else to.pause();
      }
      const wanted = seconds + offset;
      if (!playing && Math.abs(to.get().seconds - wanted) > APART) to.seek(wanted);
      busy = false;
    };
    const stops = [left.follow(follow(left, right, distance)), right.follow(follow(right, left, -distance))];
    return () => {
      for (const stop of stops) stop();
    };
  }, [left, right, inStep]);
}
