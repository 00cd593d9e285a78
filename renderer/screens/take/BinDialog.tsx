import type { Take } from '../../../shared/domain/take.ts';
import { words } from '../../../shared/words/app.ts';
import { errorOf } from '../../app/bridge.ts';
import { useCall } from '../../app/queries.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog, Note } from '../../ui/parts.tsx';

/** Asks before a take leaves the library. */
export function BinDialog({
  take,
  onClose,
  onDone,
}: {
  take: Take;
  onClose: () => void;
  onDone: () => void;
}) {
  const remove = useCall('deleteTake', { quiet: true, onSuccess: onDone });
  const text = words.take.bin;
  return (
    <Dialog
      title={text.title(take.name)}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{text.keep}</Button>
          <Button
            kind="danger"
            icon="bin"
            disabled={remove.isPending}
            onClick={() => remove.mutate({ takeId: take.id })}
          >
            {text.confirm}
          </Button>
        </>
      }
    >
      <p>{text.body}</p>
      {take.source.storage === 'referenced' && <p>{text.referenced}</p>}
      <p>{text.looks}</p>
      {remove.error && (
        <Note tone="fail" live>
          {errorOf(remove.error).message}
        </Note>
      )}
    </Dialog>
  );
}
