import type { OrderDetail } from '../../../shared/contract.ts';
import { say, words } from '../../../shared/words/app.ts';
import { useCall } from '../../app/queries.ts';
import { routes } from '../../app/routes.ts';
import { Button, ButtonLink } from '../../ui/Button.tsx';
import { Note } from '../../ui/parts.tsx';
import { ErrorActions } from '../publish/ErrorActions.tsx';

/** A cancelled or failed order: why, what it cost, and how it can go on. */
export function StoppedOrder({ detail }: { detail: OrderDetail }) {
  const { order, error, chargedUsd } = detail;
  const resume = useCall('resumeOrder');
  const text = words.order;
  const { state } = order;
  const go = (label: string) => (
    <Button
      kind="primary"
      icon="repeat"
      disabled={resume.isPending}
      onClick={() => resume.mutate({ orderId: order.id })}
    >
      {label}
    </Button>
  );
  if (state.kind === 'cancelled') {
    return (
      <div className="answer-row">
        <p className="lead">{text.lead.cancelledFree}</p>
        {go(text.resume)}
      </div>
    );
  }
  if (state.kind !== 'failed') return null;
  const message = error?.message ?? state.error.message;
  return (
    <div className="answer-row">
      <Note tone="fail" actions={<ErrorActions code={state.error.code} />}>
        <p>{message}</p>
        <p className="muted">
          {state.paid
            ? text.lead.failedPaid(say.usd(chargedUsd))
            : !message.includes(text.lead.failedFree) && text.lead.failedFree}
        </p>
      </Note>
      {state.paid ? (
        <>
          {order.look !== null && go(text.lookAgain)}
          <ButtonLink href={routes.publish(order.takeId)}>{text.publishAgain}</ButtonLink>
        </>
      ) : (
        error?.retry !== 'never' && go(text.resumeAfterFailure)
      )}
    </div>
  );
}
