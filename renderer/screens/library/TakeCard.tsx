import { memo } from 'react';
import { mediaUrl } from '../../../shared/contract.ts';
import type { TakeSummary } from '../../../shared/domain/summary.ts';
import { say, words } from '../../../shared/words/app.ts';
import { useTakeActivity, useWaitsItsTurn } from '../../app/activities.ts';
import { useOnline } from '../../app/online.ts';
import { routes } from '../../app/routes.ts';
import { Poster, ProgressBar, State } from '../../ui/parts.tsx';
import { stateLineOf } from '../takeState.ts';

/** One take of the library: its picture, its name, and its state in one line. The whole card is the link. */
export const TakeCard = memo(function TakeCard({ take }: { take: TakeSummary }) {
  const activity = useTakeActivity(take.id);
  const online = useOnline();
  const waitsItsTurn = useWaitsItsTurn(take.id);
  const { tone, word, line, progress } = stateLineOf(take.state, activity, online, waitsItsTurn);
  return (
    <a className="take" href={`#${hrefOf(take)}`} data-take={take.id}>
      <Poster
        src={take.hasPoster ? mediaUrl.poster(take.id) : null}
        turn={take.turn}
        missing={words.library.noPicture}
        length={take.durationSeconds === null ? undefined : say.wholeLength(take.durationSeconds)}
      >
        {activity && progress !== undefined && <ProgressBar value={progress} label={word} />}
      </Poster>
      <span className="name">
        <b className="cut" title={take.name}>
          {take.name}
        </b>
        <time dateTime={take.createdAt}>{say.moment(take.createdAt, new Date())}</time>
      </span>
      <State tone={tone} word={word} line={line} />
    </a>
  );
});

/** Where a person wants to go next: to the order while it runs, asks something or has its ids, else to the take. */
function hrefOf({ id, state }: TakeSummary): string {
  return state.kind === 'on-its-way' ||
    state.kind === 'needs-you' ||
    state.kind === 'order-failed' ||
    state.kind === 'usable'
    ? routes.order(id, state.orderId)
    : routes.take(id);
}
