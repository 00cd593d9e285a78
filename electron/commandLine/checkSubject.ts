import { stat } from 'node:fs/promises';
import { basename, extname, resolve } from 'node:path';
import { type TakeId, TakeIdSchema } from '../../shared/domain/ids.ts';
import type { Shot } from '../../shared/domain/report.ts';
import type { MediaTools } from '../media/locate.ts';
import { Activities } from '../pipeline/activities.ts';
import { checkFile } from '../studio/checkFile.ts';
import { checkTake } from '../studio/checkTake.ts';
import type { CheckedTake } from './checkPage.ts';
import type { Session } from './session.ts';

/**
 * Checks a file where it is, or gives what is known of a take of the library; one that has no report is checked first.
 * What looks like a take's id and is a file as well is taken for the file.
 * @throws StudioError FILE_*, FFMPEG_*, TAKE_NOT_FOUND, SOURCE_*, LIBRARY_*; Cancelled
 */
export async function checkSubject(
  session: Session,
  subject: string,
  shot: Shot,
  tools: MediaTools,
): Promise<CheckedTake> {
  const takeId = TakeIdSchema.safeParse(subject).data;
  const isThere = takeId !== undefined && (await stat(subject).catch(() => null)) !== null;
  return takeId === undefined || isThere
    ? checkOutside(session, subject, shot, tools)
    : checkedTake(session, takeId);
}

async function checkOutside(
  session: Session,
  file: string,
  shot: Shot,
  tools: MediaTools,
): Promise<CheckedTake> {
  const { output, signal } = session;
  const quiet = await session.quietTime();
  const name = basename(file, extname(file));
  const activities = new Activities((list) => output.activities(list));
  const checked = await activities.run({ kind: 'check', label: name }, signal, (activity) =>
    checkFile(file, {
      tools,
      shot,
      now: new Date(),
      signal: activity.signal,
      onProgress: activity.progress,
      mayGoOn: () => quiet.pass(activity.signal),
    }),
  );
  return { name, source: resolve(file), fileName: basename(file), ...checked };
}

async function checkedTake(session: Session, takeId: TakeId): Promise<CheckedTake> {
  const { context } = await session.engine();
  const { takes } = context.library;
  const known = (await takes.read(takeId)).check.kind === 'checked' ? await takes.readReport(takeId) : null;
  const report = known ?? (await checkTake(context, takeId, { signal: session.signal }));
  const take = await takes.read(takeId);
  const source = takes.sourceFile(take);
  const isThere = (await stat(source).catch(() => null)) !== null;
  return {
    name: take.name,
    source: isThere ? source : null,
    fileName: take.source.originalName,
    report,
    observations: await takes.readObservations(takeId),
  };
}
