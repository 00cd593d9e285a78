import type { CallInput, TakeDetail } from '../../../shared/contract.ts';
import type { OrderSummary } from '../../../shared/domain/summary.ts';
import { say, words } from '../../../shared/words/app.ts';
import { CallFailed, errorOf } from '../../app/bridge.ts';
import { useAnswer, useCall } from '../../app/queries.ts';
import { goTo, routes } from '../../app/routes.ts';
import { Button } from '../../ui/Button.tsx';
import { Note, State } from '../../ui/parts.tsx';
import { ErrorActions } from './ErrorActions.tsx';
import { OrderPanel } from './OrderPanel.tsx';
import { QuotedPrice } from './QuotedPrice.tsx';
import type { PublishForm } from './usePublishForm.ts';
import { useSettled } from './useSettled.ts';

/** The order as it would be, its price, what stands in its way, and the button with the price on it. */
export function PublishPanel({ form, detail }: { form: PublishForm; detail: TakeDetail }) {
  const { take, orders } = detail;
  const text = words.publish;
  const typed = useSettled(JSON.stringify([form.twin, form.lookName.trim()]));
  const [twin, lookName] = JSON.parse(typed) as [PublishForm['twin'], string];
  const input: CallInput<'quote'> = {
    takeId: take.id,
    host: form.host,
    trainer: form.trainer,
    twin,
    lookName,
  };
  const quote = useAnswer('quote', input, { keepPrevious: true, alwaysAsk: true });
  const publish = useCall('publish', {
    quiet: true,
    onSuccess: ({ orderId }) => goTo(routes.order(take.id, orderId)),
    onError: () => quote.refetch(),
  });
  const price = quote.data?.price;
  const upToDate = typed === JSON.stringify([form.twin, form.lookName.trim()]) && !quote.isPlaceholderData;
  const same = upToDate ? orders.find((order) => order.id === quote.data?.sameOrder) : undefined;
  const obstacles = quote.data?.obstacles ?? [];
  const missing = same ? [] : form.missing;
  const ready = price !== undefined && upToDate && obstacles.length === 0 && missing.length === 0;

  return (
    <OrderPanel
      detail={detail}
      lookName={form.lookName.trim() || text.panel.unnamedLook}
      line={
        form.existing
          ? text.panel.newLook(form.existing.name)
          : form.newPerson.trim() === ''
            ? text.panel.newTwinUnnamed
            : text.panel.newTwin(form.newPerson.trim())
      }
      facts={[
        [text.panel.take, take.name],
        [text.panel.check, <CheckWord key="check" detail={detail} />],
        [text.panel.consent, <ConsentWord key="consent" form={form} />],
        [text.panel.trainer, words.trainer[form.trainer]],
        [text.panel.host, words.host[form.host]],
      ]}
    >
      {same ? (
        <SameOrder order={same} />
      ) : (
        <>
          {obstacles.map((obstacle) => (
            <Note key={obstacle.code} tone="fail" actions={<ErrorActions code={obstacle.code} />}>
              {obstacle.message}
            </Note>
          ))}
          {quote.error && (
            <Note
              tone="fail"
              title={text.price.failed}
              actions={
                <Button size="small" onClick={() => quote.refetch()}>
                  {words.shell.retry}
                </Button>
              }
            >
              {errorOf(quote.error).message}
            </Note>
          )}
          {publish.error instanceof CallFailed && (
            <Note tone="fail" title={text.failed} live>
              {publish.error.data.message}
            </Note>
          )}
          <QuotedPrice quote={quote.data} trainer={form.trainer} host={form.host} />
          <Button
            kind="primary"
            size="large"
            wide
            aria-disabled={!ready || publish.isPending}
            aria-describedby="before-ordering"
            onClick={() => {
              if (!ready || publish.isPending) return;
              publish.mutate({
                ...input,
                lookName: form.lookName.trim(),
                consent: form.consent,
                confirmedPrice: price,
              });
            }}
          >
            {publish.isPending ? text.ordering : <PriceWord price={price} />}
          </Button>
          <div id="before-ordering" className="before">
            {missing.length > 0 ? (
              <ul>
                {missing.map((sentence) => (
                  <li key={sentence}>{sentence}</li>
                ))}
              </ul>
            ) : (
              <p>{form.trainer === 'practice' ? text.price.afterFree : text.price.after}</p>
            )}
          </div>
        </>
      )}
    </OrderPanel>
  );
}

function PriceWord({ price }: { price: { trainingUsd: number; firstWordsUsd: number } | undefined }) {
  const text = words.publish;
  if (!price) return text.price.asking;
  return price.trainingUsd + price.firstWordsUsd === 0
    ? text.practise
    : text.train(say.usd(price.trainingUsd));
}

function CheckWord({ detail }: { detail: TakeDetail }) {
  const { checks } = words.publish.panel;
  const verdict = detail.take.check.kind === 'checked' ? detail.take.check.verdict : null;
  return <State tone={verdict ?? 'info'} word={checks[verdict ?? 'none']} />;
}

function ConsentWord({ form }: { form: PublishForm }) {
  const text = words.publish.panel;
  if (form.how === 'page') {
    return form.url.trim() === '' || form.urlWrong ? (
      <State tone="info" word={text.consentMissing} />
    ) : (
      <State tone="pass" word={text.consentPage} />
    );
  }
  return form.agreed && form.person !== '' ? (
    <State tone="pass" word={text.consentHere} />
  ) : (
    <State tone="info" word={text.consentMissing} />
  );
}

/** The same order exists: it is gone on with, never paid again. */
function SameOrder({ order }: { order: OrderSummary }) {
  const text = words.publish.same;
  const there = routes.order(order.takeId, order.id);
  const resume = useCall('resumeOrder', { onSuccess: () => goTo(there) });
  const stopped = order.state.kind === 'cancelled' || (order.state.kind === 'failed' && !order.state.paid);
  return (
    <>
      <Note tone="info" title={text.title} live>
        <p>{text.body}</p>
        <p>{text.other}</p>
      </Note>
      <Button
        kind="primary"
        size="large"
        wide
        disabled={resume.isPending}
        onClick={() => (stopped ? resume.mutate({ orderId: order.id }) : goTo(there))}
      >
        {stopped ? text.resume : text.action}
      </Button>
    </>
  );
}
