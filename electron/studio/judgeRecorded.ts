/** The first report of a take that was recorded here: at once, from what the stage measured. */
import { readFile } from 'node:fs/promises';
import type { TakeId } from '../../shared/domain/ids.ts';
import { StudioError } from '../../shared/errors.ts';
import { stageObservations } from '../../shared/quality/stageObservations.ts';
import { type StageSample, StageSampleSchema } from '../../shared/recording/port.ts';
import { systemCode } from '../library/fileErrors.ts';
import { frameTimesOf } from '../media/measure/frameTimes.ts';
import { probeWithFrames } from '../media/probe.ts';
import type { WorkContext } from '../pipeline/context.ts';
import { requireSource } from '../pipeline/prepareStage.ts';
import { keepReport } from './keepReport.ts';
import { makePicture } from './makePicture.ts';
import { syncOf } from './syncOf.ts';

/**
 * Writes a provisional report, which the check replaces, and then makes the take's picture. Leaves a take alone that has
 * been measured, and one that was not recorded here. The check's own state stays what it is: nothing is ordered on a
 * provisional report.
 * @throws StudioError TAKE_NOT_FOUND, SOURCE_*, FILE_*, FFMPEG_MISSING, DISK_FULL; Cancelled
 */
export async function judgeRecorded(
  context: WorkContext,
  takeId: TakeId,
  signal: AbortSignal,
): Promise<void> {
  const { takes, paths } = context.library;
  const samples = await readSamples(paths.stageSamples(takeId));
  if (samples.length === 0 || (await takes.readObservations(takeId)) !== null) return;
  const take = await takes.read(takeId);
  const source = await requireSource(context, take);
  const { media, times } = await probeWithFrames(source, { tools: await context.tools(), signal });
  const observations = stageObservations(samples, {
    media,
    frameTimes: frameTimesOf(times.all, times.keys),
    sync: syncOf(take, media),
    countsFrames: take.recording?.setup.recorder === 'webcodecs',
  });
  // Reading it took a while: a check that has ended by now knows more.
  if ((await takes.readObservations(takeId)) !== null) return;
  await takes.writeObservations(takeId, observations);
  await keepReport(context, takeId, observations, (check) => check);
  await context.log.write(takeId, { what: 'judged by the stage', samples: samples.length });
  await makePicture(context, takeId, source, media, signal);
}

/** The lines that can be read: the last one may have been cut off with the program. */
async function readSamples(file: string): Promise<StageSample[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return '';
    throw new StudioError('LIBRARY_UNREADABLE', { folder: file }, { cause: error });
  });
  return text.split('\n').flatMap((line) => {
    try {
      return StageSampleSchema.safeParse(JSON.parse(line)).data ?? [];
    } catch {
      return [];
    }
  });
}
