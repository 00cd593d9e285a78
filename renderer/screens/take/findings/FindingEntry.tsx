import { type ComponentProps, useState } from 'react';
import type { Finding } from '../../../../shared/domain/report.ts';
import { say, words } from '../../../../shared/words/app.ts';
import { findingTitle } from '../../../../shared/words/appFindings.ts';
import { unparted } from '../../../../shared/words/figures.ts';
import { Button } from '../../../ui/Button.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { iconOfTone } from '../../../ui/parts.tsx';
import { markKey } from '../marks.ts';
import type { Mend } from '../mends/mendOf.ts';
import { MomentPicture } from './MomentPicture.tsx';

/** More places are folded away. */
const PLACES_SHOWN = 3;

/** One thing the check has to say: what, what to do, where, and what was measured. */
export function FindingEntry({
  finding,
  name,
  picture,
  selected,
  onPlace,
  onMoment,
  mend,
  onMend,
}: {
  readonly finding: Finding;
  /** Its key within the report. */
  readonly name: string;
  /** Of its worst moment; null where there is nothing to see. */
  readonly picture: Pick<ComponentProps<typeof MomentPicture>, 'address' | 'aspect' | 'seconds'> | null;
  /** Key of the selected mark. */
  readonly selected: string | null;
  readonly onPlace: (key: string) => void;
  readonly onMoment: (key: string, seconds: number) => void;
  /** What would help against it, and is offered; null where nothing is. */
  readonly mend: Mend | null;
  readonly onMend: (mend: Mend) => void;
}) {
  const text = words.take.check;
  const { places, measured, limit } = finding;
  const [all, setAll] = useState(false);
  const shown = all ? places : places.slice(0, PLACES_SHOWN);
  const hidden = places.length - shown.length;
  const placeOf = (seconds: number) =>
    Math.max(
      0,
      places.findIndex(({ startSeconds, endSeconds }) => seconds >= startSeconds && seconds <= endSeconds),
    );
  return (
    <>
      <Icon name={iconOfTone(finding.severity)} />
      <div>
        <h3>
          <span className="hidden-visually">{words.take.severity[finding.severity]}: </span>
          {unparted(finding.message)}
        </h3>
        <p>{finding.remedy}</p>
        <div className="evidence">
          {picture !== null && (
            <MomentPicture
              {...picture}
              title={findingTitle(finding.code) ?? finding.message}
              onShow={() => onMoment(markKey(name, placeOf(picture.seconds)), picture.seconds)}
            />
          )}
          {(places.length > 0 || measured !== undefined) && (
            <div className="where">
              {shown.map((place, index) => {
                const key = markKey(name, index);
                const from = say.length(place.startSeconds);
                const to = say.length(place.endSeconds);
                return (
                  <Button
                    key={key}
                    size="small"
                    icon="play"
                    label={text.goTo(from)}
                    aria-pressed={key === selected}
                    onClick={() => onPlace(key)}
                  >
                    {from === to ? from : text.range(from, to)}
                  </Button>
                );
              })}
              {hidden > 0 && (
                <Button kind="bare" size="small" onClick={() => setAll(true)}>
                  {words.review.findings.more(hidden)}
                </Button>
              )}
              {measured !== undefined && (
                <span>
                  {unparted(
                    limit === undefined ? text.measuredOnly(measured) : text.measured(measured, limit),
                  )}
                </span>
              )}
            </div>
          )}
        </div>
        {mend !== null && (
          <Button size="small" label={words.mends.thisBy(words.mends[mend])} onClick={() => onMend(mend)}>
            {words.mends.this}
          </Button>
        )}
      </div>
    </>
  );
}
