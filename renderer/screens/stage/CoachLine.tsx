import { type Advice, isHint } from '../../../shared/quality/advice.ts';
import { words } from '../../../shared/words/app.ts';
import { adviceLine, coachWords } from '../../../shared/words/coach.ts';
import type { CoachView } from '../../capture/session.ts';
import { Icon, type IconName } from '../../ui/Icon.tsx';
import { iconOfAdvice } from './iconOfAdvice.ts';
import { phaseOf, useStage, useStageContent } from './stageState.tsx';

interface Line {
  readonly tone: 'advice' | 'hint' | 'ready' | 'quiet';
  readonly icon: IconName | null;
  readonly words: string;
}

/** The coach: one line at a time, inside the picture. Read out politely whenever it changes. */
export function CoachLine() {
  const phase = useStage(phaseOf);
  const { kind, advice, deaf, isLit } = useStageContent(({ coach }) => ({
    kind: coach.kind,
    advice: coach.advice,
    deaf: coach.deaf,
    isLit: coach.light.face === 'good',
  }));
  const seen = useStage(({ coach }) => coach.frame !== null && coach.frame.faces.length > 0);
  const line =
    phase === 'framing' || phase === 'ready'
      ? lineOf({ kind, advice, deaf, isLit, seen, ready: phase === 'ready' })
      : null;
  return (
    <div className="coach" role="status" aria-label={words.stage.coach.label}>
      {line && (
        <p data-tone={line.tone}>
          {line.icon && (
            <span className="sign">
              <Icon name={line.icon} size="large" />
            </span>
          )}
          <Emphasised sentence={line.words} />
        </p>
      )}
    </div>
  );
}

/** Letters; where there is little room, a longer line stands in two. */
const LONG_LINE = 46;

/** What is the matter, and then what to do, where a line says both. */
function Emphasised({ sentence }: { readonly sentence: string }) {
  const end = sentence.indexOf(': ');
  return end < 0 ? (
    <b>{sentence}</b>
  ) : (
    <span data-long={sentence.length > LONG_LINE ? '' : undefined}>
      <b>{sentence.slice(0, end + 1)}</b> <span>{sentence.slice(end + 2)}</span>
    </span>
  );
}

function lineOf({
  kind,
  advice,
  deaf,
  isLit,
  seen,
  ready,
}: {
  readonly kind: CoachView['kind'];
  readonly advice: Advice | null;
  readonly deaf: boolean;
  readonly isLit: boolean;
  readonly seen: boolean;
  readonly ready: boolean;
}): Line {
  switch (kind) {
    case 'starting':
      return { tone: 'quiet', icon: null, words: coachWords.starting };
    case 'failed':
      return { tone: 'quiet', icon: 'info', words: coachWords.failed };
    case 'stopped':
      return { tone: 'quiet', icon: 'info', words: coachWords.stopped };
    case 'watching':
      if (ready) return { tone: 'ready', icon: 'done', words: coachWords.ready };
      if (advice === null && deaf && seen) return { tone: 'quiet', icon: 'info', words: coachWords.deaf };
      if (advice === null) {
        const { settling, looking } = words.stage.coach;
        return { tone: 'quiet', icon: null, words: seen ? settling : looking };
      }
      return {
        tone: isHint(advice) ? 'hint' : 'advice',
        icon: iconOfAdvice(advice),
        words: adviceLine(advice.code, isLit),
      };
  }
}
