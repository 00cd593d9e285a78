import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { StudioError } from '../../shared/errors.ts';

/** First words last a few seconds; this is far more than any of them. */
const MOST_BYTES = 200 * 1024 * 1024;

/** What arrived is not an mp4, or is too large to be one of ours. */
export class NotAVideo extends Error {
  override readonly name = 'NotAVideo';
}

/** True when bytes begin like an mp4: the name of its first box is `ftyp` (ISO 14496-12). */
export function beginsLikeMp4(start: Buffer): boolean {
  return start.length >= 8 && start.toString('latin1', 4, 8) === 'ftyp';
}

/** A video being received: it stands under its own name only once it is whole and on the disk. */
export class VideoFile {
  readonly #handle: FileHandle;
  readonly #partial: string;
  readonly #saveTo: string;

  private constructor(handle: FileHandle, partial: string, saveTo: string) {
    this.#handle = handle;
    this.#partial = partial;
    this.#saveTo = saveTo;
  }

  /**
   * Opens a file beside the name it will get. Done before a paid request is sent, so that a folder that
   * cannot be written costs nothing.
   * @throws StudioError `DISK_FULL` or `FOLDER_UNREADABLE`
   */
  static async openBeside(saveTo: string): Promise<VideoFile> {
    const partial = `${saveTo}.${randomUUID()}.part`;
    try {
      await mkdir(dirname(saveTo), { recursive: true });
      return new VideoFile(await open(partial, 'wx'), partial, saveTo);
    } catch (error) {
      const full = (error as NodeJS.ErrnoException).code === 'ENOSPC';
      throw new StudioError(
        full ? 'DISK_FULL' : 'FOLDER_UNREADABLE',
        full ? {} : { folder: basename(dirname(saveTo)) },
        { cause: error },
      );
    }
  }

  /**
   * Receives the whole video, syncs and names it. May be called again after a failure.
   * @throws NotAVideo
   */
  async receive(chunks: AsyncIterable<Buffer>): Promise<void> {
    await this.#handle.truncate(0);
    let length = 0;
    let start = Buffer.alloc(0);
    for await (const chunk of chunks) {
      if (start.length < 8) start = Buffer.concat([start, chunk.subarray(0, 64)]);
      if (start.length >= 8 && !beginsLikeMp4(start)) throw new NotAVideo('not an mp4');
      if (length + chunk.length > MOST_BYTES) throw new NotAVideo('too large');
      for (let written = 0; written < chunk.length; ) {
        const { bytesWritten } = await this.#handle.write(
          chunk,
          written,
          chunk.length - written,
          length + written,
        );
        written += bytesWritten;
      }
      length += chunk.length;
    }
    if (!beginsLikeMp4(start)) throw new NotAVideo('too short');
    await this.#handle.sync();
    await this.#handle.close();
    await rename(this.#partial, this.#saveTo);
  }

  /** Removes what has not become a video; does nothing after success. */
  async discard(): Promise<void> {
    await this.#handle.close().catch(() => undefined);
    await rm(this.#partial, { force: true });
  }
}
