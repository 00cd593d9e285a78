import { words } from '../../../shared/words/app.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/parts.tsx';

/** Leaving ends the take, so it is asked about; the recording goes on behind the question. */
export function LeaveDialog({
  onStay,
  onStop,
}: {
  readonly onStay: () => void;
  readonly onStop: () => void;
}) {
  const text = words.stage.leave;
  return (
    <Dialog
      title={text.title}
      onClose={onStay}
      footer={
        <>
          <Button onClick={onStop}>{text.leave}</Button>
          <Button kind="primary" onClick={onStay}>
            {text.stay}
          </Button>
        </>
      }
    >
      <p>{text.body}</p>
    </Dialog>
  );
}
