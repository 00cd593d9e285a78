import { STOP_ROOM_BYTES } from '../../../shared/recording/recording.ts';
import type { RecorderState } from '../../capture/session.ts';

/** What a second of a take needs is told from the take itself once so many of them are on the disk. */
const TELLING_SECONDS = 5;

/** For how many seconds the take can go on, at the rate at which it has been written; null while that says little. */
export function secondsLeft({
  seconds,
  secondsUnsaved,
  bytesWritten,
  freeBytes,
}: Extract<RecorderState, { kind: 'recording' }>): number | null {
  const saved = seconds - secondsUnsaved;
  if (saved < TELLING_SECONDS || bytesWritten === 0) return null;
  return Math.max(0, freeBytes - STOP_ROOM_BYTES) / (bytesWritten / saved);
}
