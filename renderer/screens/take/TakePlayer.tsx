import type { RefObject } from 'react';
import { mediaUrl, type TakeDetail } from '../../../shared/contract.ts';
import { say, words } from '../../../shared/words/app.ts';
import { errorSentence } from '../../../shared/words/errors.ts';
import { useActivityOf } from '../../app/activities.ts';
import { Player, type PlayerHandle } from '../../ui/Player.tsx';
import { Message, ProgressBar } from '../../ui/parts.tsx';

/** The take's video, or why there is none to play at the moment. */
export function TakePlayer({
  detail,
  player,
}: {
  detail: TakeDetail;
  player: RefObject<PlayerHandle | null>;
}) {
  const { take, sourcePresent, hasPoster } = detail;
  const making = useActivityOf(take.id, 'preview');
  const text = words.take;
  const playable = take.preview.kind === 'ready' || (take.preview.kind === 'source' && sourcePresent);
  if (playable) {
    return (
      <Player
        // A preview that has just been made has the same address as what could not be played before.
        key={take.preview.kind}
        handle={player}
        src={mediaUrl.player(take.id)}
        poster={hasPoster ? mediaUrl.poster(take.id) : undefined}
        label={text.player.label(take.name)}
        lengthSeconds={take.media?.durationSeconds ?? null}
        formatTime={say.length}
        words={text.player}
      />
    );
  }
  return (
    <div className="no-player">
      {!sourcePresent ? (
        <Message tone="fail" title={text.sourceMissing}>
          <p>{errorSentence('SOURCE_MISSING', { file: take.source.originalName })}</p>
        </Message>
      ) : take.preview.kind === 'failed' ? (
        <Message tone="fail" title={text.preview.failed}>
          <p>{take.preview.error.message}</p>
        </Message>
      ) : take.check.kind === 'failed' ? (
        <Message tone="fail" title={text.preview.failed}>
          <p>{take.check.error.message}</p>
        </Message>
      ) : making === null ? (
        <Message title={text.preview.reading} busy>
          <p className="small">{text.preview.readingWhy}</p>
        </Message>
      ) : (
        <Message title={text.preview.making}>
          <ProgressBar value={making.progress} label={text.preview.making} />
          <p className="small">
            {making.secondsLeft !== null && `${words.state.timeLeft(say.duration(making.secondsLeft))}. `}
            {text.preview.makingWhy}
          </p>
        </Message>
      )}
    </div>
  );
}
