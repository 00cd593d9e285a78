import { isUnfinished, type Order } from '../../../shared/domain/order.ts';
import { say, words } from '../../../shared/words/app.ts';
import { useCall } from '../../app/queries.ts';
import { Button } from '../../ui/Button.tsx';
import { Note } from '../../ui/parts.tsx';

/** The video that still lies at the host after the order has ended, and the way to take it away. */
export function HostedVideo({ order }: { order: Order }) {
  const remove = useCall('removeHosted');
  const text = words.order.hosted;
  const { master } = order.hosted;
  const { kind } = order.state;
  if (!master || isUnfinished(order.state) || kind === 'unconfirmed' || kind === 'stalled') return null;
  if (master.removedAt !== null)
    return <p className="removed quiet small">{text.removed(say.day(master.removedAt))}</p>;
  return (
    <div className="hosted">
      <Note
        tone="info"
        actions={
          <Button
            size="small"
            disabled={remove.isPending}
            onClick={() => remove.mutate({ orderId: order.id })}
          >
            {remove.isPending ? text.removing : text.remove}
          </Button>
        }
      >
        {text.there(words.order.hosts[order.host], say.bytes(master.sizeBytes))}{' '}
        {kind === 'ready' ? text.why : text.whyStopped}
      </Note>
    </div>
  );
}
