import type { OrderDetail } from '../../../shared/contract.ts';
import { isCancellable } from '../../../shared/domain/order.ts';
import { words } from '../../../shared/words/app.ts';
import { AnswerState } from '../../app/AnswerState.tsx';
import { useOnline } from '../../app/online.ts';
import { useAnswer, useCall } from '../../app/queries.ts';
import { routes } from '../../app/routes.ts';
import { Button } from '../../ui/Button.tsx';
import { Page } from '../../ui/Page.tsx';
import '../publish/publish.css';
import './order.css';
import { Decision } from './Decision.tsx';
import { HostedVideo } from './HostedVideo.tsx';
import { PaidPanel } from './PaidPanel.tsx';
import { ReadyLook } from './ReadyLook.tsx';
import { Steps } from './Steps.tsx';
import { StoppedOrder } from './StoppedOrder.tsx';

/** Following one order: where it stands, what it asks, and what came of it. */
export function OrderScreen({ takeId, orderId }: { takeId: string; orderId: string }) {
  const order = useAnswer('getOrder', { orderId });
  const take = useAnswer('getTake', { takeId });
  const text = words.order;
  return (
    <Page
      title={text.title}
      windowTitle={words.shell.windowTitle(order.data?.order.lookName ?? text.title)}
      crumbsLabel={words.shell.whereYouAre}
      crumbs={[
        { label: words.shell.library, href: routes.library },
        { label: take.data?.take.name ?? words.take.loading, href: routes.take(takeId) },
      ]}
      actions={order.data && <CancelOrder detail={order.data} />}
    >
      {order.data ? (
        <div className="with-aside">
          <section className="main-column scroll" aria-label={text.steps}>
            <div>
              <OpenOrder detail={order.data} />
            </div>
          </section>
          <PaidPanel detail={order.data} take={take.data} />
        </div>
      ) : (
        <AnswerState answer={order} waiting={text.loading} failed={text.failed} />
      )}
    </Page>
  );
}

function CancelOrder({ detail }: { detail: OrderDetail }) {
  const cancel = useCall('cancelOrder');
  if (!isCancellable(detail.order.state)) return null;
  return (
    <Button
      kind="bare"
      icon="close"
      disabled={cancel.isPending}
      onClick={() => cancel.mutate({ orderId: detail.order.id })}
    >
      {cancel.isPending ? words.order.cancelling : words.order.cancel}
    </Button>
  );
}

function OpenOrder({ detail }: { detail: OrderDetail }) {
  const online = useOnline();
  const { order } = detail;
  const { kind } = order.state;
  const lead = leadOf(detail, online);
  const asks = kind === 'unconfirmed' || kind === 'stalled' || order.firstWords.kind === 'unconfirmed';
  return (
    <>
      <div role="status">
        <h2 className="heading">{headingOf(detail)}</h2>
        {lead !== null && <p className="lead">{lead}</p>}
      </div>
      {kind === 'ready' && <ReadyLook detail={detail} />}
      {asks && <Decision detail={detail} />}
      {(kind === 'failed' || kind === 'cancelled') && <StoppedOrder detail={detail} />}
      {kind !== 'ready' && <Steps detail={detail} />}
      <HostedVideo order={order} />
    </>
  );
}

function headingOf({ order }: OrderDetail): string {
  const text = words.order.headings;
  const { state, firstWords } = order;
  if (firstWords.kind === 'unconfirmed') return text.firstWordsUnconfirmed;
  switch (state.kind) {
    case 'uploading':
      return text.uploading(words.order.hosts[order.host]);
    case 'training':
      return firstWords.kind === 'requesting' ? text.firstWords : text.training;
    case 'ready':
      return text.ready(order.lookName);
    case 'failed':
      return text.failed(words.order.stages[state.stage]);
    default:
      return text[state.kind];
  }
}

function leadOf({ order }: OrderDetail, online: boolean): string | null {
  const text = words.order.lead;
  const { state, firstWords } = order;
  if (firstWords.kind === 'unconfirmed') return null;
  switch (state.kind) {
    case 'ready':
      return firstWords.kind === 'accepted' ? text.accepted : text.ready;
    case 'unconfirmed':
    case 'stalled':
    case 'failed':
    case 'cancelled':
      return null;
    default:
      return online || order.trainer === 'practice' ? text.running : text.offline;
  }
}
