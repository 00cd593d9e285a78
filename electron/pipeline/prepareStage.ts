import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Edit } from '../../shared/domain/edit.ts';
import { Sha256Schema } from '../../shared/domain/ids.ts';
import { MediaInfoSchema } from '../../shared/domain/media.ts';
import type { Take } from '../../shared/domain/take.ts';
import { StudioError } from '../../shared/errors.ts';
import { writeFileAtomic } from '../library/atomicFile.ts';
import { fileError, systemCode } from '../library/fileErrors.ts';
import { hashFile } from '../library/hashFile.ts';
import { removeLeftovers } from '../media/beside.ts';
import { prepareMaster } from '../media/prepare.ts';
import { probe } from '../media/probe.ts';
import { planMaster, recipeOf } from '../media/recipe.ts';
import type { RunningActivity } from './activities.ts';
import type { WorkContext } from './context.ts';
import { inLane } from './laneWork.ts';

/** What is known of a master; kept beside it as `<recipe>.json`. */
const MasterSchema = z.object({
  recipe: z.string(),
  sizeBytes: z.number().int().positive(),
  sha256: Sha256Schema,
  videoCopied: z.boolean(),
  audioCopied: z.boolean(),
  media: MediaInfoSchema,
});
export type MasterRecord = z.infer<typeof MasterSchema>;

/** A finished master and where it lies. */
export interface Master extends MasterRecord {
  readonly file: string;
}

const recordFile = (folder: string, recipe: string) => join(folder, `${recipe}.json`);
const masterFile = (folder: string, recipe: string) => join(folder, `${recipe}.mp4`);

/** The take's master of this recipe, or null when it has none that is whole. */
export async function findMaster(
  context: WorkContext,
  takeId: string,
  recipe: string,
): Promise<Master | null> {
  const folder = context.library.paths.masters(takeId);
  const text = await readFile(recordFile(folder, recipe), 'utf8').catch(() => '');
  if (text === '') return null;
  try {
    const record = MasterSchema.parse(JSON.parse(text));
    const file = masterFile(folder, recipe);
    const { size } = await stat(file);
    return size === record.sizeBytes ? { ...record, file } : null;
  } catch {
    // Unreadable or missing: it is made again from the source.
    return null;
  }
}

/**
 * The source of a take, looked at before it is used: a referenced one may have gone or been changed.
 * @throws StudioError SOURCE_MISSING, SOURCE_CHANGED
 */
export async function requireSource(context: WorkContext, take: Take): Promise<string> {
  const file = context.library.takes.sourceFile(take);
  const found = await stat(file).catch(() => null);
  if (found === null) throw new StudioError('SOURCE_MISSING', { file: take.source.originalName });
  if (found.size !== take.source.sizeBytes)
    throw new StudioError('SOURCE_CHANGED', { file: take.source.originalName });
  return file;
}

/**
 * Makes the take's master, or takes the one that is there. Masters are immutable and named by the recipe
 * that was ordered, also where the picture could not be copied as that says.
 * @param edit the order's, not the take's: somebody may have trimmed it otherwise since
 */
export async function prepareStage(
  context: WorkContext,
  take: Take,
  edit: Edit,
  activity: RunningActivity,
): Promise<Master> {
  const tools = await context.tools();
  const source = await requireSource(context, take);
  const info = take.media ?? (await probe(source, { tools, signal: activity.signal }));
  const plan = planMaster(info, edit);
  const recipe = recipeOf(plan);
  const known = () => findMaster(context, take.id, recipe);
  const folder = context.library.paths.masters(take.id);

  const make = async (): Promise<Master> => {
    await makeMastersFolder(folder);
    await removeLeftovers(folder);
    // A referenced source can be changed without changing its length; the order is for what was checked.
    if (take.source.storage === 'referenced') await requireUnchanged(context, source, take, activity.signal);
    const prepared = await prepareMaster(source, info, plan, masterFile(folder, recipe), {
      tools,
      signal: activity.signal,
      onProgress: activity.progress,
    });
    const record = MasterSchema.parse({
      recipe,
      sizeBytes: prepared.sizeBytes,
      sha256: prepared.sha256,
      videoCopied: prepared.plan.video.action === 'copy',
      audioCopied: prepared.plan.audio.action === 'copy',
      media: prepared.media,
    });
    await writeFileAtomic(recordFile(folder, recipe), `${JSON.stringify(record, null, 2)}\n`);
    await context.log.write(take.id, { what: 'prepared', recipe, sizeBytes: record.sizeBytes });
    return { ...record, file: prepared.file };
  };

  try {
    const leases = context.library.paths.takeLeases(take.id);
    return await inLane(context.lanes.media, leases, 'masters', activity.signal, make, known);
  } catch (error) {
    throw fileError(error, folder, 'LIBRARY_UNREADABLE');
  }
}

/** Makes the folder of the masters, but never the take's own: that may just have gone to the bin. */
async function makeMastersFolder(folder: string): Promise<void> {
  await mkdir(folder).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') throw new StudioError('TAKE_NOT_FOUND');
    if (systemCode(error) !== 'EEXIST') throw error;
  });
}

async function requireUnchanged(
  context: WorkContext,
  file: string,
  take: Take,
  signal: AbortSignal,
): Promise<void> {
  const mayGoOn = () => context.quiet.pass(signal);
  const { sha256 } = await hashFile(file, signal, () => undefined, mayGoOn);
  if (sha256 !== take.source.sha256) {
    throw new StudioError('SOURCE_CHANGED', { file: take.source.originalName });
  }
}
