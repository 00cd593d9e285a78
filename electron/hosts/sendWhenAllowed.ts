import { Cancelled } from '../../shared/errors.ts';
import type { UploadRequest } from './host.ts';

/**
 * Sends something when it may. When everything has to stand still meanwhile, it is given up, and sent again afterwards.
 * @param send has to end soon after its signal is aborted.
 * @throws what `mayGoOn` and `send` throw
 */
export async function sendWhenAllowed<T>(
  { mayGoOn, onHold }: Pick<UploadRequest, 'mayGoOn' | 'onHold'>,
  signal: AbortSignal,
  send: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  for (;;) {
    const attempt = new AbortController();
    const giveUp = () => attempt.abort(new Cancelled());
    let isHeld = false;
    const stopListening = onHold(() => {
      isHeld = true;
      giveUp();
    });
    signal.addEventListener('abort', giveUp, { once: true });
    if (signal.aborted) giveUp();
    try {
      await mayGoOn();
      return await send(attempt.signal);
    } catch (error) {
      if (!isHeld || signal.aborted) throw error;
    } finally {
      stopListening();
      signal.removeEventListener('abort', giveUp);
    }
  }
}
