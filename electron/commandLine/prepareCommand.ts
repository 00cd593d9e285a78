import { stat } from 'node:fs/promises';
import { basename, dirname, extname, resolve } from 'node:path';
import { EXIT, StudioError } from '../../shared/errors.ts';
import { cliWords } from '../../shared/words/cli.ts';
import { locateTools } from '../media/locate.ts';
import { prepareMaster } from '../media/prepare.ts';
import { probe } from '../media/probe.ts';
import { planMaster, recipeOf } from '../media/recipe.ts';
import { Activities } from '../pipeline/activities.ts';
import type { CommandEnd, Session } from './session.ts';

/** Makes a master from a file, beside the library. Nothing that exists is overwritten. */
export async function prepareCommand(session: Session, file: string, out: string): Promise<CommandEnd> {
  const { output, signal } = session;
  if (extname(out).toLowerCase() !== '.mp4')
    throw new StudioError('USAGE', { reason: cliWords.usage.notMp4(out) });
  const target = resolve(out);
  await requireFree(target);
  const tools = await locateTools();
  const source = resolve(file);
  const quiet = await session.quietTime();
  await quiet.pass(signal);
  const media = await probe(source, { tools, signal });
  const plan = planMaster(media);
  const activities = new Activities((list) => output.activities(list));
  const master = await activities.run({ kind: 'prepare', label: basename(file) }, signal, (activity) =>
    prepareMaster(source, media, plan, target, {
      tools,
      signal: activity.signal,
      onProgress: activity.progress,
    }),
  );
  const videoCopied = plan.video.action === 'copy';
  const audioCopied = plan.audio.action === 'copy';
  output.print(cliWords.prepared(target, plan.video.action, plan.audio.action));
  return {
    exit: EXIT.OK,
    fields: {
      status: 'prepared',
      file,
      master: target,
      recipe: recipeOf(plan),
      videoCopied,
      audioCopied,
      sizeBytes: master.sizeBytes,
      sha256: master.sha256,
      media: master.media,
    },
  };
}

async function requireFree(target: string): Promise<void> {
  const folder = await stat(dirname(target)).catch(() => null);
  if (!folder?.isDirectory()) throw new StudioError('FOLDER_UNREADABLE', { folder: dirname(target) });
  const present = await stat(target).catch(() => null);
  if (present !== null) throw new StudioError('FILE_EXISTS', { file: basename(target) });
}
