import type { MediaInfo } from '../../shared/domain/media.ts';
import type { Take } from '../../shared/domain/take.ts';
import type { Observations } from '../../shared/quality/observations.ts';

/**
 * How sound and picture lie to each other in a recording of our own: at the beginning as the file has them, and what the
 * recorder could not make good by the end. Null of imports, and where the recorder does not say.
 */
export function syncOf({ recording }: Take, { video, audio }: MediaInfo): Observations['sync'] {
  const driftMs = recording?.counts?.soundOffsetMs ?? null;
  if (driftMs === null || video === null || audio === null) return null;
  return { offsetMs: ((audio.startSeconds ?? 0) - (video.startSeconds ?? 0)) * 1000, driftMs };
}
