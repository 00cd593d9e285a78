import type { StageState } from '../../capture/session.ts';
import { ROOM_NEEDED_BYTES } from './roomToRecord.ts';

export type Obstacle = 'noCamera' | 'noMicrophone' | 'noRoom';

/**
 * What must be there before a recording can begin; null when nothing is missing. The coach is not asked: not being
 * ready never stops anybody.
 */
export function whyNot({ camera, microphone, freeBytes }: StageState): Obstacle | null {
  if (camera.kind !== 'live') return 'noCamera';
  if (microphone.kind !== 'live') return 'noMicrophone';
  if (freeBytes !== null && freeBytes < ROOM_NEEDED_BYTES) return 'noRoom';
  return null;
}
