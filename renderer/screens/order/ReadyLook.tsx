import { mediaUrl, type OrderDetail } from '../../../shared/contract.ts';
import { say, words } from '../../../shared/words/app.ts';
import { copyText, useAnswer } from '../../app/queries.ts';
import { routes } from '../../app/routes.ts';
import { ButtonLink } from '../../ui/Button.tsx';
import { CopyText } from '../../ui/CopyText.tsx';
import { Player } from '../../ui/Player.tsx';

/** The result: the twin speaking, and the ids that every other program wants. */
export function ReadyLook({ detail }: { detail: OrderDetail }) {
  const { order } = detail;
  const { look } = order;
  const text = words.order.ready;
  const twins = useAnswer('listTwins', {}).data?.twins;
  const twin = twins?.find(
    (candidate) => candidate.trainer === order.trainer && candidate.avatarGroupId === look?.avatarGroupId,
  );
  return (
    <section className="ready-look">
      {order.firstWords.kind === 'ready' && (
        <div className="first-words">
          <Player
            src={mediaUrl.firstWords(order.id)}
            label={text.video(order.lookName)}
            lengthSeconds={null}
            formatTime={say.length}
            words={words.take.player}
            compact
          />
        </div>
      )}
      {look && (
        <div className="ids">
          <Id name={text.avatarId} value={look.avatarId} />
          <Id name={text.groupId} value={look.avatarGroupId} />
          {twin && (
            <ButtonLink icon="twins" href={routes.twin(twin.id)}>
              {text.showTwin}
            </ButtonLink>
          )}
        </div>
      )}
      {order.trainer === 'practice' && <p className="quiet small">{text.practice}</p>}
    </section>
  );
}

function Id({ name, value }: { name: string; value: string }) {
  return (
    <CopyText
      name={name}
      text={value}
      label={words.shell.copy(name)}
      copied={words.shell.copied(name)}
      onCopy={copyText}
    />
  );
}
