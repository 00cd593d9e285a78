import { type ComponentProps, useState } from 'react';
import type { Finding } from '../../../../shared/domain/report.ts';
import { say, words } from '../../../../shared/words/app.ts';
import { findingTitle } from '../../../../shared/words/appFindings.ts';
import { unparted } from '../../../../shared/words/figures.ts';
import { Button } from '../../../ui/Button.tsx';
import { Icon, type IconName } from '../../../ui/Icon.tsx';
import { iconOfTone } from '../../../ui/parts.tsx';
import { markKey, placeAt } from '../marks.ts';
import { MomentPicture } from './MomentPicture.tsx';

/** More places are folded away. */
const PLACES_SHOWN = 3;

/** A button of a finding that does something about it. */
export interface Offer {
  readonly icon?: IconName;
  readonly text: string;
  /** In full, for who hears it without the finding. */
  readonly label: string;
  readonly take: () => void;
}

/** One thing the check has to say: what, what to do, where, and what was measured. */
export function FindingEntry({
  finding,
  name,
  picture,
  selected,
  onPlace,
  onMoment,
  offer,
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
  /** What the page can do about it; null where it can do nothing. */
  readonly offer: Offer | null;
}) {
  const text = words.take.check;
  const { places, measured, limit } = finding;
  const [all, setAll] = useState(false);
  // What was wanted is told beside the figure; without that it would only be told twice.
  const isSaid = measured !== undefined && limit === undefined && finding.message.includes(measured);
  const shown = all ? places : places.slice(0, PLACES_SHOWN);
  const hidden = places.length - shown.length;
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
              onShow={() => onMoment(markKey(name, placeAt(places, picture.seconds)), picture.seconds)}
            />
          )}
          {(places.length > 0 || (measured !== undefined && !isSaid)) && (
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
              {measured !== undefined && !isSaid && (
                <span>
                  {unparted(
                    limit === undefined ? text.measuredOnly(measured) : text.measured(measured, limit),
                  )}
                </span>
              )}
            </div>
          )}
        </div>
        {offer !== null && (
          <Button size="small" icon={offer.icon} label={offer.label} onClick={offer.take}>
            {offer.text}
          </Button>
        )}
      </div>
    </>
  );
}
