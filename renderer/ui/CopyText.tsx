import { useEffect, useState } from 'react';
import { Icon } from './Icon.tsx';

/** An id that one click copies. Says so for a moment, also to a screen reader. */
export function CopyText({
  name,
  text,
  label,
  copied,
  onCopy,
}: {
  readonly name: string;
  readonly text: string;
  /** What the button does, e.g. "Copy avatar_id". */
  readonly label: string;
  readonly copied: string;
  /** Resolves to true once the text is in the clipboard. */
  readonly onCopy: (text: string) => Promise<boolean>;
}) {
  const [done, setDone] = useState(false);
  useEffect(() => {
    if (!done) return;
    const timer = setTimeout(() => setDone(false), 2000);
    return () => clearTimeout(timer);
  }, [done]);
  return (
    <>
      <button
        type="button"
        className="copy"
        data-done={done ? '' : undefined}
        aria-label={`${label}: ${text}`}
        title={label}
        onClick={async () => setDone(await onCopy(text))}
      >
        <span className="cut">
          <i>{name}</i>
          {text}
        </span>
        <Icon name={done ? 'done' : 'copy'} size="small" />
      </button>
      <span className="hidden-visually" role="status">
        {done ? copied : ''}
      </span>
    </>
  );
}
