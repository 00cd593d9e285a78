import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Cancelled, StudioError } from '../../shared/errors.ts';
import { isLoopbackUrl, type Resolve } from '../network/publicAddress.ts';
import type { Host, HostTest, Reach, UploadCheckpoint, UploadRequest } from './host.ts';
import { joinPublicUrl, makeObjectKey, OBJECT_KEY_PREFIX } from './objectKey.ts';
import { type RetryPlan, S3Bucket } from './s3Bucket.ts';
import { parseS3Config, type S3Config } from './s3Config.ts';
import { uploadInParts } from './s3Multipart.ts';
import { sendWhenAllowed } from './sendWhenAllowed.ts';
import { makeTestVideo } from './testVideo.ts';
import { verifyPublicUrl } from './verifyPublicUrl.ts';

/** Files up to this size go in one request. */
const SINGLE_REQUEST_BYTES = 8 * 1024 * 1024;
const HOUR_MS = 3_600_000;
/** An unfinished upload of ours as old as this is nobody's any more: orders are not paused for a week. */
const ABANDONED_AFTER_MS = 7 * 24 * HOUR_MS;

export interface S3HostOptions {
  /** Passed on to `verifyPublicUrl` by the connection test: true when the trainer reaches this machine. */
  readonly allowLoopback?: boolean;
  readonly retry?: RetryPlan;
  readonly resolve?: Resolve;
}

/** A bucket at any S3-compatible host, public through its policy or a domain in front of it. */
export class S3Host implements Host {
  readonly kind = 's3';
  readonly reach: Reach;
  readonly #config: S3Config;
  readonly #bucket: S3Bucket;
  readonly #options: S3HostOptions;

  /** @throws StudioError `HOST_NOT_CONFIGURED` */
  constructor(config: S3Config, options: S3HostOptions = {}) {
    this.#config = parseS3Config(config);
    this.#bucket = new S3Bucket(this.#config, options.retry);
    this.#options = options;
    this.reach = isLoopbackUrl(new URL(this.#config.publicBaseUrl)) ? 'this-machine' : 'public';
  }

  /** As the port says; also `FILE_MISSING`, `FILE_UNREADABLE` and `FILE_TRUNCATED` for the file itself. */
  async upload(request: UploadRequest): Promise<{ url: string }> {
    await requireWholeFile(request);
    if (request.sizeBytes <= SINGLE_REQUEST_BYTES && request.checkpoint === null) {
      await sendWhenAllowed(request, request.signal, async (signal) =>
        this.#bucket.put({ ...request, body: await readFile(request.file) }, signal),
      );
      request.onProgress(request.sizeBytes);
    } else {
      await this.#tidyUp(request.objectKey, request.checkpoint?.uploadId ?? null, request.signal);
      await uploadInParts(this.#bucket, request);
    }
    return { url: await this.addressOf(request.objectKey) };
  }

  async addressOf(objectKey: string): Promise<string> {
    return joinPublicUrl(this.#config.publicBaseUrl, objectKey);
  }

  async sizeOf(objectKey: string, signal: AbortSignal): Promise<number | null> {
    return this.#bucket.sizeOf(objectKey, signal);
  }

  async remove(objectKey: string, signal: AbortSignal): Promise<void> {
    await this.#bucket.delete(objectKey, signal);
  }

  async abort(checkpoint: UploadCheckpoint, signal: AbortSignal): Promise<void> {
    await this.#bucket.abortUpload(checkpoint.objectKey, checkpoint.uploadId, signal);
    await this.#tidyUp(checkpoint.objectKey, null, signal);
  }

  /**
   * Aborts uploads of ours that nobody goes on with any more, also those of runs that left no checkpoint.
   * Returns how many. Uploads of other programs are not touched.
   * @param except an upload that is still wanted, whatever its age
   */
  async abortAbandonedUploads(
    signal: AbortSignal,
    now: Date = new Date(),
    except: string | null = null,
  ): Promise<number> {
    const uploads = await this.#bucket.listUnfinishedUploads(OBJECT_KEY_PREFIX, signal);
    const abandoned = uploads.filter(
      ({ uploadId, initiatedAt }) =>
        uploadId !== except && now.getTime() - initiatedAt.getTime() > ABANDONED_AFTER_MS,
    );
    for (const { objectKey, uploadId } of abandoned) {
      await this.#bucket.abortUpload(objectKey, uploadId, signal);
    }
    return abandoned.length;
  }

  async test(signal: AbortSignal): Promise<HostTest> {
    const body = makeTestVideo();
    const retainUntil = new Date(Date.now() + 24 * HOUR_MS).toISOString();
    const objectKey = makeObjectKey({ retainUntil, extension: 'mp4' });
    const url = await this.addressOf(objectKey);
    await this.#bucket.put({ objectKey, contentType: 'video/mp4', retainUntil, body }, signal, 'once');
    let deleted = false;
    try {
      await verifyPublicUrl({
        url,
        sizeBytes: body.length,
        contentType: 'video/mp4',
        allowLoopback: this.#options.allowLoopback === true,
        signal,
        ...(this.#options.resolve === undefined ? {} : { resolve: this.#options.resolve }),
      });
      await this.#bucket.delete(objectKey, signal, 'once');
      deleted = true;
    } finally {
      // What was found before is what a person should hear about; the day in the key covers the rest.
      if (!deleted)
        await this.#bucket.delete(objectKey, new AbortController().signal, 'once').catch(() => undefined);
    }
    return { url, steps: ['write', 'public-read', 'delete'] };
  }

  /**
   * Aborts what earlier runs left: uploads of this very key that no checkpoint names, because a program may
   * die between beginning an upload and storing that, and old ones of ours. Some hosts cannot list uploads
   * and some keys may not; that keeps nobody from uploading.
   */
  async #tidyUp(objectKey: string, except: string | null, signal: AbortSignal): Promise<void> {
    try {
      for (const { uploadId, objectKey: key } of await this.#bucket.listUnfinishedUploads(
        objectKey,
        signal,
      )) {
        if (key === objectKey && uploadId !== except) await this.#bucket.abortUpload(key, uploadId, signal);
      }
      await this.abortAbandonedUploads(signal, new Date(), except);
    } catch (error) {
      if (error instanceof Cancelled || !(error instanceof StudioError)) throw error;
    }
  }
}

async function requireWholeFile({ file, sizeBytes }: UploadRequest): Promise<void> {
  let found: number;
  try {
    found = (await stat(file)).size;
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new StudioError(
      missing ? 'FILE_MISSING' : 'FILE_UNREADABLE',
      { file: basename(file) },
      { cause: error },
    );
  }
  if (found !== sizeBytes) throw new StudioError('FILE_TRUNCATED', { file: basename(file) });
}
