/** What is cut off a recording's file although some of it could still be played. */
import { open } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { syncFolder } from './atomicFile.ts';

const PIECE_BYTES = 1024 * 1024;
/** More than the longest take has, bytes: ten minutes at the recorder's rate are 760 million. */
const LARGEST_REST_BYTES = 1024 * 1024 * 1024;

/** Where the rest of a recording's file lies: `source.rest` beside `source.mp4`. It plays behind the file's head. */
export const restOf = (file: string): string => join(dirname(file), `${basename(file, extname(file))}.rest`);

/**
 * Copies a part of a file to `restOf(file)`, at most `LARGEST_REST_BYTES` of it. It is on the disk when this answers;
 * interrupted, it is done again.
 * @param mayGoOn waited for before each piece
 * @throws system errors as they are, and what `mayGoOn` throws
 */
export async function keepRest(
  file: string,
  from: number,
  to: number,
  mayGoOn: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const source = await open(file, 'r');
  try {
    const rest = await open(restOf(file), 'w');
    try {
      const end = Math.min(to, from + LARGEST_REST_BYTES);
      const buffer = Buffer.allocUnsafe(PIECE_BYTES);
      for (let at = from; at < end; ) {
        await mayGoOn();
        const { bytesRead } = await source.read(buffer, 0, Math.min(PIECE_BYTES, end - at), at);
        if (bytesRead === 0) break;
        await rest.writeFile(buffer.subarray(0, bytesRead));
        at += bytesRead;
      }
      await rest.sync();
    } finally {
      await rest.close();
    }
  } finally {
    await source.close();
  }
  await syncFolder(dirname(file));
}
