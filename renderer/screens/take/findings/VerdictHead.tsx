import type { Report } from '../../../../shared/domain/report.ts';
import type { Decision } from '../../../../shared/domain/review.ts';
import { LIMITS } from '../../../../shared/quality/limits.ts';
import { words } from '../../../../shared/words/app.ts';
import { verdictText, weakSpotsIn } from '../../../../shared/words/verdicts.ts';
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

/** Whether a take is refused for lying on its side alone: turned, it may be good. */
export function isOnlyLying(findings: Report['findings']): boolean {
  const codes = refusalsIn(findings);
  return codes.length > 0 && codes.every((code) => code === 'LIES_ON_SIDE');
}

const refusalsIn = (findings: Report['findings']): string[] =>
  findings.filter(({ severity }) => severity === 'fail').map(({ code }) => code);

/**
 * What a report comes to, in plain words.
 * @param decision what a person decided: a rejected take cannot be published, however good it is
 * @param hasWholePart a take that has been cut has a part without a cut that is long enough
 */
export function verdictWords(
  { verdict, findings, depth, media }: Report,
  decision: Decision['kind'],
  hasWholePart = false,
): { title: string; body: string } {
  const { check: text, why } = words.take;
  const isRejected = decision === 'rejected';
  // Nothing can be published on what the stage alone has seen, and the check may yet refuse it.
  if (depth === 'provisional' && verdict !== 'fail')
    return {
      title: verdict === 'pass' ? text.passSoFar : text.warnSoFar(weakSpotsIn(findings)),
      body: text.bodySoFar,
    };
  const title = verdictText({ verdict, findings });
  if (isOnlyLying(findings)) return { title, body: text.failTurnBody };
  // The take itself is fine: what is kept of it is too long, or was cut too short.
  const isOnlyTrim =
    media.durationSeconds >= LIMITS.shortestSeconds.value &&
    refusalsIn(findings).every((code) => code === 'DURATION_TOO_SHORT' || code === 'DURATION_TOO_LONG');
  if (verdict === 'fail' && isOnlyTrim) return { title, body: text.failTrimBody };
  // Of a whole part no more is kept than can be taken.
  const isOnlyCut = refusalsIn(findings).every((code) => code === 'JUMP_CUT' || code === 'DURATION_TOO_LONG');
  if (verdict === 'fail')
    return { title, body: hasWholePart && isOnlyCut ? text.failCutBody : text.failBody };
  if (isRejected) return { title, body: why.rejected };
  return { title, body: verdict === 'pass' ? text.passBody : text.warnBody };
}
