import type { Quote } from '../../../shared/contract.ts';
import type { HostKind, TrainerKind } from '../../../shared/domain/twin.ts';
import { say, words } from '../../../shared/words/app.ts';

/** What it costs, before the click. */
export function QuotedPrice({
  quote,
  trainer,
  host,
}: {
  readonly quote: Quote | undefined;
  readonly trainer: TrainerKind;
  readonly host: HostKind;
}) {
  const text = words.publish.price;
  if (!quote) return <p className="asking">{text.asking}</p>;
  const { trainingUsd, firstWordsUsd } = quote.price;
  // A trainer that is not set up cannot name its price, and the answer holds nothing then. That is not free.
  if (trainer !== 'practice' && trainingUsd === 0) return <p className="asking">{text.unknown}</p>;
  if (trainer === 'practice') {
    return (
      <>
        <p className="figure">{text.free}</p>
        <p>{host === 'practice' ? text.freeBody : text.freeTrainer}</p>
      </>
    );
  }
  return (
    <>
      <p className="figure">
        {say.usd(trainingUsd)} <span>{text.now}</span>
      </p>
      <p>{firstWordsUsd > 0 ? text.firstWords(say.usd(firstWordsUsd)) : text.noFirstWords}</p>
      {quote.creditsUsd !== null && (
        <p className="quiet">{text.credits(say.usd(quote.creditsUsd), words.trainer[trainer])}</p>
      )}
    </>
  );
}
