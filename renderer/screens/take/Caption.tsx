import { useStore } from '../../app/store.ts';
import { Icon } from '../../ui/Icon.tsx';
import { iconOfTone } from '../../ui/parts.tsx';
import { type Mark, markAt } from './marks.ts';
import type { PlayerControls } from './player/controls.ts';

/** What the check says about the moment that is seen; the findings say it too, so it is only looked at. */
export function Caption({
  marks,
  selected,
  controls,
}: {
  readonly marks: readonly Mark[];
  /** Key of the selected mark, which the findings show too. */
  readonly selected: string | null;
  readonly controls: PlayerControls;
}) {
  const telling = marks.filter(({ severity }) => severity !== 'info');
  const key = useStore(controls, ({ seconds }) => markAt(telling, seconds, selected)?.key ?? null);
  const mark = telling.find((other) => other.key === key);
  if (!mark) return null;
  return (
    <p className="caption" aria-hidden="true">
      <Icon name={iconOfTone(mark.severity)} />
      {mark.title}
    </p>
  );
}
