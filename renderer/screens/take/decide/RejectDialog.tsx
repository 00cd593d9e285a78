import { useId, useState } from 'react';
import type { Take } from '../../../../shared/domain/take.ts';
import { words } from '../../../../shared/words/app.ts';
import { errorOf } from '../../../app/bridge.ts';
import { useCall } from '../../../app/queries.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog, Note } from '../../../ui/parts.tsx';

const LONGEST_NOTE = 2000;

/** Rejects a take, with a word about why if somebody wants to leave one; what was written before stands there. */
export function RejectDialog({ take, onClose }: { readonly take: Take; readonly onClose: () => void }) {
  const text = words.review.decide.dialog;
  const id = useId();
  const [note, setNote] = useState(take.review.decision.note);
  const decide = useCall('decideTake', { quiet: true, onSuccess: onClose });
  return (
    <Dialog
      title={text.title(take.name)}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{text.cancel}</Button>
          <Button
            kind="danger"
            icon="close"
            disabled={decide.isPending}
            onClick={() => decide.mutate({ takeId: take.id, kind: 'rejected', note: note.trim() })}
          >
            {text.confirm}
          </Button>
        </>
      }
    >
      <p>{text.body}</p>
      <div className="field note-field">
        <label htmlFor={id}>{text.note}</label>
        <textarea
          id={id}
          rows={3}
          maxLength={LONGEST_NOTE}
          placeholder={text.placeholder}
          value={note}
          // The note is what the dialog is for; rejecting without one takes one more key.
          data-initial=""
          onChange={(event) => setNote(event.target.value)}
        />
      </div>
      {decide.error && (
        <Note tone="fail" live>
          {errorOf(decide.error).message}
        </Note>
      )}
    </Dialog>
  );
}
