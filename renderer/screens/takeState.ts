import type { Activity } from '../../shared/contract.ts';
import type { TakeState } from '../../shared/domain/summary.ts';
import { say, words } from '../../shared/words/app.ts';
import { findingTitle } from '../../shared/words/appFindings.ts';
import type { Tone } from '../ui/parts.tsx';

export interface StateLine {
  readonly tone: Tone;
  readonly word: string;
  readonly line: string | undefined;
  /** 0 to 1 or null while work is running; undefined when none is. */
  readonly progress: number | null | undefined;
}

/** The one line about a take: what it is, and the most useful thing to know about that. */
export function stateLineOf(
  state: TakeState,
  activity: Activity | null,
  online: boolean,
  waitsItsTurn = false,
): StateLine {
  const text = words.state;
  const still = (tone: Tone, word: string, line: string | undefined): StateLine => ({
    tone,
    word,
    line,
    progress: undefined,
  });
  const moving = (word: string, line: string): StateLine => ({
    tone: 'work',
    word:
      activity?.progress === null || activity?.progress === undefined
        ? word
        : text.percent(word, say.percent(activity.progress)),
    line:
      activity?.waitsFor === 'recording'
        ? text.waitsForRecording
        : activity?.secondsLeft === null || activity?.secondsLeft === undefined
          ? line
          : text.timeLeft(say.duration(activity.secondsLeft)),
    progress: activity?.progress ?? null,
  });
  const importing: StateLine = { tone: 'work', ...text.importing, progress: null };
  const check = (): StateLine => {
    if (activity?.kind === 'import') return importing;
    return waitsItsTurn && activity?.kind === 'check' && activity.progress === null
      ? still(
          'info',
          text.waiting.word,
          activity.waitsFor === 'recording' ? text.waitsForRecording : text.waiting.line,
        )
      : moving(text.checking.word, text.checking.line);
  };
  switch (state.kind) {
    case 'checking':
      return check();
    case 'not-checked':
      // Just imported, or about to begin.
      return activity?.kind === 'import' || activity?.kind === 'check'
        ? check()
        : still('warn', text.notChecked.word, text.notChecked.line);
    case 'check-failed':
      return still('fail', text.checkFailed.word, state.message);
    case 'record-again':
      return still(
        'fail',
        state.finding === 'LIES_ON_SIDE' ? text.turnIt.word : text.recordAgain.word,
        findingTitle(state.finding) ?? text.recordAgain.line,
      );
    case 'rejected':
      return still('info', text.rejected.word, state.note === '' ? text.rejected.line : state.note);
    case 'publish-it':
      if (state.accepted) return still('pass', text.publish.word, text.publish.accepted);
      return state.verdict === 'pass'
        ? still('pass', text.publish.word, text.publish.line)
        : still('warn', text.review.word, findingTitle(state.finding) ?? text.review.line);
    case 'on-its-way': {
      const stage = text.stages[state.stage];
      const needsNetwork = state.stage !== 'prepare' && !online;
      return needsNetwork ? still('work', stage.word, text.offline) : moving(stage.word, stage.line);
    }
    case 'needs-you': {
      const known = Object.entries(text.needsYou).find(([code]) => code === state.code)?.[1];
      const { word, line } = known ?? text.needsYou.ORDER_UNCONFIRMED;
      return still('warn', word, line);
    }
    case 'order-failed':
      return still('fail', text.orderFailed.word, state.message);
    case 'usable':
      return still('pass', text.usable.word, text.usable.line(state.lookName));
  }
}
