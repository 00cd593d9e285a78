import { stat } from 'node:fs/promises';
import { basename, extname, resolve } from 'node:path';
import { type TakeId, TakeIdSchema } from '../../shared/domain/ids.ts';
import type { Shot } from '../../shared/domain/report.ts';
import type { Turn } from '../../shared/domain/review.ts';
import type { Take } from '../../shared/domain/take.ts';
import type { Observations } from '../../shared/quality/observations.ts';
import type { MediaTools } from '../media/locate.ts';
import { Activities } from '../pipeline/activities.ts';
import { requireSource } from '../pipeline/prepareStage.ts';
import { checkFile } from '../studio/checkFile.ts';
import { checkTake } from '../studio/checkTake.ts';
import { reportOf, suits } from '../studio/keepReport.ts';
import { syncOf } from '../studio/syncOf.ts';
import type { CheckedTake } from './checkPage.ts';
import type { Session } from './session.ts';

/**
 * Checks a file where it is, or gives what is known of a take of the library; one that has no report is checked first.
 * Judged for another shot than its own, a take of the library stays as it is.
 * @throws StudioError FILE_*, FFMPEG_*, TAKE_NOT_FOUND, SOURCE_*, LIBRARY_*; Cancelled
 */
export async function checkSubject(
  session: Session,
  subject: string,
  shot: Shot | null,
  tools: MediaTools,
): Promise<CheckedTake> {
  const takeId = await takeIdIn(subject);
  return takeId === null
    ? checkOutside(session, subject, shot ?? session.settings.get().shot, tools)
    : checkedTake(session, takeId, shot, tools);
}

/** The take that is meant, or null where a file is: also one whose name looks like a take's id. */
export async function takeIdIn(subject: string): Promise<TakeId | null> {
  const takeId = TakeIdSchema.safeParse(subject).data ?? null;
  const isThere = takeId !== null && (await stat(subject).catch(() => null)) !== null;
  return isThere ? null : takeId;
}

async function checkOutside(
  session: Session,
  file: string,
  shot: Shot,
  tools: MediaTools,
): Promise<CheckedTake> {
  const name = basename(file, extname(file));
  const checked = await measured(session, file, name, { shot, turn: 0 }, tools);
  return { name, source: resolve(file), fileName: basename(file), ...checked };
}

async function measured(
  session: Session,
  file: string,
  label: string,
  { shot, turn }: { readonly shot: Shot; readonly turn: Turn },
  tools: MediaTools,
) {
  const { output, signal } = session;
  const quiet = await session.quietTime();
  const activities = new Activities((list) => output.activities(list));
  return activities.run({ kind: 'check', label }, signal, (activity) =>
    checkFile(file, {
      tools,
      shot,
      turn,
      now: new Date(),
      signal: activity.signal,
      onProgress: activity.progress,
      mayGoOn: () => quiet.pass(activity.signal),
    }),
  );
}

async function checkedTake(
  session: Session,
  takeId: TakeId,
  shot: Shot | null,
  tools: MediaTools,
): Promise<CheckedTake> {
  const { context } = await session.engine();
  const { takes } = context.library;
  const known = (await takes.read(takeId)).check.kind === 'checked' ? await takes.readReport(takeId) : null;
  const report = known ?? (await checkTake(context, takeId, { signal: session.signal }));
  const take = await takes.read(takeId);
  const source = takes.sourceFile(take);
  const isThere = (await stat(source).catch(() => null)) !== null;
  const observations = await takes.readObservations(takeId);
  return {
    name: take.name,
    source: isThere ? source : null,
    fileName: take.source.originalName,
    ...(shot === null || shot === report.shot
      ? { report, observations }
      : await judgedFor(session, { ...take, shot }, observations, tools)),
  };
}

/** By what was measured before, unless more has to be looked for: then it is measured, and nothing of that is kept. */
async function judgedFor(
  session: Session,
  take: Take,
  kept: Observations | null,
  tools: MediaTools,
): Promise<Pick<CheckedTake, 'report' | 'observations'>> {
  const { context } = await session.engine();
  let observations = kept;
  if (observations === null || !suits(observations, take)) {
    const source = await requireSource(context, take);
    const chosen = { shot: take.shot, turn: take.review.mends.turn };
    const seen = (await measured(session, source, take.name, chosen, tools)).observations;
    observations = { ...seen, sync: syncOf(take, seen.media) };
  }
  return { report: reportOf(take, observations, context.now()), observations };
}
