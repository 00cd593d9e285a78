import { createReadStream } from 'node:fs';
import { throwIfCancelled } from '../../shared/errors.ts';
import { ContentHash } from '../media/contentHash.ts';

const CHUNK_BYTES = 4 * 1024 * 1024;

/**
 * Hash of a whole file's content (see `ContentHash`), and how many bytes were read.
 * @param onBytes called with the bytes read so far.
 * @param mayGoOn waited for before each chunk.
 * @throws Cancelled; system errors as they are
 */
export async function hashFile(
  file: string,
  signal: AbortSignal,
  onBytes: (done: number) => void = () => undefined,
  mayGoOn: () => Promise<void> = () => Promise.resolve(),
): Promise<{ sha256: string; bytesRead: number }> {
  const hash = new ContentHash();
  let done = 0;
  // Not given the signal: the stream would end with an error of its own instead of `Cancelled`.
  for await (const chunk of createReadStream(file, { highWaterMark: CHUNK_BYTES })) {
    throwIfCancelled(signal);
    await mayGoOn();
    hash.update(chunk as Buffer);
    done += (chunk as Buffer).length;
    onBytes(done);
  }
  return { sha256: hash.digest(), bytesRead: done };
}
