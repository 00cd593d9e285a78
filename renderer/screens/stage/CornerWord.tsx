import { coachWords } from '../../../shared/words/coach.ts';
import { Icon } from '../../ui/Icon.tsx';
import { phaseOf, useStage } from './stageState.tsx';

/** While recording the coach is one word in the corner. */
export function CornerWord() {
  const recording = useStage((state) => phaseOf(state) === 'recording');
  const code = useStage(({ coach }) => coach.advice?.code ?? null);
  const watching = useStage(({ coach }) => coach.kind === 'watching');
  return (
    <div className="corner-word" role="status">
      {recording && watching && (
        <span className="picture-tag" data-tone={code === null ? 'pass' : 'warn'}>
          <Icon name={code === null ? 'pass' : 'warn'} size="small" />
          {code === null ? coachWords.goingWell : coachWords.advice[code].short}
        </span>
      )}
    </div>
  );
}
