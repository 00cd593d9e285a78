import { NO_EDIT } from '../../shared/domain/edit.ts';
import type { Report } from '../../shared/domain/report.ts';
import { judgeTake } from '../../shared/quality/judgeTake.ts';
import type { Observations } from '../../shared/quality/observations.ts';
import { type MeasureTakeOptions, measureTake } from '../media/measure/measureTake.ts';

/**
 * Checks a file where it is, as a take of the library is checked; nothing of it is kept.
 * @param now stands in the report
 * @throws StudioError FILE_… when the file is no video or is damaged, FFMPEG_MISSING, FFMPEG_FAILED, FACES_FAILED;
 *   Cancelled
 */
export async function checkFile(
  file: string,
  { now, ...options }: MeasureTakeOptions & { readonly now: Date },
): Promise<{ observations: Observations; report: Report }> {
  const observations = await measureTake(file, options);
  options.onProgress?.(1);
  return {
    observations,
    report: judgeTake(observations, { shot: options.shot, origin: 'imported', edit: NO_EDIT, now }),
  };
}
