import { useState } from 'react';
import { mediaUrl, type TwinDetail } from '../../../shared/contract.ts';
import type { OrderSummary } from '../../../shared/domain/summary.ts';
import type { Look } from '../../../shared/domain/twin.ts';
import { say, words } from '../../../shared/words/app.ts';
import { copyText } from '../../app/queries.ts';
import { routes } from '../../app/routes.ts';
import { CopyText } from '../../ui/CopyText.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Facts, Poster, State } from '../../ui/parts.tsx';
import { orderState } from '../order/orderState.ts';

/** One trained avatar: its picture, which becomes its first words, and where it came from. */
export function LookCard({
  look,
  take,
  order,
}: {
  readonly look: Look;
  /** Undefined once the take has left the library. */
  readonly take: TwinDetail['takes'][string] | undefined;
  readonly order: OrderSummary | undefined;
}) {
  const [playing, setPlaying] = useState(false);
  const text = words.twins;
  const state = order && orderState(order);
  return (
    <article className="look" aria-label={look.name}>
      {playing ? (
        // biome-ignore lint/a11y/useMediaCaption: the trainer's test sentence comes without captions
        <video
          src={mediaUrl.firstWords(look.orderId)}
          controls
          autoPlay
          playsInline
          aria-label={words.order.ready.video(look.name)}
        />
      ) : (
        <Poster
          src={take === undefined ? null : mediaUrl.poster(look.takeId)}
          turn={take?.turn ?? 0}
          missing={words.twins.look.gone}
        >
          {order?.firstWords.kind === 'ready' && (
            <button
              type="button"
              className="play-first-words"
              aria-label={text.playFirstWords(look.name)}
              onClick={() => setPlaying(true)}
            >
              <Icon name="play" size="small" />
              {text.firstWords}
            </button>
          )}
        </Poster>
      )}
      <div>
        <header>
          <h3 className="cut" title={look.name}>
            {look.name}
          </h3>
          {state && <State {...state} />}
        </header>
        <Facts
          of={[
            [
              text.look.take,
              take === undefined ? (
                text.look.gone
              ) : (
                <a key="take" className="cut" href={`#${routes.take(look.takeId)}`} title={take.name}>
                  {take.name}
                </a>
              ),
            ],
            [text.look.made, say.day(look.orderedAt)],
            order ? [text.look.paid, say.usd(order.chargedUsd)] : null,
          ]}
        />
        <CopyText
          name={text.avatarId}
          text={look.avatarId}
          label={words.shell.copy(text.avatarId)}
          copied={words.shell.copied(text.avatarId)}
          onCopy={copyText}
        />
      </div>
    </article>
  );
}
