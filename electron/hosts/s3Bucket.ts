import {
  AbortMultipartUploadCommand,
  DeleteObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandOutput,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import pRetry from 'p-retry';
import { throwIfCancelled } from '../../shared/errors.ts';
import type { UploadRequest } from './host.ts';
import { createS3Client, hostNameOf, type S3Config } from './s3Config.ts';
import {
  asHostError,
  isTransient,
  meansNoSuchObject,
  meansNoSuchUpload,
  readS3Failure,
  type S3Step,
} from './s3Errors.ts';

export interface RetryPlan {
  /** Tries after the first. */
  readonly times: number;
  /** Pause before the first of them; each further one is twice as long, 8 s at most. */
  readonly firstPauseMs: number;
}

/** Rides out a hiccup of about eight seconds; longer ones are for the pipeline, which keeps its own plan. */
const RETRY: RetryPlan = { times: 4, firstPauseMs: 500 };
const LONGEST_PAUSE_MS = 8000;
const NO_RETRY: RetryPlan = { times: 0, firstPauseMs: 0 };

/** One unfinished upload in the bucket. */
export interface UnfinishedUpload {
  readonly objectKey: string;
  readonly uploadId: string;
  readonly initiatedAt: Date;
}

/** The bucket with our manners: transient failures are tried again, errors are ours and name no key. */
export class S3Bucket {
  readonly name: string;
  readonly client: S3Client;
  readonly #host: string;
  readonly #secrets: readonly string[];
  readonly #retry: RetryPlan;

  constructor(config: S3Config, retry: RetryPlan = RETRY) {
    this.name = config.bucket;
    this.client = createS3Client(config);
    this.#host = hostNameOf(config);
    this.#secrets = [config.secretAccessKey, config.accessKeyId];
    this.#retry = retry;
  }

  /** Runs one call. @throws StudioError with a HOST_ code, or `Cancelled`. */
  async run<T>(step: S3Step, signal: AbortSignal, call: () => Promise<T>, patience?: 'once'): Promise<T> {
    throwIfCancelled(signal);
    const plan = patience === 'once' ? NO_RETRY : this.#retry;
    try {
      return await pRetry(call, {
        retries: plan.times,
        minTimeout: plan.firstPauseMs,
        maxTimeout: LONGEST_PAUSE_MS,
        signal,
        shouldRetry: ({ error }) => !signal.aborted && isTransient(error),
      });
    } catch (error) {
      throw asHostError(error, {
        step,
        host: this.#host,
        bucket: this.name,
        secrets: this.#secrets,
        signal,
      });
    }
  }

  /** Writes a small object in one request. */
  async put(
    object: Pick<UploadRequest, 'objectKey' | 'contentType' | 'retainUntil'> & { readonly body: Buffer },
    signal: AbortSignal,
    patience?: 'once',
  ): Promise<void> {
    const command = () =>
      new PutObjectCommand({
        Bucket: this.name,
        Key: object.objectKey,
        Body: object.body,
        ContentLength: object.body.length,
        ContentType: object.contentType,
        Metadata: metadataFor(object.retainUntil),
      });
    await this.run(
      'write objects',
      signal,
      () => this.client.send(command(), { abortSignal: signal }),
      patience,
    );
  }

  /** Deletes an object, which may be gone already. */
  async delete(objectKey: string, signal: AbortSignal, patience?: 'once'): Promise<void> {
    const command = new DeleteObjectCommand({ Bucket: this.name, Key: objectKey });
    const call = ignoring(isNoSuchKey, () => this.client.send(command, { abortSignal: signal }));
    await this.run('delete objects', signal, call, patience);
  }

  /** Bytes of a finished object, null when there is none. */
  async sizeOf(objectKey: string, signal: AbortSignal): Promise<number | null> {
    const command = new HeadObjectCommand({ Bucket: this.name, Key: objectKey });
    const call = ignoring(meansNoSuchObject, () => this.client.send(command, { abortSignal: signal }));
    const head = await this.run('read objects', signal, call);
    return head?.ContentLength ?? null;
  }

  /** Aborts an unfinished upload, which may be gone already. */
  async abortUpload(objectKey: string, uploadId: string, signal: AbortSignal): Promise<void> {
    const command = new AbortMultipartUploadCommand({
      Bucket: this.name,
      Key: objectKey,
      UploadId: uploadId,
    });
    const call = ignoring(meansNoSuchUpload, () => this.client.send(command, { abortSignal: signal }));
    await this.run('abort uploads', signal, call);
  }

  /** Every unfinished upload whose key begins with `prefix`, page by page. */
  async listUnfinishedUploads(prefix: string, signal: AbortSignal): Promise<UnfinishedUpload[]> {
    const found: UnfinishedUpload[] = [];
    let from: { KeyMarker?: string; UploadIdMarker?: string } | null = {};
    while (from !== null) {
      const command: ListMultipartUploadsCommand = new ListMultipartUploadsCommand({
        Bucket: this.name,
        Prefix: prefix,
        ...from,
      });
      // Tidying up is not worth a wait.
      const page: ListMultipartUploadsCommandOutput = await this.run(
        'list unfinished uploads',
        signal,
        () => this.client.send(command, { abortSignal: signal }),
        'once',
      );
      for (const { Key, UploadId, Initiated } of page.Uploads ?? []) {
        if (Key === undefined || UploadId === undefined) continue;
        found.push({ objectKey: Key, uploadId: UploadId, initiatedAt: Initiated ?? new Date() });
      }
      const goesOn = page.IsTruncated === true && page.NextKeyMarker !== undefined;
      from = goesOn
        ? {
            KeyMarker: page.NextKeyMarker as string,
            ...(page.NextUploadIdMarker === undefined ? {} : { UploadIdMarker: page.NextUploadIdMarker }),
          }
        : null;
    }
    return found;
  }
}

/** Stored with each object, for whoever cleans the bucket up. */
export function metadataFor(retainUntil: string): Record<string, string> {
  return { 'retain-until': retainUntil, 'made-by': 'twin-studio' };
}

const isNoSuchKey = (error: unknown) => readS3Failure(error).name === 'NoSuchKey';

/** Runs a call; null when it fails in the way that means that there is nothing left to do. */
function ignoring<T>(
  isNothing: (error: unknown) => boolean,
  call: () => Promise<T>,
): () => Promise<T | null> {
  return async () => {
    try {
      return await call();
    } catch (error) {
      if (isNothing(error)) return null;
      throw error;
    }
  };
}
