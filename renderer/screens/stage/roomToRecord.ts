import {
  AUDIO_BIT_RATE,
  BEST_TO_SECONDS,
  ROOM_FACTOR,
  STOP_ROOM_BYTES,
  VIDEO_BIT_RATE,
} from '../../../shared/recording/recording.ts';

const BYTES_PER_SECOND = (VIDEO_BIT_RATE + AUDIO_BIT_RATE) / 8;

/** Room that must be free before a recording begins, bytes; the main process asks for the same. */
export const ROOM_NEEDED_BYTES = ROOM_FACTOR * BEST_TO_SECONDS * BYTES_PER_SECOND;

/** For how many seconds a take can go on with so much room. */
export const secondsOfRoom = (freeBytes: number): number =>
  Math.max(0, freeBytes - STOP_ROOM_BYTES) / BYTES_PER_SECOND;
