import { useState } from 'react';
import { words } from '../../../shared/words/app.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';

/** The ids that a person read in the trainer's dashboard. */
export function FoundIds({
  disabled,
  onFound,
}: {
  readonly disabled: boolean;
  readonly onFound: (answer: { kind: 'found'; avatarId: string; avatarGroupId: string }) => void;
}) {
  const text = words.order.unconfirmed;
  const [avatarId, setAvatarId] = useState('');
  const [avatarGroupId, setGroupId] = useState('');
  const [tried, setTried] = useState(false);
  const complete = avatarId.trim() !== '' && avatarGroupId.trim() !== '';
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (complete)
          onFound({ kind: 'found', avatarId: avatarId.trim(), avatarGroupId: avatarGroupId.trim() });
      }}
    >
      <div className="pair">
        <Field
          label={text.avatarId}
          className="mono"
          value={avatarId}
          maxLength={200}
          onChange={(event) => setAvatarId(event.target.value)}
        />
        <Field
          label={text.groupId}
          className="mono"
          value={avatarGroupId}
          maxLength={200}
          onChange={(event) => setGroupId(event.target.value)}
        />
      </div>
      {tried && !complete && (
        <p className="wrong" role="alert">
          {text.idsMissing}
        </p>
      )}
      <Button kind="primary" type="submit" disabled={disabled}>
        {text.foundAction}
      </Button>
    </form>
  );
}
