import type { OrderDetail, TakeDetail } from '../../../shared/contract.ts';
import { isUnfinished, totalUsd } from '../../../shared/domain/order.ts';
import { say, words } from '../../../shared/words/app.ts';
import { State } from '../../ui/parts.tsx';
import { OrderPanel } from '../publish/OrderPanel.tsx';
import { videoFacts, videoOfOrder } from '../publish/orderedVideo.tsx';
import { orderState } from './orderState.ts';

/** The order beside its progress, and what it has really cost so far. */
export function PaidPanel({ detail, take }: { detail: OrderDetail; take: TakeDetail | undefined }) {
  const { order, twinName, chargedUsd, possibleUsd } = detail;
  const video = videoOfOrder(order);
  const panel = words.publish.panel;
  const text = words.order.paid;
  const running = isUnfinished(order.state);
  const { tone, word } = orderState(order);
  const consent = {
    'confirmed-in-window': panel.consentHere,
    'confirmed-by-flag': panel.consentFlag,
    url: panel.consentPage,
  }[order.consent.how.kind];
  return (
    <OrderPanel
      detail={take}
      video={video}
      lookName={order.lookName}
      line={order.twin.kind === 'new' ? panel.newTwin(twinName) : panel.newLook(twinName)}
      facts={[
        [words.order.title, <State key="state" tone={tone} word={word} />],
        ...videoFacts(video, take?.take.name ?? words.twins.look.gone, take?.take.media?.durationSeconds),
        [panel.consent, <State key="consent" tone="pass" word={consent} />],
        [panel.trainer, words.trainer[order.trainer]],
        [panel.host, words.host[order.host]],
      ]}
    >
      <p className="figure">
        {say.usd(chargedUsd)}{' '}
        <span>{possibleUsd > 0 ? text.certain : running ? text.soFar : text.inAll}</span>
      </p>
      <p>
        {totalUsd(order.price) === 0
          ? text.practice
          : text.agreed(say.usd(order.price.trainingUsd), say.usd(order.price.firstWordsUsd))}
      </p>
      {possibleUsd > 0 && <p className="possible">{text.possible(say.usd(possibleUsd))}</p>}
      {running && <p className="quiet small">{text.power}</p>}
    </OrderPanel>
  );
}
