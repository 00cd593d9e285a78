import { BEST_TO_SECONDS, ROOM_FACTOR, STOP_ROOM_BYTES } from '../../../shared/recording/recording.ts';
import type { StageState } from '../../capture/session.ts';

/**
 * For how many seconds a take that is recorded can go on. It counts with the rate that was planned before it began, so
 * that the figure does not jump, unless more than that is written. Null while nothing is known.
 */
export function secondsLeft({
  recorder,
  neededBytes,
  secondsOfRoom,
}: Pick<StageState, 'recorder' | 'neededBytes' | 'secondsOfRoom'>): number | null {
  if (recorder.kind !== 'recording' || recorder.bytesWritten === 0) return secondsOfRoom;
  // What must be free before a take is a multiple of what its best length needs.
  const planned = (neededBytes ?? 0) / (ROOM_FACTOR * BEST_TO_SECONDS);
  const written = recorder.bytesWritten / Math.max(1, recorder.seconds - recorder.secondsUnsaved);
  return Math.max(0, recorder.freeBytes - STOP_ROOM_BYTES) / Math.max(written, planned);
}
