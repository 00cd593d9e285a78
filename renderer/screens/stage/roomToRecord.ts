import { bytesASecond, STOP_ROOM_BYTES } from '../../../shared/recording/recording.ts';
import type { StageState } from '../../capture/session.ts';

/**
 * For how many seconds there is room on the disk. While a take is recorded it goes on counting with the rate that was
 * planned, so that the figure does not jump, unless more than that is written. Null while nothing is known.
 */
export function secondsOfRoom({
  recorder,
  freeBytes,
  neededBytes,
}: Pick<StageState, 'recorder' | 'freeBytes' | 'neededBytes'>): number | null {
  if (freeBytes === null || neededBytes === null) return null;
  const written =
    recorder.kind === 'recording'
      ? recorder.bytesWritten / Math.max(1, recorder.seconds - recorder.secondsUnsaved)
      : 0;
  return Math.max(0, freeBytes - STOP_ROOM_BYTES) / Math.max(written, bytesASecond(neededBytes));
}
