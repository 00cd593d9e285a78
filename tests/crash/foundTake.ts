/** Takes in the library after a crash, looked at from outside the program. */
import { execFile } from 'node:child_process';
import { copyFile, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { libraryPaths } from '../../electron/library/paths.ts';
import { completeFragments } from '../../electron/media/fragments.ts';
import { TakeSchema } from '../../shared/domain/take.ts';
import type { RecordingEnd } from '../../shared/recording/recording.ts';

const run = promisify(execFile);

/** A start, and the half minute after which a recording of another start is given up. */
const PATIENCE_MS = 60_000;
const LOOK_MS = 100;

export interface Found {
  readonly takeId: string;
  readonly end: RecordingEnd;
  /** Until the end of its last picture; all of it was decoded. */
  readonly seconds: number;
}

const pathsIn = (folder: string) => libraryPaths(join(folder, 'library'));

export async function knownTakes(folder: string): Promise<readonly string[]> {
  const entries = await readdir(pathsIn(folder).takes).catch(() => []);
  return entries.filter((name) => name.startsWith('tk_'));
}

/** Length of the recording that runs, as its file stands now, seconds; 0 without a whole fragment, or when it is over. */
export async function secondsOnDisk(folder: string): Promise<number> {
  const { recordings } = pathsIn(folder);
  const [id = ''] = await unfinished(folder);
  const copy = join(folder, 'copy.mp4');
  try {
    await copyFile(join(recordings, id, 'source.mp4'), copy);
  } catch {
    return 0;
  }
  return (await completeFragments(copy, () => Promise.resolve()))?.durationSeconds ?? 0;
}

const unfinished = async (folder: string): Promise<string[]> =>
  (await readdir(pathsIn(folder).recordings).catch(() => [])).filter((name) => name.startsWith('rc_'));

/**
 * Waits until nothing is left to recover, and plays the take that was not there before.
 * @returns null when there is none
 * @throws Error when a recording is never recovered, there is more than one take of it, or it cannot be decoded without a
 * complaint
 */
export async function findNewTake(
  folder: string,
  before: readonly string[],
  { ffmpeg, ffprobe }: { readonly ffmpeg: string; readonly ffprobe: string },
): Promise<Found | null> {
  const paths = pathsIn(folder);
  const deadline = performance.now() + PATIENCE_MS;
  for (let left = await unfinished(folder); left.length > 0; left = await unfinished(folder)) {
    if (performance.now() > deadline) throw new Error(`It is not recovered: ${left.join(', ')}.`);
    await pause(LOOK_MS);
  }
  // A recording's folder becomes the take's in one step.
  const added = (await knownTakes(folder)).filter((id) => !before.includes(id));
  const [takeId] = added;
  if (takeId === undefined) return null;
  if (added.length > 1) throw new Error(`There are ${added.length} takes of one recording.`);
  const take = TakeSchema.parse(JSON.parse(await readFile(paths.takeRecord(takeId), 'utf8')));
  if (take.recording === null) throw new Error('Nobody knows how it was recorded.');
  const file = join(paths.take(takeId), take.source.file);
  const { stderr } = await run(ffmpeg, ['-v', 'error', '-xerror', '-i', file, '-f', 'null', '-']);
  if (stderr !== '') throw new Error(`It is damaged: ${stderr}`);
  const times = ['-v', 'error', '-select_streams', 'v', '-show_entries', 'packet=pts_time', '-of', 'csv=p=0'];
  const { stdout } = await run(ffprobe, [...times, file]);
  // A machine that cannot keep up leaves frames out; their time passes all the same.
  const last = Math.max(...stdout.split('\n').map((line) => Number.parseFloat(line) || 0));
  const { end, setup } = take.recording;
  return { takeId, end, seconds: last + 1 / setup.video.frameRate };
}
