/** The stage of a scenario: a session without devices, which stands still unless a test moves it. */
import type { StageSession, StageState } from '../../../renderer/capture/session.ts';
import { faceAt, frameWith, stageNamed } from './stages.ts';
import { takeId } from './takes.ts';

/** What a test does to the stage, and what the stage was asked for. */
export interface StageHandle {
  readonly asked: string[];
  /** The situation that is shown, and another one in its place. */
  situation(): string;
  show(name: string): void;
  change(part: Partial<StageState>): void;
  /** `moved` shares of the width to the picture's right. */
  moveFace(moved: number): void;
}

declare global {
  interface Window {
    readonly stage?: StageHandle;
  }
}

/** In place of the product's own session; `tests/window/site.ts` puts it there. */
export function openSession(): StageSession {
  const scenario = new URLSearchParams(window.location.search).get('scenario') ?? '';
  let situation = scenario.startsWith('stage-') ? scenario.slice('stage-'.length) : 'framing';
  let state: StageState = stageNamed(situation);
  const listeners = new Set<() => void>();
  const asked: string[] = [];
  const change = (part: Partial<StageState>) => {
    state = { ...state, ...part };
    for (const listener of listeners) listener();
  };
  Object.defineProperty(window, 'stage', {
    value: {
      asked,
      change,
      situation: () => situation,
      show(name) {
        situation = name;
        change(stageNamed(name));
      },
      moveFace: (moved) => change({ coach: { ...state.coach, frame: frameWith(faceAt(moved)) } }),
    } satisfies StageHandle,
    configurable: true,
  });
  const ask = (what: string, part: Partial<StageState> = {}) => {
    asked.push(what);
    change(part);
  };
  return {
    get: () => state,
    follow(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    open: async () => ask('open'),
    retry: async (which) => ask(`retry ${which}`),
    chooseShot: (shot) => ask(`shot ${shot}`, { shot }),
    chooseCamera: async (id) => ask(`camera ${id}`, { cameraId: id }),
    chooseMicrophone: async (id) => ask(`microphone ${id}`, { microphoneId: id }),
    record: () => ask('record', { recorder: { kind: 'countdown', left: 3 } }),
    cancelCountdown: () => ask('cancel', { recorder: { kind: 'idle' } }),
    stop: () => ask('stop', { recorder: { kind: 'done', takeId: takeId(1), end: 'stopped', why: null } }),
    reset: () => ask('reset', { recorder: { kind: 'idle' } }),
    close: async () => ask('close'),
  };
}
