import { useState } from 'react';
import type { StageSettings } from '../../../shared/settings.ts';
import { bridge } from '../../app/bridge.ts';
import { noticeError } from '../../app/notices.ts';
import { useAnswer } from '../../app/queries.ts';
import { rememberStage } from '../../capture/stage/rememberStage.ts';

/** A key held down changes the text many times a second; the disk need not hear of each. */
const WRITE_AFTER_MS = 250;

let waiting: Partial<StageSettings> | null = null;

function write(change: Partial<StageSettings>): void {
  if (waiting === null) {
    setTimeout(() => {
      const changes = waiting;
      waiting = null;
      rememberStage(bridge(), (stage) => ({ ...stage, ...changes })).catch(noticeError);
    }, WRITE_AFTER_MS);
  }
  waiting = { ...waiting, ...change };
}

/** What the stage remembers, with what was just changed. Null until it has been read. */
export function useStageSettings(): {
  readonly settings: StageSettings | null;
  readonly save: (change: Partial<StageSettings>) => void;
} {
  const kept = useAnswer('getSettings', {}).data?.settings.stage;
  const [changed, setChanged] = useState<Partial<StageSettings>>({});
  return {
    settings: kept ? { ...kept, ...changed } : null,
    save: (change) => {
      setChanged((before) => ({ ...before, ...change }));
      write(change);
    },
  };
}
