/** Takes in the library after a crash, looked at from outside the program. */
import { execFile } from 'node:child_process';
import { copyFile, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { libraryPaths } from '../../electron/library/paths.ts';
import { completeFragments } from '../../electron/media/fragments.ts';
import { TakeSchema } from '../../shared/domain/take.ts';

const run = promisify(execFile);

/** A start, and the half minute after which a recording of another start is given up. */
const PATIENCE_MS = 60_000;
const LOOK_MS = 100;

export interface Found {
  readonly takeId: string;
  /** Until the end of its last picture; all of it was decoded. */
  readonly seconds: number;
}

const pathsIn = (folder: string) => libraryPaths(join(folder, 'library'));

export async function knownTakes(folder: string): Promise<readonly string[]> {
  const entries = await readdir(pathsIn(folder).takes).catch(() => []);
  return entries.filter((name) => name.startsWith('tk_'));
}

/** Whole seconds of the recording that runs, as its file stands now. */
export async function secondsOnDisk(folder: string): Promise<number> {
  const { recordings } = pathsIn(folder);
  const [id = ''] = (await readdir(recordings)).filter((name) => name.startsWith('rc_'));
  const copy = join(folder, 'copy.mp4');
  await copyFile(join(recordings, id, 'source.mp4'), copy);
  return Math.floor((await completeFragments(copy, () => Promise.resolve()))?.durationSeconds ?? 0);
}

/**
 * Waits for the take that was not there before, and plays it.
 * @throws Error when there is none, more than one, or it cannot be decoded without a complaint
 */
export async function findNewTake(
  folder: string,
  before: readonly string[],
  { ffmpeg, ffprobe }: { readonly ffmpeg: string; readonly ffprobe: string },
): Promise<Found> {
  const paths = pathsIn(folder);
  const deadline = performance.now() + PATIENCE_MS;
  let added: string[] = [];
  while (added.length === 0) {
    if (performance.now() > deadline) {
      const left = await readdir(paths.recordings).catch(() => []);
      throw new Error(`There is no take. Recordings: ${left.join(', ') || 'none'}.`);
    }
    await pause(LOOK_MS);
    added = (await knownTakes(folder)).filter((id) => !before.includes(id));
  }
  const [takeId = ''] = added;
  if (added.length > 1) throw new Error(`There are ${added.length} takes of one recording.`);
  const take = TakeSchema.parse(JSON.parse(await readFile(paths.takeRecord(takeId), 'utf8')));
  if (take.recording?.end !== 'interrupted') throw new Error(`It ended as ${take.recording?.end}.`);
  const file = join(paths.take(takeId), take.source.file);
  const { stderr } = await run(ffmpeg, ['-v', 'error', '-xerror', '-i', file, '-f', 'null', '-']);
  if (stderr !== '') throw new Error(`It is damaged: ${stderr}`);
  const times = ['-v', 'error', '-select_streams', 'v', '-show_entries', 'packet=pts_time', '-of', 'csv=p=0'];
  const { stdout } = await run(ffprobe, [...times, file]);
  // A machine that cannot keep up leaves frames out; their time passes all the same.
  const last = Math.max(...stdout.split('\n').map((line) => Number.parseFloat(line) || 0));
  return { takeId, seconds: last + 1 / take.recording.setup.video.frameRate };
}
