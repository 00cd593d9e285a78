import { useEffect, useRef, useState } from 'react';
import type { TakeDetail } from '../../../../shared/contract.ts';
import type { TakeId } from '../../../../shared/domain/ids.ts';
import type { Mends } from '../../../../shared/domain/review.ts';
import { copiesVideo } from '../../../../shared/quality/master.ts';
import type { MendsOffered } from '../../../../shared/quality/mends.ts';
import { words } from '../../../../shared/words/app.ts';
import { mendLines } from '../../../../shared/words/appMends.ts';
import { useCall } from '../../../app/queries.ts';
import { Segments, Tick } from '../../../ui/Choice.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { bringIntoView } from '../bringIntoView.ts';
import type { PlayerControls } from '../player/controls.ts';
import { MendsPreview } from './MendsPreview.tsx';
import type { Mend } from './mendOf.ts';
import './mends.css';

const TICKED = ['loudness', 'noise', 'exposure', 'letterbox'] as const;
const TURNS = { '0': 0, '90': 90, '180': 180, '270': 270 } as const;
const TURN_CHOICES = ['0', '90', '180', '270'] as const;

/** A choice that somebody was led to. Asked for again it is another object. */
export interface AskedMend {
  readonly mend: Mend;
}

/** What preparing is to mend: each with what it would do, all of it off until somebody chooses it. */
export function MendsPanel({
  takeId,
  detail,
  offered,
  asked,
  player,
}: {
  readonly takeId: TakeId;
  readonly detail: TakeDetail;
  readonly offered: MendsOffered;
  /** Comes into view, and has the focus; null where somebody came by themselves. */
  readonly asked: AskedMend | null;
  readonly player: PlayerControls;
}) {
  const text = words.mends;
  const { review, media } = detail.take;
  const { chosen, change } = useChosenMends(takeId, review.mends);
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    const choice = list.current?.querySelector('[data-asked]');
    if (asked === null || !choice) return;
    bringIntoView(choice, 'center');
    choice
      .querySelector<HTMLInputElement>('input:not([type="radio"]), :checked')
      ?.focus({ preventScroll: true });
  }, [asked]);
  const isAsked = (mend: Mend) => (asked?.mend === mend ? '' : undefined);
  // What was chosen for another part can be taken back, although it does nothing for this one.
  const listed = TICKED.filter((mend) => offered[mend].offered || chosen[mend]);
  const nothing = TICKED.filter((mend) => !listed.includes(mend));
  const effective = effectiveOf(chosen, offered);
  const isPictureMended = effective.letterbox || effective.exposure || effective.turn !== 0;
  return (
    <section className="mends" aria-label={text.title}>
      <p className="small muted">{text.body}</p>
      <ul ref={list}>
        {listed.map((mend) => (
          <li key={mend} data-idle={offered[mend].offered ? undefined : ''} data-asked={isAsked(mend)}>
            <Tick checked={chosen[mend]} onChange={(on) => change({ ...chosen, [mend]: on })}>
              {text[mend]}
              <small>
                {offered[mend].offered ? lineOf(mend, offered) : text.idle(lineOf(mend, offered))}
              </small>
            </Tick>
          </li>
        ))}
        <li className="turn" data-asked={isAsked('turn')}>
          <span>{text.turn}</span>
          <Segments
            label={text.turn}
            value={turnName(chosen.turn)}
            options={TURN_CHOICES.map((value) => ({ value, label: text.turns[value] }))}
            onChange={(value) => change({ ...chosen, turn: TURNS[value] })}
          />
        </li>
      </ul>
      <MendsPreview takeId={takeId} mends={effective} player={player} />
      {/* Below the button, which would otherwise move away from under the pointer. */}
      {isPictureMended && media !== null && copiesVideo(media) && (
        <p className="small quiet">{text.encoded}</p>
      )}
      {nothing.length > 0 && (
        <details className="mends-not">
          <summary>
            {text.nothing}
            <Icon name="down" size="small" />
          </summary>
          <ul>
            {nothing.map((mend) => (
              <li key={mend}>{lineOf(mend, offered)}</li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

/** What was chosen is shown at once, and is what the engine says it is afterwards. */
function useChosenMends(takeId: TakeId, saved: Mends) {
  const [chosen, setChosen] = useState(saved);
  const key = JSON.stringify(saved);
  // Written elsewhere too, or refused: what is saved counts. Compared by its content, for it is read anew often.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for `saved`
  useEffect(() => setChosen(saved), [key]);
  const save = useCall('setMends');
  const change = (mends: Mends) => {
    setChosen(mends);
    save.mutate({ takeId, mends }, { onError: () => setChosen(saved) });
  };
  return { chosen, change };
}

/** What is no longer offered does nothing, although it was chosen once. */
function effectiveOf(chosen: Mends, offered: MendsOffered): Mends {
  return {
    ...chosen,
    loudness: chosen.loudness && offered.loudness.offered,
    noise: chosen.noise && offered.noise.offered,
    letterbox: chosen.letterbox && offered.letterbox.offered,
    exposure: chosen.exposure && offered.exposure.offered,
  };
}

function lineOf(mend: (typeof TICKED)[number], offered: MendsOffered): string {
  switch (mend) {
    case 'loudness':
      return mendLines.loudness(offered.loudness);
    case 'noise':
      return mendLines.noise(offered.noise);
    case 'letterbox':
      return mendLines.letterbox(offered.letterbox);
    case 'exposure':
      return mendLines.exposure(offered.exposure);
  }
}

const turnName = (turn: Mends['turn']): (typeof TURN_CHOICES)[number] => `${turn}`;
