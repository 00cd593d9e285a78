import { useEffect, useRef } from 'react';
import type { TakeSummary } from '../../../../shared/domain/summary.ts';
import { say, words } from '../../../../shared/words/app.ts';
import { Select } from '../../../ui/Choice.tsx';

/** Which take is seen beside the other one. */
export function ChooseOther({
  others,
  otherId,
  takesFocus = false,
  onChoose,
}: {
  readonly others: readonly TakeSummary[];
  /** Null until one was chosen. */
  readonly otherId: string | null;
  /** It takes the place of one that was just used. */
  readonly takesFocus?: boolean;
  readonly onChoose: (id: string) => void;
}) {
  const text = words.review.compare;
  const area = useRef<HTMLSpanElement>(null);
  const isHandedFocus = useRef(takesFocus);
  useEffect(() => {
    if (isHandedFocus.current) area.current?.querySelector('select')?.focus();
  }, []);
  return (
    <span className="choose-other" ref={area}>
      <Select
        label={text.other}
        value={otherId ?? ''}
        options={[
          ...(otherId === null ? [{ value: '', label: text.choose }] : []),
          ...others.map(({ id, name, createdAt }) => ({
            value: id as string,
            label: `${name}, ${say.moment(createdAt, new Date())}`,
          })),
        ]}
        onChange={(id) => id !== '' && onChoose(id)}
      />
    </span>
  );
}
