import { type FileHandle, open, readFile, truncate } from 'node:fs/promises';
import { systemCode } from './fileErrors.ts';

/**
 * A file that only grows. What `append` has written is on the disk, not only in memory, when it answers; what could not
 * be written whole is cut off again, so that the file always ends where the last answer said.
 */
export class AppendedFile {
  readonly #handle: FileHandle;
  #size = 0;

  private constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  /** Makes the file, which must not exist. @throws system errors as they are */
  static async create(file: string): Promise<AppendedFile> {
    return new AppendedFile(await open(file, 'wx+'));
  }

  /** Bytes that were appended. */
  get size(): number {
    return this.#size;
  }

  /**
   * Not to be called while a call is out.
   * @param sync `later`: may still be in memory when it answers, and is on the disk after `close`.
   * @throws system errors as they are; the file is then as it was before
   */
  async append(bytes: Uint8Array, sync: 'now' | 'later' = 'now'): Promise<void> {
    try {
      // The system may take less than it is given, e.g. when the disk fills up.
      for (let done = 0; done < bytes.byteLength; ) {
        const { bytesWritten } = await this.#handle.write(
          bytes,
          done,
          bytes.byteLength - done,
          this.#size + done,
        );
        done += bytesWritten;
      }
      if (sync === 'now') await this.#handle.datasync();
    } catch (error) {
      // A disk that is gone cannot be cut either; whoever finds the file cuts it then.
      await this.#handle.truncate(this.#size).catch(() => undefined);
      throw error;
    }
    this.#size += bytes.byteLength;
  }

  /** Takes back what the last `append` added. @throws system errors as they are */
  async takeBack(bytes: number): Promise<void> {
    this.#size -= bytes;
    await this.#handle.truncate(this.#size);
  }

  /** Syncs what `append` does not: the file's length and times. */
  async close(): Promise<void> {
    try {
      await this.#handle.sync();
    } finally {
      await this.#handle.close();
    }
  }
}

/** Cuts off a line that was not written to its end. A file that is not there has none. */
export async function cutLastLine(file: string): Promise<void> {
  try {
    const text = await readFile(file);
    const end = text.lastIndexOf(0x0a) + 1;
    if (end < text.length) await truncate(file, end);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
  }
}
