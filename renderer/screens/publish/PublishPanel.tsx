import type { TakeDetail } from '../../../shared/contract.ts';
import type { Price } from '../../../shared/domain/order.ts';
import type { TrainerKind } from '../../../shared/domain/twin.ts';
import { say, words } from '../../../shared/words/app.ts';
import { verdictName, weakSpotsIn } from '../../../shared/words/verdicts.ts';
import { CallFailed, errorOf } from '../../app/bridge.ts';
import { useAnswer, useCall } from '../../app/queries.ts';
import { goTo, routes } from '../../app/routes.ts';
import { Button } from '../../ui/Button.tsx';
import { Note, State } from '../../ui/parts.tsx';
import { OrderPanel } from './OrderPanel.tsx';
import { videoFacts, videoOfTake } from './orderedVideo.tsx';
import { QuotedPrice } from './QuotedPrice.tsx';
import type { PublishForm } from './usePublishForm.ts';
import type { PublishQuote } from './usePublishQuote.ts';

/** The order as it would be, its price, what stands in its way, and the button with the price on it. */
export function PublishPanel({
  form,
  detail,
  quoted,
}: {
  readonly form: PublishForm;
  readonly detail: TakeDetail;
  readonly quoted: PublishQuote;
}) {
  const { take } = detail;
  const video = videoOfTake(detail);
  const text = words.publish;
  const { input, answer: quote, upToDate } = quoted;
  const publish = useCall('publish', {
    quiet: true,
    onSuccess: ({ orderId }) => goTo(routes.order(take.id, orderId)),
    onError: () => quote.refetch(),
  });
  const price = quote.data?.price;
  const same = upToDate ? (quote.data?.sameOrder ?? null) : null;
  const obstacles = quote.data?.obstacles ?? [];
  const missing = obstacles.length > 0 ? [text.blocked.obstacles, ...form.missing] : form.missing;
  const priced = form.trainer === 'practice' || (price?.trainingUsd ?? 0) > 0;
  const ready = price !== undefined && priced && upToDate && obstacles.length === 0 && missing.length === 0;

  return (
    <OrderPanel
      detail={detail}
      video={video}
      lookName={form.lookName.trim() || text.panel.unnamedLook}
      line={
        form.existing
          ? text.panel.newLook(form.existing.name)
          : form.newPerson.trim() === ''
            ? text.panel.newTwinUnnamed
            : text.panel.newTwin(form.newPerson.trim())
      }
      facts={[
        ...videoFacts(video, take.name, take.media?.durationSeconds),
        [text.panel.check, <CheckWord key="check" detail={detail} />],
        [text.panel.consent, <ConsentWord key="consent" form={form} />],
        [text.panel.trainer, words.trainer[form.trainer]],
        [text.panel.host, words.host[form.host]],
      ]}
    >
      {same !== null ? (
        <SameOrder orderId={same} />
      ) : (
        <>
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
            {publish.isPending ? text.ordering : <PriceWord price={price} trainer={form.trainer} />}
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

function PriceWord({ price, trainer }: { price: Price | undefined; trainer: TrainerKind }) {
  const text = words.publish;
  if (!price) return text.price.asking;
  if (trainer === 'practice') return text.practise;
  return price.trainingUsd === 0 ? text.trainUnpriced : text.train(say.usd(price.trainingUsd));
}

function CheckWord({ detail }: { detail: TakeDetail }) {
  const { take, report } = detail;
  if (take.check.kind !== 'checked') return <State tone="info" word={words.publish.panel.notChecked} />;
  const { verdict } = take.check;
  return <State tone={verdict} word={verdictName(verdict, report && weakSpotsIn(report.findings))} />;
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
function SameOrder({ orderId }: { orderId: string }) {
  const text = words.publish.same;
  // Asked for by itself: it may have been ordered from another take with the same content.
  const order = useAnswer('getOrder', { orderId }).data?.order;
  const there = order && routes.order(order.takeId, order.id);
  const resume = useCall('resumeOrder', { onSuccess: () => there && goTo(there) });
  const stopped = order?.state.kind === 'cancelled' || (order?.state.kind === 'failed' && !order.state.paid);
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
        disabled={there === undefined || resume.isPending}
        onClick={() => {
          if (stopped) resume.mutate({ orderId });
          else if (there) goTo(there);
        }}
      >
        {stopped ? text.resume : text.action}
      </Button>
    </>
  );
}
