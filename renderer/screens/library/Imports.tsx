import type { Activity } from '../../../shared/contract.ts';
import { say, words } from '../../../shared/words/app.ts';
import { useActivities } from '../../app/activities.ts';
import { useCall } from '../../app/queries.ts';
import { Button } from '../../ui/Button.tsx';
import { ProgressBar } from '../../ui/parts.tsx';

/** More rows would push the takes off the screen. */
const MOST_ROWS = 3;

/** Files on their way into the library. */
export function Imports() {
  const imports = useActivities().filter((activity) => activity.kind === 'import');
  if (imports.length === 0) return null;
  const text = words.library.imports;
  // One more takes no more room than the sentence that there is one more.
  const rows = imports.length === MOST_ROWS + 1 ? imports.length : MOST_ROWS;
  return (
    <section className="imports" aria-label={text.title(imports.length)}>
      <h2>{text.title(imports.length)}</h2>
      <ul>
        {imports.slice(0, rows).map((activity) => (
          <ImportRow key={activity.id} activity={activity} />
        ))}
      </ul>
      {imports.length > rows && <p className="quiet small">{text.more(imports.length - rows)}</p>}
    </section>
  );
}

function ImportRow({ activity }: { activity: Activity }) {
  const text = words.library.imports;
  const cancel = useCall('cancelActivity');
  const { label, progress, doneBytes, totalBytes, cancellable } = activity;
  const known = doneBytes !== null && totalBytes !== null;
  const share = progress === null ? text.waiting : say.percent(progress);
  return (
    <li>
      <span className="cut" title={label}>
        {label}
      </span>
      <ProgressBar value={progress ?? 0} label={label} />
      <span className="quiet small">{known ? say.bytesOf(doneBytes, totalBytes) : share}</span>
      <Button
        kind="bare"
        size="small"
        icon="close"
        label={text.cancel(label)}
        disabled={!cancellable || cancel.isPending}
        onClick={() => cancel.mutate({ activityId: activity.id })}
      />
    </li>
  );
}
