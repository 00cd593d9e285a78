import { useRef, useState } from 'react';
import { words } from '../../../shared/words/app.ts';
import { useCall } from '../../app/queries.ts';
import { Button } from '../../ui/Button.tsx';
import { Input } from '../../ui/Field.tsx';

/** The take's name as the page's heading; editing it in place saves with Enter or on leaving the field. */
export function EditableName({ takeId, name }: { takeId: string; name: string }) {
  const [draft, setDraft] = useState<string | null>(null);
  const cancelled = useRef(false);
  const rename = useCall('renameTake');
  const shown = rename.isPending ? rename.variables.name : name;
  const finish = () => {
    const next = draft?.trim() ?? '';
    setDraft(null);
    if (!cancelled.current && next !== '' && next !== name) rename.mutate({ takeId, name: next });
  };
  return (
    <>
      <h1 className={draft === null ? 'cut' : 'hidden-visually'} tabIndex={-1} title={shown}>
        {shown}
      </h1>
      {draft === null ? (
        <Button
          kind="bare"
          size="small"
          icon="edit"
          label={words.take.rename}
          onClick={() => {
            cancelled.current = false;
            setDraft(name);
          }}
        />
      ) : (
        <span className="name-edit">
          <Input
            aria-label={words.take.name}
            value={draft}
            maxLength={200}
            // The person has just asked to edit exactly this.
            autoFocus
            onFocus={(event) => event.target.select()}
            onChange={(event) => setDraft(event.target.value)}
            onBlur={finish}
            onKeyDown={(event) => {
              if (event.key === 'Escape') cancelled.current = true;
              if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur();
            }}
          />
        </span>
      )}
    </>
  );
}
