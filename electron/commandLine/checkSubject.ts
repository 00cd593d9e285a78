import { stat } from 'node:fs/promises';
import { basename, extname, resolve } from 'node:path';
import { type TakeId, TakeIdSchema } from '../../shared/domain/ids.ts';
import type { Shot } from '../../shared/domain/report.ts';
import { runFirstCheck } from '../media/firstCheck.ts';
import type { MediaTools } from '../media/locate.ts';
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
    ? checkFile(session, subject, shot, tools)
    : checkedTake(session, takeId);
}

async function checkFile(
  session: Session,
  file: string,
  shot: Shot,
  tools: MediaTools,
): Promise<CheckedTake> {
  const { signal } = session;
  await (await session.quietTime()).pass(signal);
  const report = await runFirstCheck(file, { tools, shot, signal, now: new Date() });
  return {
    name: basename(file, extname(file)),
    source: resolve(file),
    fileName: basename(file),
    report,
    observations: null,
  };
}

async function checkedTake(session: Session, takeId: TakeId): Promise<CheckedTake> {
  const { context } = await session.engine();
  const { takes } = context.library;
  await takes.read(takeId);
  const report = (await takes.readReport(takeId)) ?? (await checkTake(context, takeId, session.signal));
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
