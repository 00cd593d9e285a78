import { useEffect } from 'react';
import { ShotSchema } from '../../../shared/domain/report.ts';
import { takesKeys } from '../../app/keys/takesKeys.ts';
import { letGoAfterPointer } from '../../app/letGoAfterPointer.ts';
import { pressRecord } from './RecordButton.tsx';
import { isLive, phaseOf, useSession } from './stageState.tsx';

/** What the space bar presses. It does nothing to a radio button that is chosen already. */
const TAKES_SPACE = 'button, a, summary, input:not([type="radio"]:checked), [role="button"]';
/** After a click these have had their say; by keyboard one goes on choosing. */
const DONE_AFTER_CLICK = 'input[type="radio"], input[type="checkbox"], select';

/** Keys that work anywhere on the stage. They are listed in `words.keys.stage`. */
export function useStageKeys(): void {
  const session = useSession();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { target, key, repeat } = event;
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (takesKeys(target)) return;
      const phase = phaseOf(session.get());
      if (key === 'Escape' && phase === 'countdown') session.cancelCountdown();
      else if (key === 'Escape' && phase === 'starting') session.stop();
      else if (key === ' ') {
        if (target instanceof Element && target.closest(TAKES_SPACE) !== null) return;
        // A key held down must not begin and stop a take in one breath.
        if (!repeat) pressRecord(session);
      } else if (!isLive(phase)) {
        const shot = ShotSchema.options[Number(key) - 1];
        if (shot === undefined) return;
        session.chooseShot(shot);
      } else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [session]);
  useEffect(() => letGoAfterPointer(DONE_AFTER_CLICK), []);
}
