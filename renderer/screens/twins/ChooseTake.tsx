import { mediaUrl } from '../../../shared/contract.ts';
import type { TwinSummary } from '../../../shared/domain/summary.ts';
import { say, words } from '../../../shared/words/app.ts';
import { useAnswer } from '../../app/queries.ts';
import { routes } from '../../app/routes.ts';
import { Button, ButtonLink } from '../../ui/Button.tsx';
import { Dialog, Poster, State } from '../../ui/parts.tsx';
import { stateLineOf } from '../takeState.ts';

/** More is looked for in the library. */
const MOST_SHOWN = 24;

/** Takes that can become a new look of a twin. */
export function ChooseTake({ twin, onClose }: { twin: TwinSummary; onClose: () => void }) {
  const takes = useAnswer('listTakes', {}).data?.takes ?? [];
  const ready = takes.filter((take) => take.state.kind === 'publish-it').slice(0, MOST_SHOWN);
  const text = words.twins.choose;
  return (
    <Dialog
      size="wide"
      title={text.title(twin.name)}
      onClose={onClose}
      footer={
        <>
          <ButtonLink href={routes.library}>{text.library}</ButtonLink>
          <Button onClick={onClose}>{words.shell.cancel}</Button>
        </>
      }
    >
      <p>{ready.length === 0 ? text.none : text.body}</p>
      <ul className="choose-take">
        {ready.map((take) => {
          const { tone, word, line } = stateLineOf(take.state, null, true);
          return (
            <li key={take.id}>
              <a href={`#${routes.publish(take.id, twin.id)}`}>
                <Poster
                  src={take.hasPoster ? mediaUrl.poster(take.id) : null}
                  turn={take.turn}
                  missing={words.library.noPicture}
                  length={take.durationSeconds === null ? undefined : say.wholeLength(take.durationSeconds)}
                />
                <b className="cut">{take.name}</b>
                <State tone={tone} word={word} line={line} />
              </a>
            </li>
          );
        })}
      </ul>
    </Dialog>
  );
}
