import { memo, useMemo, useRef, useState } from 'react';
import type { TakeDetail } from '../../../shared/contract.ts';
import type { Finding, Report } from '../../../shared/domain/report.ts';
import type { Trim } from '../../../shared/domain/review.ts';
import { mendsOffered } from '../../../shared/quality/mends.ts';
import type { Observations } from '../../../shared/quality/observations.ts';
import { say, words } from '../../../shared/words/app.ts';
import { useOnline } from '../../app/online.ts';
import { Icon } from '../../ui/Icon.tsx';
import { Note } from '../../ui/parts.tsx';
import { AboutTake } from './AboutTake.tsx';
import { DecisionNote } from './decide/DecisionNote.tsx';
import type { Offer } from './findings/FindingEntry.tsx';
import { FindingsPanel } from './findings/FindingsPanel.tsx';
import { HowItEnded } from './HowItEnded.tsx';
import { type AskedMend, MendsPanel } from './mends/MendsPanel.tsx';
import { mendOf } from './mends/mendOf.ts';
import type { PlayerControls } from './player/controls.ts';
import { TakeOrders } from './TakeOrders.tsx';

/** Shorter than the take by less is not cut. Seconds. */
const WHOLE = 0.05;

/** The seconds that a report is about, where that is not all of the take. */
function partSeconds(report: Report | null, wholeSeconds: number): number | null {
  if (report === null) return null;
  const seconds = report.range.endSeconds - report.range.startSeconds;
  return seconds < wholeSeconds - WHOLE ? seconds : null;
}

/** What was decided, what the check says, and what the take is. It does not move while a handle is dragged. */
export const SidePanel = memo(function SidePanel({
  detail,
  observations,
  report,
  selected,
  onPlace,
  onMoment,
  wholePart,
  onKeep,
  player,
}: {
  readonly detail: TakeDetail;
  readonly observations: Observations | null;
  /** Of what is kept. */
  readonly report: Report | null;
  /** Key of the selected mark. */
  readonly selected: string | null;
  readonly onPlace: (key: string) => void;
  readonly onMoment: (key: string, seconds: number) => void;
  /** Of a take that has been cut, the longest part without a cut; null where none is long enough. */
  readonly wholePart: Trim | null;
  readonly onKeep: (part: Trim) => void;
  readonly player: PlayerControls;
}) {
  const { take } = detail;
  const online = useOnline();
  const { trim, mends } = take.review;
  const offered = useMemo(
    () => (observations === null ? null : mendsOffered(observations, trim)),
    [observations, trim],
  );
  const section = useRef<HTMLDetailsElement>(null);
  const [asked, setAsked] = useState<AskedMend | null>(null);
  const offerFor = ({ code }: Finding): Offer | null => {
    if (code === 'JUMP_CUT' && wholePart !== null) {
      const from = say.length(wholePart.startSeconds);
      const to = say.length(wholePart.endSeconds);
      const { keepPart, keepPartLabel } = words.review.trim;
      return {
        icon: 'cut',
        text: keepPart(from, to),
        label: keepPartLabel(from, to),
        take: () => onKeep(wholePart),
      };
    }
    const mend = offered === null ? null : mendOf(code, offered, mends);
    if (mend === null) return null;
    return {
      text: words.mends.this,
      label: words.mends.thisBy(words.mends[mend]),
      take: () => {
        if (section.current) section.current.open = true;
        setAsked({ mend });
      },
    };
  };
  const whole = observations?.durationSeconds ?? take.media?.durationSeconds ?? 0;
  return (
    <section className="side-panel scroll" aria-label={words.take.check.title}>
      {!online && (
        <div className="offline-note">
          <Note tone="info">{words.review.offline}</Note>
        </div>
      )}
      <DecisionNote take={take} />
      {take.recording && <HowItEnded end={take.recording.end} />}
      <FindingsPanel
        detail={detail}
        report={report}
        keptSeconds={partSeconds(report, whole)}
        selected={selected}
        onPlace={onPlace}
        onMoment={onMoment}
        offerFor={offerFor}
        hasWholePart={wholePart !== null}
      />
      {offered !== null && (
        <details className="about-take disclosure" ref={section}>
          <summary>
            {words.mends.title}
            <Icon name="down" size="small" />
          </summary>
          <div>
            <MendsPanel takeId={take.id} detail={detail} offered={offered} asked={asked} player={player} />
          </div>
        </details>
      )}
      <TakeOrders detail={detail} />
      <AboutTake detail={detail} />
    </section>
  );
});
