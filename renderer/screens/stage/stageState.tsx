import { createContext, useContext, useRef, useSyncExternalStore } from 'react';
import type { StageSession, StageState } from '../../capture/session.ts';

/** The session of the stage that is open. */
export const StageContext = createContext<StageSession | null>(null);

export function useSession(): StageSession {
  const session = useContext(StageContext);
  if (!session) throw new Error('This is drawn outside the stage.');
  return session;
}

/** Follows a part of what the stage knows. `part` must return the same object while nothing of it changed. */
export function useStage<P>(part: (state: StageState) => P): P {
  const session = useSession();
  return useSyncExternalStore(session.follow, () => part(session.get()));
}

/**
 * The same for parts that are made anew each time: draws again only when the part has another content. It should be
 * small plain data, since it is compared with every change of the stage.
 */
export function useStageContent<P>(part: (state: StageState) => P): P {
  const last = useRef<{ readonly content: string; readonly value: P } | null>(null);
  return useStage((state) => {
    const value = part(state);
    const content = JSON.stringify(value);
    if (last.current?.content === content) return last.current.value;
    last.current = { content, value };
    return value;
  });
}

/** What the stage is about at the moment. */
export type Phase = 'closed' | 'framing' | 'ready' | 'countdown' | 'starting' | 'recording' | 'stopping';

export function phaseOf({ camera, coach, recorder }: StageState): Phase {
  switch (recorder.kind) {
    case 'countdown':
    case 'starting':
    case 'recording':
    case 'stopping':
      return recorder.kind;
    // The next page is on its way.
    case 'done':
      return 'stopping';
    case 'idle':
    case 'failed':
      return camera.kind !== 'live' ? 'closed' : coach.ready ? 'ready' : 'framing';
  }
}

/**
 * Whole seconds of the take that is made; null before it begins. Once recorded they stay until the take is kept: the
 * recorder's own figures are gone by then. `before`: what this was told last.
 */
export function takeSeconds({ recorder }: StageState, before: number | null): number | null {
  switch (recorder.kind) {
    case 'recording':
      return Math.floor(recorder.seconds);
    case 'stopping':
    case 'done':
      return before;
    default:
      return null;
  }
}

/** From the countdown until the take is kept: the guides are gone, and nothing else can be chosen. */
export const isLive = (phase: Phase): boolean =>
  phase === 'countdown' || phase === 'starting' || phase === 'recording' || phase === 'stopping';
