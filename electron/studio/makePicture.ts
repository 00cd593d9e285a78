import { stat } from 'node:fs/promises';
import type { TakeId } from '../../shared/domain/ids.ts';
import type { MediaInfo } from '../../shared/domain/media.ts';
import { Cancelled, StudioError } from '../../shared/errors.ts';
import { makePoster } from '../media/preview.ts';
import type { WorkContext } from '../pipeline/context.ts';
import { failureFacts } from '../pipeline/takeLog.ts';

/**
 * Makes a take's picture for the list, where it has none yet. One that cannot be made is noted and no failure: a take
 * without a picture is still a take.
 * @throws Cancelled
 */
export async function makePicture(
  { library, tools, log }: WorkContext,
  takeId: TakeId,
  source: string,
  media: MediaInfo,
  signal: AbortSignal,
): Promise<void> {
  const file = library.paths.poster(takeId);
  if ((await stat(file).catch(() => null)) !== null) return;
  try {
    await makePoster(source, media, file, { tools: await tools(), signal });
  } catch (error) {
    if (error instanceof Cancelled) throw error;
    // Also where another process tidies the take's folder meanwhile: its check makes the picture then.
    const facts = error instanceof StudioError ? failureFacts(error) : { error: String(error) };
    await log.write(takeId, { what: 'poster failed', ...facts });
  }
  await library.takes.noteChange(takeId);
}
