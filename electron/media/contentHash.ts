import { createHash } from 'node:crypto';
import { emptyIndex, readHead } from './fragmentIndex.ts';

/** A recording's head with its room for the index is never longer, bytes. */
const LARGEST_HEAD = 256 * 1024;

/**
 * SHA-256 of a source, by which its content is known. The index of a recording is written when all else is there, and
 * says nothing that the recording does not: the room for it counts as empty. So the hash of a recording is known the
 * moment it ends, however long it is, and a copy of it is known again. For every other file it is the plain hash.
 */
export class ContentHash {
  readonly #hash = createHash('sha256');
  /** Until the whole head is there; null from then on. */
  #head: Buffer[] | null = [];
  #headBytes = 0;

  /** Takes the next bytes of the file; they may change once this has returned. */
  update(bytes: Uint8Array): void {
    if (this.#head === null) {
      this.#hash.update(bytes);
      return;
    }
    const needed = LARGEST_HEAD - this.#headBytes;
    this.#head.push(Buffer.from(bytes.subarray(0, needed)));
    this.#headBytes += Math.min(needed, bytes.byteLength);
    if (this.#headBytes < LARGEST_HEAD) return;
    this.#takeHead();
    this.#hash.update(bytes.subarray(needed));
  }

  /** In lower-case hexadecimal. Nothing can be added afterwards. */
  digest(): string {
    this.#takeHead();
    return this.#hash.digest('hex');
  }

  #takeHead(): void {
    if (this.#head === null) return;
    const head = Buffer.concat(this.#head);
    this.#head = null;
    const indexAt = roomIn(head);
    if (indexAt !== null) head.set(emptyIndex(), indexAt);
    this.#hash.update(head);
  }
}

/** Where a recording has its room for the index; null in every other file. */
function roomIn(head: Buffer): number | null {
  try {
    return readHead(head)?.indexAt ?? null;
  } catch (error) {
    // What looks like a box ends where more should be: it is none.
    if (error instanceof RangeError) return null;
    throw error;
  }
}
