import { words } from '../../../shared/words/app.ts';
import type { Left } from '../../app/heldPage.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/parts.tsx';

/** Leaving ends the take, so it is asked about; the recording goes on behind the question. */
export function LeaveDialog({
  what,
  onStay,
  onStop,
}: {
  readonly what: Left;
  readonly onStay: () => void;
  readonly onStop: () => void;
}) {
  const text = words.stage.leave;
  const said = text[what];
  return (
    <Dialog
      title={said.title}
      onClose={onStay}
      footer={
        <>
          <Button onClick={onStop}>{said.leave}</Button>
          {/* What is pressed without reading it loses nothing. */}
          <Button kind="primary" data-initial="" onClick={onStay}>
            {text.stay}
          </Button>
        </>
      }
    >
      <p>{said.body}</p>
    </Dialog>
  );
}
