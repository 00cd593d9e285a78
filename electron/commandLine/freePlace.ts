import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { StudioError } from '../../shared/errors.ts';
import { requireWritable } from '../media/beside.ts';

/**
 * Finds out whether a file of this name can be written, before any work is done for it. Nothing that exists is
 * overwritten.
 * @throws StudioError FOLDER_UNREADABLE, DISK_FULL, FILE_EXISTS
 */
export async function requireFreePlace(target: string): Promise<void> {
  await requireWritable(dirname(target));
  const present = await stat(target).catch(() => null);
  if (present !== null) throw new StudioError('FILE_EXISTS', { file: basename(target) });
}
