import type { TakeDetail } from '../../../shared/contract.ts';
import { say, words } from '../../../shared/words/app.ts';
import { errorSentence } from '../../../shared/words/errors.ts';
import { useActivityOf, useIsBeingChecked } from '../../app/activities.ts';
import { useCall } from '../../app/queries.ts';
import { Button } from '../../ui/Button.tsx';
import { Message, ProgressBar } from '../../ui/parts.tsx';

/** The window has something to play: the source, or a preview of it. */
export const isPlayable = ({ take, sourcePresent }: TakeDetail): boolean =>
  take.preview.kind === 'ready' || (take.preview.kind === 'source' && sourcePresent);

/** Why there is no video to play at the moment. */
export function NoPlayer({ detail }: { readonly detail: TakeDetail }) {
  const { take, sourcePresent } = detail;
  const making = useActivityOf(take.id, 'preview');
  const make = useCall('makePreview');
  const text = words.take;
  const isBeingChecked = useIsBeingChecked(take.id);
  const makeIt = <Button onClick={() => make.mutate({ takeId: take.id })}>{text.preview.make}</Button>;
  return (
    <div className="no-player">
      {!sourcePresent ? (
        <Message tone="fail" title={text.sourceMissing}>
          <p>{errorSentence('SOURCE_MISSING', { file: take.source.originalName })}</p>
        </Message>
      ) : making !== null || make.isPending ? (
        <Message title={text.preview.making}>
          <ProgressBar value={making?.progress ?? null} label={text.preview.making} />
          <p className="small">
            {making?.waitsFor === 'recording'
              ? `${words.state.waitsForRecording}. `
              : typeof making?.secondsLeft === 'number' &&
                `${words.state.timeLeft(say.duration(making.secondsLeft))}. `}
            {text.preview.makingWhy}
          </p>
        </Message>
      ) : take.preview.kind === 'failed' ? (
        <Message tone="fail" title={text.preview.failed} actions={makeIt}>
          <p>{take.preview.error.message}</p>
        </Message>
      ) : take.media !== null && isBeingChecked ? (
        <Message title={text.preview.comes}>
          <p className="small">{text.preview.makingWhy}</p>
        </Message>
      ) : take.media !== null ? (
        <Message title={text.preview.needed} actions={makeIt}>
          <p className="small">{text.preview.neededWhy}</p>
        </Message>
      ) : take.check.kind === 'failed' ? (
        // Nothing is known of the source from which a preview could be made.
        <Message tone="fail" title={text.preview.failed}>
          <p>{take.check.error.message}</p>
        </Message>
      ) : (
        <Message title={text.preview.reading} busy={isBeingChecked}>
          <p className="small">{text.preview.readingWhy}</p>
        </Message>
      )}
    </div>
  );
}
