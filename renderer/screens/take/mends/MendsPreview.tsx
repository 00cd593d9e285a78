import { useEffect, useRef, useState } from 'react';
import type { TakeId } from '../../../../shared/domain/ids.ts';
import type { Mends } from '../../../../shared/domain/review.ts';
import { words } from '../../../../shared/words/app.ts';
import { useActivityOf } from '../../../app/activities.ts';
import { CallCancelled, errorOf } from '../../../app/bridge.ts';
import { fire, useCall } from '../../../app/queries.ts';
import { Button } from '../../../ui/Button.tsx';
import { Note, ProgressBar } from '../../../ui/parts.tsx';
import { bringIntoView } from '../bringIntoView.ts';
import type { PlayerControls } from '../player/controls.ts';
import { BeforeAndAfter } from './BeforeAndAfter.tsx';

/** Some seconds of the take as they are and mended. Made when asked for, and again when something else is chosen. */
export function MendsPreview({
  takeId,
  mends,
  player,
}: {
  readonly takeId: TakeId;
  readonly mends: Mends;
  readonly player: PlayerControls;
}) {
  const text = words.mends;
  const { mutate, reset, data, error, isPending } = useCall('previewMends', { quiet: true });
  const activity = useActivityOf(takeId, 'mends');
  const [isOpen, setOpen] = useState(false);
  const lastAt = useRef(0);
  const area = useRef<HTMLDivElement>(null);
  /** Made anew because something else was chosen, it leaves the choices where they are. */
  const isAwaited = useRef(false);
  const isAnyChosen = mends.turn !== 0 || mends.loudness || mends.noise || mends.letterbox || mends.exposure;
  const key = JSON.stringify(mends);

  const show = (atSeconds: number) => {
    lastAt.current = atSeconds;
    isAwaited.current = true;
    setOpen(true);
    mutate({ takeId, mends, atSeconds });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: made again when the choice changes, and only then
  useEffect(() => {
    if (!isOpen) return;
    isAwaited.current = false;
    if (isAnyChosen) mutate({ takeId, mends, atSeconds: lastAt.current });
    else {
      reset();
      setOpen(false);
    }
  }, [key]);

  useEffect(() => {
    if (data === undefined || isPending || !isAwaited.current) return;
    isAwaited.current = false;
    bringIntoView(area.current?.querySelector('.before-and-after'), 'nearest');
  }, [data, isPending]);

  const stop = () => {
    if (activity !== null) fire('cancelActivity', { activityId: activity.id });
    reset();
    setOpen(false);
  };
  const failed = error !== null && !(error instanceof CallCancelled) ? errorOf(error) : null;
  return (
    <div className="mends-preview" ref={area}>
      {isOpen && data !== undefined && !isPending && (
        <BeforeAndAfter pair={data} player={player} key={data.mended} />
      )}
      {isOpen && isPending && (
        <div className="making" role="status">
          <span className="small muted">{text.making}</span>
          <Button kind="bare" size="small" onClick={stop}>
            {text.stop}
          </Button>
          <ProgressBar value={activity?.progress ?? null} label={text.making} thin />
        </div>
      )}
      {failed && (
        <Note tone="fail" title={text.failed} live>
          {failed.message}
        </Note>
      )}
      {!isPending && (
        <Button icon="play" disabled={!isAnyChosen} onClick={() => show(player.at())}>
          {isOpen && data !== undefined ? text.again : text.listen}
        </Button>
      )}
      {!isPending && <p className="small quiet">{text.why}</p>}
    </div>
  );
}
