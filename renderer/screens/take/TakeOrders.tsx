import type { TakeDetail } from '../../../shared/contract.ts';
import type { OrderState } from '../../../shared/domain/order.ts';
import { say, words } from '../../../shared/words/app.ts';
import { useOnline } from '../../app/online.ts';
import { routes } from '../../app/routes.ts';
import { Icon } from '../../ui/Icon.tsx';
import { State } from '../../ui/parts.tsx';
import { orderState } from '../order/orderState.ts';

/** What goes on only with a network: preparing and queueing need none. */
const needsNetwork = (state: OrderState['kind']): boolean =>
  state === 'uploading' || state === 'verifying' || state === 'ordering' || state === 'training';

/** What was ordered from this take, newest first. */
export function TakeOrders({ detail }: { detail: TakeDetail }) {
  const online = useOnline();
  const text = words.take.orders;
  if (detail.orders.length === 0) return null;
  return (
    <section className="take-orders">
      <h2>{text.title}</h2>
      <ul>
        {detail.orders.map((order) => {
          const { tone, word } = orderState(order);
          const waits = !online && needsNetwork(order.state.kind);
          const paid = [
            text.paid(say.usd(order.chargedUsd)),
            ...(order.possibleUsd > 0 ? [text.possible(say.usd(order.possibleUsd))] : []),
          ].join(', ');
          return (
            <li key={order.id}>
              <a href={`#${routes.order(order.takeId, order.id)}`}>
                <span className="grow">
                  <b className="cut">{order.lookName}</b>
                  <small>
                    {words.trainer[order.trainer]}, {say.moment(order.createdAt, new Date())}, {paid}
                  </small>
                </span>
                <State tone={tone} word={waits ? words.review.orderWaits : word} />
                <Icon name="right" size="small" />
              </a>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
