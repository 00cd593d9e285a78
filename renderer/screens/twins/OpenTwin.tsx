import { useState } from 'react';
import type { TwinDetail } from '../../../shared/contract.ts';
import type { TwinSummary } from '../../../shared/domain/summary.ts';
import { LOOKS_PER_TWIN } from '../../../shared/domain/twin.ts';
import { say, words } from '../../../shared/words/app.ts';
import { AnswerState } from '../../app/AnswerState.tsx';
import { copyText, useAnswer } from '../../app/queries.ts';
import { Button } from '../../ui/Button.tsx';
import { CopyText } from '../../ui/CopyText.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Note } from '../../ui/parts.tsx';
import { ConsentDialog } from './ConsentDialog.tsx';
import { Face } from './Face.tsx';
import { LookCard } from './LookCard.tsx';

/** One person: what they have, what it cost, what they agreed to, and their looks. */
export function OpenTwin({ twinId, summary }: { twinId: string; summary: TwinSummary }) {
  const answer = useAnswer('getTwin', { twinId });
  const detail = answer.data;
  const text = words.twins;
  if (!detail) return <AnswerState answer={answer} waiting={text.loading} failed={text.failed} />;
  const { twin, takes, orders } = detail;
  const looks = twin.looks.toSorted((a, b) => (a.orderedAt < b.orderedAt ? 1 : -1));
  return (
    <section className="open-twin scroll" aria-label={twin.name}>
      <header>
        <Face takeId={summary.takeId} turn={summary.turn} name={twin.name} large />
        <div>
          <h2 title={twin.name}>{twin.name}</h2>
          <CopyText
            name={text.groupId}
            text={twin.avatarGroupId}
            label={words.shell.copy(text.groupId)}
            copied={words.shell.copied(text.groupId)}
            onCopy={copyText}
          />
        </div>
      </header>
      <TwinFacts detail={detail} />
      <h2 className="looks-title">
        {text.looks} <span>{say.count(looks.length)}</span>
      </h2>
      <ul className="looks">
        {looks.map((look) => (
          <li key={look.avatarId}>
            <LookCard
              look={look}
              take={takes[look.takeId]}
              order={orders.find((order) => order.id === look.orderId)}
            />
          </li>
        ))}
      </ul>
      <Note tone="info">{twin.trainer === 'practice' ? text.rulePractice : text.rule}</Note>
    </section>
  );
}

function TwinFacts({ detail }: { detail: TwinDetail }) {
  const { twin, chargedUsd, possibleUsd, orders, consents } = detail;
  const [reading, setReading] = useState(false);
  const text = words.twins;
  const latest = consents.reduce<(typeof consents)[number] | undefined>(
    (newest, consent) => (newest && newest.at >= consent.at ? newest : consent),
    undefined,
  );
  return (
    <dl className="twin-facts">
      <div>
        <dt>{text.looks}</dt>
        <dd>
          {text.looksOf(twin.looks.length, LOOKS_PER_TWIN)}
          <meter
            className="meter"
            min={0}
            max={LOOKS_PER_TWIN}
            value={twin.looks.length}
            aria-label={text.looksOfLong(twin.looks.length, LOOKS_PER_TWIN)}
          />
          {twin.looks.length >= LOOKS_PER_TWIN && <small>{text.full}</small>}
        </dd>
      </div>
      <div>
        <dt>{text.paid}</dt>
        <dd>
          {say.usd(chargedUsd)}
          <small>
            {text.orders(orders.length)}
            {possibleUsd > 0 && `, ${text.possible(say.usd(possibleUsd))}`}
          </small>
        </dd>
      </div>
      <div>
        <dt>{text.consent}</dt>
        {latest ? (
          <dd>
            <span className="given cut" title={latest.by}>
              <Icon name="shield" />
              {text.consentGiven(latest.by)}
            </span>
            <small>
              {text.consentHow[latest.how.kind](say.day(latest.at))}{' '}
              <Button kind="bare" size="small" onClick={() => setReading(true)}>
                {text.readConsent}
              </Button>
            </small>
          </dd>
        ) : (
          <dd>{text.consentNone}</dd>
        )}
      </div>
      {reading && <ConsentDialog name={twin.name} consents={consents} onClose={() => setReading(false)} />}
    </dl>
  );
}
