import { type BrowserWindow, dialog, type OpenDialogOptions } from 'electron';
import { Cancelled } from '../../shared/errors.ts';

/**
 * The system's dialog for files and folders; answers with their paths.
 * @throws Cancelled also without a window to belong to: nothing can be chosen any more then.
 */
export async function openDialog(
  window: BrowserWindow | null,
  options: OpenDialogOptions,
): Promise<readonly string[]> {
  if (window === null) throw new Cancelled();
  const { canceled, filePaths } = await dialog.showOpenDialog(window, options);
  if (canceled) throw new Cancelled();
  return filePaths;
}
