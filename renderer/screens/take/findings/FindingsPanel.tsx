import { useEffect, useRef } from 'react';
import { mediaUrl, type TakeDetail } from '../../../../shared/contract.ts';
import { isMendedAlike } from '../../../../shared/domain/edit.ts';
import type { Finding, Report } from '../../../../shared/domain/report.ts';
import { editedSize } from '../../../../shared/quality/reframe.ts';
import { worstSeenMs } from '../../../../shared/report/moments.ts';
import { say, words } from '../../../../shared/words/app.ts';
import { useIsBeingChecked, useWaitsItsTurn } from '../../../app/activities.ts';
import { Note } from '../../../ui/parts.tsx';
import { keyOf } from '../marks.ts';
import type { Mend } from '../mends/mendOf.ts';
import { CheckProgress } from './CheckProgress.tsx';
import { FindingEntry } from './FindingEntry.tsx';
import './findings.css';
import { MeasureList } from './MeasureList.tsx';
import { VerdictHead, verdictWords } from './VerdictHead.tsx';

export interface FindingsProps {
  readonly detail: TakeDetail;
  /** Of what is kept. */
  readonly report: Report | null;
  /** Seconds that are kept, where the take is trimmed. */
  readonly keptSeconds: number | null;
  /** Key of the selected mark. */
  readonly selected: string | null;
  /** Goes to a place, by the key of its mark, and plays it. */
  readonly onPlace: (key: string) => void;
  /** Goes to the worst moment of a finding; the key is that of a mark of it. */
  readonly onMoment: (key: string, seconds: number) => void;
  /** Where mends can be chosen on the page: which one is for a finding, and the way to it. */
  readonly mending?: Mending | undefined;
}

export interface Mending {
  readonly of: (code: string) => Mend | null;
  readonly show: (mend: Mend) => void;
}

/** What the check says: the verdict first, then trouble with its remedy, and every measure folded away. */
export function FindingsPanel(props: FindingsProps) {
  const { detail, report } = props;
  const { take } = detail;
  const text = words.take.check;
  const isBeingChecked = useIsBeingChecked(take.id);
  const waitingBody = useWaitsItsTurn(take.id) ? text.waitingBody : text.waitingShortly;
  if (take.check.kind === 'failed')
    return <VerdictHead tone="fail" title={text.failed} body={take.check.error.message} />;
  const running = take.check.kind === 'checking';
  const waiting = take.check.kind === 'waiting';
  if (report === null || (waiting && !isBeingChecked)) {
    if (running) return <CheckProgress takeId={take.id} title={text.running} body={text.runningBody} />;
    if (waiting && isBeingChecked)
      return <CheckProgress takeId={take.id} title={text.waiting} body={waitingBody} />;
    return <VerdictHead tone="warn" title={text.notChecked} body={text.notCheckedBody} />;
  }
  return (
    <>
      {(running || waiting) && (
        <CheckProgress
          takeId={take.id}
          title={running ? text.running : text.waiting}
          body={running ? text.runningBody : waitingBody}
        />
      )}
      <ReportView {...props} report={report} />
    </>
  );
}

/** A report, from its verdict to its measures. */
export function ReportView({
  detail,
  report,
  keptSeconds,
  selected,
  onPlace,
  onMoment,
  mending,
}: FindingsProps & { readonly report: Report }) {
  const text = words.review;
  const list = useRef<HTMLOListElement>(null);
  const chosen = selected === null ? null : selected.slice(0, selected.lastIndexOf(' at '));
  // A mark of the timeline was chosen: its finding is to be seen.
  useEffect(() => {
    if (chosen === null) return;
    list.current?.querySelector('[data-selected]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  return (
    <>
      <VerdictHead tone={report.verdict} {...verdictWords(report, detail.take.review.decision.kind)} />
      {keptSeconds !== null && (
        <p className="judged small quiet">{text.trim.judged(say.wholeLength(keptSeconds))}</p>
      )}
      {report.depth === 'provisional' && (
        <div className="provisional">
          <Note tone="info" title={text.findings.provisional}>
            {text.findings.provisionalBody}
          </Note>
        </div>
      )}
      {report.findings.length > 0 && (
        <ol className="findings" ref={list}>
          {report.findings.map((finding, index) => {
            const name = keyOf(report.findings, index);
            return (
              <li key={name} data-tone={finding.severity} data-selected={name === chosen ? '' : undefined}>
                <FindingEntry
                  finding={finding}
                  name={name}
                  picture={pictureOf(finding, report, detail)}
                  selected={selected}
                  onPlace={onPlace}
                  onMoment={onMoment}
                  mend={mending?.of(finding.code) ?? null}
                  onMend={(mend) => mending?.show(mend)}
                />
              </li>
            );
          })}
        </ol>
      )}
      <MeasureList report={report} />
    </>
  );
}

/**
 * The picture of a finding's worst moment. The engine has those that the stored report speaks of, which comes a little
 * later than one that is judged here.
 */
function pictureOf(finding: Finding, judged: Report, { take, report, sourcePresent }: TakeDetail) {
  const atMs = worstSeenMs(finding);
  const video = take.media?.video ?? null;
  if (atMs === null || video === null) return null;
  const isThere =
    sourcePresent &&
    report !== null &&
    isMendedAlike(report.mended, judged.mended) &&
    report.findings.some((stored) => worstSeenMs(stored) === atMs);
  const { width, height } = editedSize(video, judged.mended);
  return {
    address: isThere ? mediaUrl.moment(take.id, atMs, judged.mended) : null,
    aspect: width / height,
    seconds: atMs / 1000,
  };
}
