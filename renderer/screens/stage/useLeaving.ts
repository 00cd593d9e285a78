import { useEffect, useRef, useState } from 'react';
import { words } from '../../../shared/words/app.ts';
import { holdPage, type Left } from '../../app/heldPage.ts';
import { addNotice } from '../../app/notices.ts';
import { useSession, useStage } from './stageState.tsx';

/** While a take is made the page is held: whatever would lead away, or close the window, asks first. */
export function useLeaving(): {
  /** What was tried; null while nobody is asked. */
  readonly asked: Left | null;
  readonly stay: () => void;
  readonly stop: () => void;
} {
  const session = useSession();
  const recorder = useStage((state) => state.recorder.kind);
  const [asked, setAsked] = useState<Left | null>(null);
  const closes = useRef(false);
  // Not before: until then nothing has been recorded, and leaving ends it.
  const held = recorder === 'recording' || recorder === 'stopping';
  useEffect(() => {
    if (!held) return;
    // What was answered of the take before does not count for this one.
    closes.current = false;
    const release = holdPage((what) => {
      if (session.get().recorder.kind === 'recording') setAsked(what);
      else
        addNotice({ id: 'stage-stopping', tone: 'info', message: words.stage.leave.stopping, takeId: null });
    });
    return () => {
      release();
      setAsked(null);
    };
  }, [held, session]);
  // The page is let go of by now.
  useEffect(() => {
    if (recorder === 'done' && closes.current) window.close();
  }, [recorder]);
  return {
    asked: recorder === 'recording' ? asked : null,
    stay: () => setAsked(null),
    stop: () => {
      closes.current = asked === 'window';
      setAsked(null);
      session.stop();
    },
  };
}
