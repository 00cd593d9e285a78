import type { TakeDetail } from '../../../shared/contract.ts';
import { type Finding, type Report, sortFindings } from '../../../shared/domain/report.ts';
import { say, words } from '../../../shared/words/app.ts';
import { useActivityOf, useIsBeingChecked } from '../../app/activities.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Disclosure, iconOfTone, ProgressBar, type Tone } from '../../ui/parts.tsx';

type Jump = (seconds: number) => void;

/** What the check says: the verdict first, then trouble with its remedy, and what is fine folded away. */
export function CheckReport({ detail, onPlayFrom }: { detail: TakeDetail; onPlayFrom: Jump }) {
  const { take, report } = detail;
  const text = words.take.check;
  switch (take.check.kind) {
    case 'waiting':
      return <NotChecked takeId={take.id} />;
    case 'checking':
      return <Running title={text.running} body={text.runningBody} takeId={take.id} />;
    case 'failed':
      return <Verdict tone="fail" title={text.failed} body={take.check.error.message} />;
    case 'checked':
      return report === null ? null : <Checked report={report} onPlayFrom={onPlayFrom} />;
  }
}

function Verdict({ tone, title, body }: { tone: Tone; title: string; body: string }) {
  return (
    <div className="verdict" data-tone={tone} role="status">
      <span className="state-badge">
        <Icon name={iconOfTone(tone)} size="large" />
      </span>
      <div>
        <h2>{title}</h2>
        <p>{body}</p>
      </div>
    </div>
  );
}

/** Its check waits its turn or has not begun; or nobody checks it, as its check was cancelled. */
function NotChecked({ takeId }: { takeId: string }) {
  const text = words.take.check;
  return useIsBeingChecked(takeId) ? (
    <Running title={text.waiting} body={text.waitingBody} takeId={takeId} />
  ) : (
    <Verdict tone="warn" title={text.notChecked} body={text.notCheckedBody} />
  );
}

function Running({ title, body, takeId }: { title: string; body: string; takeId: string }) {
  const activity = useActivityOf(takeId, 'check');
  const share = activity?.progress ?? null;
  const left = activity?.secondsLeft ?? null;
  return (
    <div className="checking">
      <Verdict tone="work" title={title} body={body} />
      <ProgressBar value={share} label={title} />
      <p className="small quiet">
        {share !== null && say.percent(share)}
        {activity?.waitsFor === 'recording' ? (
          <span>{words.state.waitsForRecording}</span>
        ) : (
          left !== null && <span>{words.state.timeLeft(say.duration(left))}</span>
        )}
      </p>
    </div>
  );
}

function Checked({ report, onPlayFrom }: { report: Report; onPlayFrom: Jump }) {
  const text = words.take.check;
  const findings = sortFindings(report.findings);
  const weak = findings.filter((finding) => finding.severity === 'warn').length;
  const verdict = {
    pass: { title: text.pass, body: text.passBody },
    warn: { title: text.warn(weak), body: text.warnBody },
    fail: { title: text.fail, body: text.failBody },
  }[report.verdict];
  return (
    <>
      <Verdict tone={report.verdict} {...verdict} />
      {findings.length > 0 && (
        <ol className="findings">
          {findings.map((finding) => (
            <li key={`${finding.code}-${finding.places[0]?.startSeconds ?? ''}`} data-tone={finding.severity}>
              <FindingEntry finding={finding} onPlayFrom={onPlayFrom} />
            </li>
          ))}
        </ol>
      )}
      <Measures report={report} />
      <p className="check-scope small quiet">{text.scope}</p>
    </>
  );
}

function FindingEntry({ finding, onPlayFrom }: { finding: Finding; onPlayFrom: Jump }) {
  const text = words.take.check;
  const { places, measured, limit } = finding;
  const [range] = places;
  return (
    <>
      <Icon name={iconOfTone(finding.severity)} />
      <div>
        <h3>
          <span className="hidden-visually">{words.take.severity[finding.severity]}: </span>
          {finding.message}
        </h3>
        <p>{finding.remedy}</p>
        {(range || measured !== undefined) && (
          <p className="where">
            {range && (
              <Button
                size="small"
                icon="play"
                label={text.goTo(say.length(range.startSeconds))}
                onClick={() => onPlayFrom(range.startSeconds)}
              >
                {text.range(say.length(range.startSeconds), say.length(range.endSeconds))}
              </Button>
            )}
            {measured !== undefined && (
              <span>
                {limit === undefined ? text.measuredOnly(measured) : text.measured(measured, limit)}
              </span>
            )}
          </p>
        )}
      </div>
    </>
  );
}

function Measures({ report }: { report: Report }) {
  const text = words.take.check;
  const fine = report.measures.filter((measure) => measure.state === 'pass');
  const unknown = report.measures.filter((measure) => measure.state === 'unknown');
  return (
    <div className="measures">
      {fine.length > 0 && (
        <Disclosure
          icon={<Icon name="pass" />}
          title={report.findings.length === 0 ? text.all(fine.length) : text.others(fine.length)}
        >
          <MeasureTable of={fine} />
        </Disclosure>
      )}
      {unknown.length > 0 && (
        <Disclosure icon={<Icon name="info" />} title={text.unknown(unknown.length)}>
          <MeasureTable of={unknown} />
        </Disclosure>
      )}
    </div>
  );
}

function MeasureTable({ of }: { of: Report['measures'] }) {
  const text = words.take.check;
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{text.measure}</th>
          <th scope="col">{text.value}</th>
          <th scope="col">{text.limit}</th>
        </tr>
      </thead>
      <tbody>
        {of.map((measure) => (
          <tr key={measure.code}>
            <th scope="row">{measure.label}</th>
            <td>{measure.text}</td>
            <td>{measure.limit}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
