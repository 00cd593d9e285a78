import type { StageState } from '../../capture/session.ts';

export type Obstacle = 'noCamera' | 'noMicrophone' | 'noRoom';

/**
 * What must be there before a recording can begin; null when nothing is missing. The coach is not asked: not being
 * ready never stops anybody.
 */
export function whyNot({ camera, microphone, freeBytes, neededBytes }: StageState): Obstacle | null {
  if (camera.kind !== 'live') return 'noCamera';
  if (microphone.kind !== 'live') return 'noMicrophone';
  if (freeBytes !== null && neededBytes !== null && freeBytes < neededBytes) return 'noRoom';
  return null;
}

/** Whether pressing the button does anything. With too little room it asks the disk again: some may have been freed. */
export function canTry(state: StageState): boolean {
  const obstacle = whyNot(state);
  return obstacle === null || obstacle === 'noRoom';
}
