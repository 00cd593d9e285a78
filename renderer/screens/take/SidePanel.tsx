import { memo, useMemo, useRef, useState } from 'react';
import type { TakeDetail } from '../../../shared/contract.ts';
import type { Report } from '../../../shared/domain/report.ts';
import { mendsOffered } from '../../../shared/quality/mends.ts';
import type { Observations } from '../../../shared/quality/observations.ts';
import { words } from '../../../shared/words/app.ts';
import { useOnline } from '../../app/online.ts';
import { Icon } from '../../ui/Icon.tsx';
import { Note } from '../../ui/parts.tsx';
import { AboutTake } from './AboutTake.tsx';
import { DecisionNote } from './decide/DecisionNote.tsx';
import { FindingsPanel, type Mending } from './findings/FindingsPanel.tsx';
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
  const mending: Mending | undefined =
    offered === null
      ? undefined
      : {
          of: (code) => mendOf(code, offered, mends),
          show: (mend) => {
            if (section.current) section.current.open = true;
            setAsked({ mend });
          },
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
        mending={mending}
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
