import { useEffect, useRef } from 'react';
import { mediaUrl, type TakeDetail } from '../../../../shared/contract.ts';
import { isMendedAlike, NOTHING_MENDED } from '../../../../shared/domain/edit.ts';
import type { Finding, Report } from '../../../../shared/domain/report.ts';
import { editedSize } from '../../../../shared/quality/reframe.ts';
import { worstSeenMs } from '../../../../shared/report/moments.ts';
import { say, words } from '../../../../shared/words/app.ts';
import { useIsBeingChecked, useWaitsItsTurn } from '../../../app/activities.ts';
import { Note } from '../../../ui/parts.tsx';
import { keyOf, markKey, placeAt } from '../marks.ts';
import { CheckProgress } from './CheckProgress.tsx';
import { FindingEntry, type Offer } from './FindingEntry.tsx';
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
  /** What the page can do about a finding. */
  readonly offerFor?: ((finding: Finding) => Offer | null) | undefined;
  /** Of a take that has been cut: a part without a cut is long enough. */
  readonly hasWholePart?: boolean;
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
  offerFor,
  hasWholePart = false,
}: FindingsProps & { readonly report: Report }) {
  const text = words.review;
  const list = useRef<HTMLOListElement>(null);
  const chosen = selected === null ? null : selected.slice(0, selected.lastIndexOf(' at '));
  // A mark of the timeline was chosen: its finding is to be seen.
  useEffect(() => {
    if (chosen === null) return;
    list.current?.querySelector('[data-selected]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  // More than turned, which the player shows as well.
  const isMended = !isMendedAlike({ ...report.mended, turn: 0 }, NOTHING_MENDED);
  /** Anywhere on a finding but its controls, which have their own meaning. */
  const goToPlace = (target: EventTarget, name: string, finding: Finding) => {
    const place = leadsTo(finding);
    const isControl = target instanceof Element && target.closest('button, a') !== null;
    // Whoever marks its words wants to copy them.
    const isReading = window.getSelection()?.isCollapsed === false;
    if (place !== null && !isControl && !isReading) onMoment(markKey(name, place.index), place.seconds);
  };
  return (
    <>
      <VerdictHead
        tone={report.verdict}
        {...verdictWords(report, detail.take.review.decision.kind, hasWholePart)}
      />
      {(keptSeconds !== null || isMended) && (
        <p className="judged small quiet">
          {keptSeconds !== null && `${text.trim.judged(say.wholeLength(keptSeconds))} `}
          {isMended && words.mends.judged}
        </p>
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
              // biome-ignore lint/a11y/useKeyWithClickEvents: its buttons do the same, and take the keyboard
              <li
                key={name}
                data-tone={finding.severity}
                data-selected={name === chosen ? '' : undefined}
                data-leads={leadsTo(finding) === null ? undefined : ''}
                onClick={({ target }) => goToPlace(target, name, finding)}
              >
                <FindingEntry
                  finding={finding}
                  name={name}
                  picture={pictureOf(finding, report, detail)}
                  selected={selected}
                  onPlace={onPlace}
                  onMoment={onMoment}
                  offer={offerFor?.(finding) ?? null}
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

/** Where a finding is looked at: its worst moment, or where it begins; null for one of the whole take. */
function leadsTo({ places, worstAtSeconds }: Finding): { index: number; seconds: number } | null {
  const [first] = places;
  if (first === undefined) return null;
  const seconds = worstAtSeconds ?? first.startSeconds;
  return { index: placeAt(places, seconds), seconds };
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
