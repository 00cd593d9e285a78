import { useEffect, useState } from 'react';
import { holdPage } from '../../app/heldPage.ts';
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
  // Not a countdown: nothing has been recorded yet.
  const held = recorder === 'starting' || recorder === 'recording' || recorder === 'stopping';
  useEffect(() => {
    if (!held) return;
    const release = holdPage(() => setAsked(true));
    return () => {
      release();
      setAsked(false);
    };
  }, [held]);
  return {
    asked: asked && recorder === 'recording',
    stay: () => setAsked(false),
    stop: () => {
      setAsked(false);
      session.stop();
    },
  };
}
