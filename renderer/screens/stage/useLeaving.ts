import { useEffect, useState } from 'react';
import { words } from '../../../shared/words/app.ts';
import { holdPage } from '../../app/heldPage.ts';
import { addNotice } from '../../app/notices.ts';
import { useSession, useStage } from './stageState.tsx';

/** While a take is made the page is held: whatever would lead away asks first. */
export function useLeaving(): {
  readonly asked: boolean;
  readonly stay: () => void;
  readonly stop: () => void;
} {
  const session = useSession();
  const recorder = useStage((state) => state.recorder.kind);
  const [asked, setAsked] = useState(false);
  // Not before: until then nothing has been recorded, and leaving ends it.
  const held = recorder === 'recording' || recorder === 'stopping';
  useEffect(() => {
    if (!held) return;
    const release = holdPage(() => {
      if (session.get().recorder.kind === 'recording') setAsked(true);
      else
        addNotice({ id: 'stage-stopping', tone: 'info', message: words.stage.leave.stopping, takeId: null });
    });
    return () => {
      release();
      setAsked(false);
    };
  }, [held, session]);
  return {
    asked: asked && recorder === 'recording',
    stay: () => setAsked(false),
    stop: () => {
      setAsked(false);
      session.stop();
    },
  };
}
