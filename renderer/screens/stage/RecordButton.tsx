import { useId, useRef } from 'react';
import {
  BEST_FROM_SECONDS,
  BEST_TO_SECONDS,
  LONGEST_SECONDS,
  SHORTEST_SECONDS,
} from '../../../shared/recording/recording.ts';
import { say, words } from '../../../shared/words/app.ts';
import type { StageSession, StageState } from '../../capture/session.ts';
import { phaseOf, takeSeconds, useSession, useStage } from './stageState.tsx';
import { canTry, whyNot } from './whyNot.ts';

/** From here on it is said that the recorder stops by itself. */
const NEARLY_LONGEST_SECONDS = LONGEST_SECONDS - 60;

/** What the one large button does at the moment; the same for a click, Enter and the space bar. */
export function pressRecord(session: StageSession): void {
  const state = session.get();
  switch (phaseOf(state)) {
    case 'framing':
    case 'ready':
      if (canTry(state)) session.record();
      return;
    case 'countdown':
      session.cancelCountdown();
      return;
    case 'recording':
      session.stop();
      return;
    default:
      return;
  }
}

/** The timer, the one button that records and stops, and what to know before pressing it. */
export function RecordButton() {
  const text = words.stage;
  const session = useSession();
  const phase = useStage(phaseOf);
  const able = useStage((state) => isAble(state));
  const name =
    phase === 'recording' || phase === 'stopping'
      ? text.button.stop
      : phase === 'countdown'
        ? text.button.cancel
        : text.button.record;
  const besideId = useId();
  return (
    <div className="record" data-phase={phase}>
      <Timer />
      <button
        type="button"
        className="record-button"
        aria-label={name}
        aria-describedby={besideId}
        aria-keyshortcuts="Space"
        aria-disabled={!able}
        onClick={() => pressRecord(session)}
      >
        <i />
      </button>
      <div className="beside">
        <b aria-hidden="true">{phase === 'countdown' ? text.button.cancelShort : name}</b>
        <span id={besideId}>
          <Beside />
        </span>
      </div>
    </div>
  );
}

function Timer() {
  const before = useRef<number | null>(null);
  const seconds = useStage((state) => {
    before.current = takeSeconds(state, before.current);
    return before.current;
  });
  return (
    <span
      className="timer"
      role="timer"
      aria-label={words.stage.timer}
      data-idle={seconds === null ? '' : undefined}
    >
      {say.length(seconds ?? 0)}
    </span>
  );
}

/** One short line: why it cannot be pressed, or when to press it. */
function Beside() {
  const text = words.stage.beside;
  const what = useStage(besideOf);
  if (what === 'ready' || what === 'countdown') {
    return (
      <>
        {text.orPress} <kbd>{what === 'ready' ? words.keys.space : words.keys.escape}</kbd>
      </>
    );
  }
  return text[what];
}

const isAble = (state: StageState): boolean => {
  const phase = phaseOf(state);
  return (
    phase === 'recording' ||
    phase === 'countdown' ||
    (phase !== 'starting' && phase !== 'stopping' && canTry(state))
  );
};

type BesideWords = Exclude<keyof typeof words.stage.beside, 'orPress'>;

function besideOf(state: StageState): BesideWords | 'ready' | 'countdown' {
  const { recorder, coach } = state;
  if (recorder.kind === 'recording') return adviceOnLength(recorder.seconds);
  const phase = phaseOf(state);
  if (phase === 'starting' || phase === 'stopping' || phase === 'countdown') return phase;
  const obstacle = whyNot(state);
  if (obstacle !== null) return obstacle;
  if (phase === 'ready') return 'ready';
  return coach.advice === null ? 'anytime' : 'fix';
}

function adviceOnLength(seconds: number): BesideWords {
  if (seconds < SHORTEST_SECONDS) return 'tooShort';
  if (seconds < BEST_FROM_SECONDS) return 'short';
  if (seconds < BEST_TO_SECONDS) return 'best';
  return seconds < NEARLY_LONGEST_SECONDS ? 'long' : 'nearlyLongest';
}
