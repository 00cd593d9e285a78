import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { locateTools } from '../../../electron/media/locate.ts';
import { checkTake } from '../../../electron/studio/checkTake.ts';
import { openEngine } from '../../../electron/studio/engine.ts';
import { importFootage } from '../../../electron/studio/importFootage.ts';
import type { TakeId } from '../../../shared/domain/ids.ts';
import { composeTake } from '../../footage/tools.ts';
import { engineOptions } from './engineOptions.ts';

/** Folders of one test: a library, settings, and room for files; removed by `remove`. */
export interface StudioFolders {
  readonly root: string;
  readonly library: string;
  /** Keeps the test's runs away from the settings of whoever runs it, and makes practice quick. */
  readonly environment: Readonly<Record<string, string>>;
  remove(): Promise<void>;
}

export async function makeFolders(): Promise<StudioFolders> {
  const root = await mkdtemp(join(tmpdir(), 'twin-studio-test-'));
  const library = join(root, 'library');
  return {
    root,
    library,
    environment: {
      TWIN_STUDIO_USER_DATA: join(root, 'settings'),
      TWIN_STUDIO_LIBRARY: library,
      TWIN_STUDIO_PRACTICE_TRAINING_SECONDS: '0.2',
      TWIN_STUDIO_WATCH_FIRST_CHECK_SECONDS: '0.3',
    },
    remove: () => rm(root, { recursive: true, force: true }),
  };
}

/**
 * A library in which a file is a checked take already: checking it anew for every order would only take time.
 * @returns its folders, to be removed, and how to put a copy of the library where a test has its own
 */
export async function checkedLibrary(file: string): Promise<{
  readonly takeId: TakeId;
  copyTo(folders: StudioFolders): Promise<void>;
  remove(): Promise<void>;
}> {
  const made = await makeFolders();
  const engine = await openEngine(engineOptions(made.library, join(made.root, 'settings')));
  const { takeId } = await importFootage(engine.context, file, { shot: 'head-and-shoulders' });
  await checkTake(engine.context, takeId);
  await engine.close();
  return {
    takeId,
    copyTo: ({ library }) => cp(made.library, library, { recursive: true }),
    remove: made.remove,
  };
}

/** A good take of a real face, long enough to be trained: 720p30 H.264 with AAC, which is checked sooner than 1080p. */
export async function goodTake(seconds = 16): Promise<string> {
  const { ffmpeg } = await locateTools();
  return composeTake({ seconds, width: 1280, height: 720 }, { ffmpeg });
}
