import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { TakeDetail } from '../../../../shared/contract.ts';
import { words } from '../../../../shared/words/app.ts';
import { AnswerState } from '../../../app/AnswerState.tsx';
import { usePageKeyList } from '../../../app/keys/pageKeys.ts';
import { useAnswer } from '../../../app/queries.ts';
import { goTo, routes } from '../../../app/routes.ts';
import { useStore } from '../../../app/store.ts';
import { useRemembered } from '../../../app/view.ts';
import { Button } from '../../../ui/Button.tsx';
import { Segments, Tick } from '../../../ui/Choice.tsx';
import { Page } from '../../../ui/Page.tsx';
import { Message } from '../../../ui/parts.tsx';
import { createControls, type PlayerControls } from '../player/controls.ts';
import { usePageKeys } from '../usePageKeys.ts';
import { ChooseOther } from './ChooseOther.tsx';
import './compare.css';
import { Figures } from './Figures.tsx';
import { keepInStep } from './keepInStep.ts';
import { Side } from './Side.tsx';

const SKIP_SECONDS = 5;
/** What stands under the pictures. */
const BELOW = ['findings', 'figures'] as const;

/** Two takes side by side: both players in step or apart, what the check says about each, and which one is accepted. */
export function CompareScreen({ takeId, otherId }: { takeId: string; otherId: string | null }) {
  const text = words.review.compare;
  const one = useAnswer('getTake', { takeId });
  const list = useAnswer('listTakes', {});
  const other = useAnswer('getTake', { takeId: otherId ?? takeId }, { enabled: otherId !== null });
  const others = (list.data?.takes ?? []).filter(({ id }) => id !== takeId);
  // Where there is nothing to choose, it is chosen. Going back leads past the choice as well.
  const only = otherId === null && others.length === 1 ? others[0]?.id : undefined;
  useEffect(() => {
    if (only !== undefined) window.location.replace(`#${routes.compare(takeId, only)}`);
  }, [takeId, only]);
  const hasChosen = useRef(false);
  const choose = (id: string) => {
    hasChosen.current = true;
    goTo(routes.compare(takeId, id));
  };
  const ready =
    one.data !== undefined &&
    list.data !== undefined &&
    only === undefined &&
    (otherId === null || other.data !== undefined);
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
        otherId !== null &&
        others.length > 0 && (
          <ChooseOther others={others} otherId={otherId} takesFocus={hasChosen.current} onChoose={choose} />
        )
      }
    >
      {!ready ? (
        <AnswerState answer={waitedFor} waiting={text.opening} failed={words.take.failed} />
      ) : otherId === null || other.data === undefined ? (
        <Alone detail={one.data}>
          {others.length === 0 ? (
            <Message title={text.none} />
          ) : (
            <Message
              title={text.chooseTitle}
              actions={<ChooseOther others={others} otherId={null} onChoose={choose} />}
            >
              <p>{text.chooseBody}</p>
            </Message>
          )}
        </Alone>
      ) : (
        <Pair key={otherId} left={one.data} right={other.data} />
      )}
    </Page>
  );
}

/** The first take while there is no other: in the place of that stands what to do about it. */
function Alone({ detail, children }: { readonly detail: TakeDetail; readonly children: ReactNode }) {
  const text = words.review.compare;
  const [player] = useState(createControls);
  return (
    <div className="compare">
      <Side detail={detail} player={player} side={text.side.left} hasFindings />
      <section className="no-side" aria-label={text.side.right}>
        {children}
      </section>
    </div>
  );
}

function Pair({ left, right }: { readonly left: TakeDetail; readonly right: TakeDetail }) {
  const text = words.review.compare;
  usePageKeyList(words.keys.compare);
  const [players] = useState(() => ({ left: createControls(), right: createControls() }));
  const [inStep, setInStep] = useState(true);
  const [below, setBelow] = useRemembered('compare', BELOW, 'findings');
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
  /** Those that are sent somewhere: in step the other one follows by itself. */
  const led = (): PlayerControls[] => (inStep ? unfinished().slice(0, 1) : [players.left, players.right]);
  const skip = (seconds: number) => {
    for (const player of led()) player.skip(seconds);
  };
  const step = (frames: 1 | -1) => {
    for (const player of led()) player.step(frames);
  };
  usePageKeys(({ key, ctrlKey, metaKey }) =>
    ctrlKey || metaKey
      ? undefined
      : {
          ' ': toggle,
          k: toggle,
          j: () => skip(-2 * SKIP_SECONDS),
          l: () => skip(2 * SKIP_SECONDS),
          arrowleft: () => skip(-SKIP_SECONDS),
          arrowright: () => skip(SKIP_SECONDS),
          ',': () => step(-1),
          '.': () => step(1),
        }[key.toLowerCase()],
  );
  return (
    <div className="compare" data-below={below}>
      <Side detail={left} player={players.left} side={text.side.left} hasFindings={below === 'findings'} />
      <Side detail={right} player={players.right} side={text.side.right} hasFindings={below === 'findings'} />
      {below === 'figures' && <Figures left={left} right={right} />}
      <footer>
        <Segments
          label={text.below}
          value={below}
          options={BELOW.map((value) => ({ value, label: text[value] }))}
          onChange={setBelow}
        />
        <div className="both">
          <Button
            kind="bare"
            icon="back"
            label={text.back}
            title={words.shell.withKey(text.back, '←')}
            onClick={() => skip(-SKIP_SECONDS)}
          />
          <Button
            icon={playing ? 'pause' : 'play'}
            title={words.shell.withKey(playing ? text.pause : text.play, words.keys.space)}
            onClick={toggle}
          >
            {playing ? text.pause : text.play}
          </Button>
          <Button
            kind="bare"
            icon="right"
            label={text.on}
            title={words.shell.withKey(text.on, '→')}
            onClick={() => skip(SKIP_SECONDS)}
          />
        </div>
        <Tick checked={inStep} onChange={setInStep}>
          {text.inStep} <span className="quiet small">{text.inStepHint}</span>
        </Tick>
      </footer>
    </div>
  );
}
