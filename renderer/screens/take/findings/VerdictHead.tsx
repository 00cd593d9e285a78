import type { Report } from '../../../../shared/domain/report.ts';
import { words } from '../../../../shared/words/app.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { iconOfTone, type Tone } from '../../../ui/parts.tsx';

/** The state of a take's check in two lines. */
export function VerdictHead({
  tone,
  title,
  body,
}: {
  readonly tone: Tone;
  readonly title: string;
  readonly body: string;
}) {
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

/** What a report comes to, in plain words. */
export function verdictWords({ verdict, findings, depth }: Report): { title: string; body: string } {
  const text = words.take.check;
  const weak = findings.filter(({ severity }) => severity === 'warn').length;
  // Nothing can be published on what the stage alone has seen, and the check may yet refuse it.
  if (depth === 'provisional' && verdict !== 'fail')
    return { title: verdict === 'pass' ? text.passSoFar : text.warnSoFar(weak), body: text.bodySoFar };
  return {
    pass: { title: text.pass, body: text.passBody },
    warn: { title: text.warn(weak), body: text.warnBody },
    fail: { title: text.fail, body: text.failBody },
  }[verdict];
}
