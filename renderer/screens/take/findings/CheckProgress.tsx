import { say, words } from '../../../../shared/words/app.ts';
import { useActivityOf } from '../../../app/activities.ts';
import { fire } from '../../../app/queries.ts';
import { Button } from '../../../ui/Button.tsx';
import { ProgressBar } from '../../../ui/parts.tsx';
import { VerdictHead } from './VerdictHead.tsx';

/** A check that runs or waits its turn: how far it is, and the way to stop it. */
export function CheckProgress({
  takeId,
  title,
  body,
}: {
  readonly takeId: string;
  readonly title: string;
  readonly body: string;
}) {
  const activity = useActivityOf(takeId, 'check');
  const share = activity?.progress ?? null;
  const left = activity?.secondsLeft ?? null;
  return (
    <div className="checking">
      <VerdictHead tone="work" title={title} body={body} />
      <ProgressBar value={share} label={title} />
      <div className="small quiet">
        <span>{share !== null && say.percent(share)}</span>
        <span>
          {activity?.waitsFor === 'recording'
            ? words.state.waitsForRecording
            : left !== null && words.state.timeLeft(say.duration(left))}
        </span>
        {activity?.cancellable === true && (
          <Button
            size="small"
            icon="close"
            onClick={() => fire('cancelActivity', { activityId: activity.id })}
          >
            {words.review.findings.cancel}
          </Button>
        )}
      </div>
    </div>
  );
}
