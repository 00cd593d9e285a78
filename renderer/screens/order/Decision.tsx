import type { ReactNode } from 'react';
import type { CallInput, OrderDetail } from '../../../shared/contract.ts';
import { say, words } from '../../../shared/words/app.ts';
import { fire, useCall } from '../../app/queries.ts';
import { Button } from '../../ui/Button.tsx';
import { FoundIds } from './FoundIds.tsx';
import { PayTwice } from './PayTwice.tsx';

type Answer = CallInput<'resolveOrder'>['answer'];

/** What only a person can decide: each way with its consequence, and money only after a second yes. */
export function Decision({ detail }: { detail: OrderDetail }) {
  const { order } = detail;
  const resolve = useCall('resolveOrder');
  const answer = (given: Answer) => resolve.mutate({ orderId: order.id, answer: given });
  const busy = resolve.isPending;
  const practice = order.trainer === 'practice';
  if (order.firstWords.kind === 'unconfirmed') {
    const text = words.order.firstWords;
    const price = say.usd(order.price.firstWordsUsd);
    return (
      <Ways body={text.body} dashboard={!practice}>
        <Way title={text.accept} body={text.acceptBody}>
          <Button kind="primary" disabled={busy} onClick={() => answer({ kind: 'accept-usable' })}>
            {text.acceptAction}
          </Button>
        </Way>
        <Way title={text.again} body={text.againBody(price)}>
          <PayTwice
            words={text}
            price={price}
            disabled={busy}
            onConfirm={() => answer({ kind: 'ask-first-words-again' })}
          />
        </Way>
      </Ways>
    );
  }
  if (order.state.kind === 'stalled') {
    const text = words.order.stalled;
    return (
      <Ways body={text.body} dashboard={!practice}>
        <Way title={text.watch} body={text.watchBody}>
          <Button kind="primary" disabled={busy} onClick={() => answer({ kind: 'go-on-watching' })}>
            {text.watchAction}
          </Button>
        </Way>
        <Way title={text.accept} body={text.acceptBody}>
          <Button disabled={busy} onClick={() => answer({ kind: 'accept-usable' })}>
            {text.acceptAction}
          </Button>
        </Way>
      </Ways>
    );
  }
  const text = words.order.unconfirmed;
  const price = say.usd(order.price.trainingUsd);
  return (
    <Ways body={text.body} dashboard={!practice}>
      <Way title={text.found} body={text.foundBody}>
        <FoundIds disabled={busy} onFound={answer} />
      </Way>
      <Way title={text.again} body={text.againBody(price)}>
        <PayTwice
          words={text}
          price={price}
          disabled={busy}
          onConfirm={() => answer({ kind: 'order-again' })}
        />
      </Way>
    </Ways>
  );
}

function Ways({ body, dashboard, children }: { body: string; dashboard: boolean; children: ReactNode }) {
  const text = words.order.unconfirmed;
  return (
    <section className="decision">
      <p className="lead">{body}</p>
      {dashboard && (
        <Button icon="external" onClick={() => fire('openDashboard', {})}>
          {text.dashboard}
        </Button>
      )}
      <div className="ways">{children}</div>
    </section>
  );
}

function Way({ title, body, children }: { title: string; body: string; children: ReactNode }) {
  return (
    <section className="way">
      <h3>{title}</h3>
      <p>{body}</p>
      {children}
    </section>
  );
}
