import { type FileHandle, open } from 'node:fs/promises';
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListPartsCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { StudioError } from '../../shared/errors.ts';
import type { UploadCheckpoint, UploadedPart, UploadRequest } from './host.ts';
import { metadataFor, type S3Bucket } from './s3Bucket.ts';
import { meansNoSuchUpload } from './s3Errors.ts';
import { sendWhenAllowed } from './sendWhenAllowed.ts';

const MIB = 1024 * 1024;
/** S3: a part has 5 MiB to 5 GiB, the last may be smaller. Small parts lose little when a line drops. */
const SMALLEST_PART_BYTES = 5 * MIB;
/** S3: the most parts an upload can have. */
const MOST_PARTS = 10_000;
/** Parts on their way at once: keeps a line full, and holds this many parts in memory. */
const PARTS_AT_ONCE = 3;

/** Size of every part but the last, so that there are at most 10,000. */
export function choosePartSize(sizeBytes: number): number {
  return Math.max(SMALLEST_PART_BYTES, Math.ceil(sizeBytes / MOST_PARTS / MIB) * MIB);
}

/**
 * Uploads a file in parts, going on from the request's checkpoint with the parts that are missing.
 * The checkpoint is left as it is at the end: should the program die before the caller has stored that
 * the upload is done, the next try finds the finished object and sends nothing.
 */
export async function uploadInParts(bucket: S3Bucket, request: UploadRequest): Promise<void> {
  const resumed = await resume(bucket, request);
  if (resumed === 'finished') {
    request.onProgress(request.sizeBytes);
    return;
  }
  const upload = resumed ?? (await begin(bucket, request));
  const parts = await sendMissingParts(bucket, request, upload);
  await finish(bucket, request, upload.uploadId, parts);
}

/** What the host still holds of an earlier try; null when it must be started anew. */
async function resume(
  bucket: S3Bucket,
  request: UploadRequest,
): Promise<UploadCheckpoint | 'finished' | null> {
  const { checkpoint, signal } = request;
  if (checkpoint === null) return null;
  if (checkpoint.objectKey !== request.objectKey) {
    await bucket.abortUpload(checkpoint.objectKey, checkpoint.uploadId, signal);
    return null;
  }
  const held = await listParts(bucket, checkpoint, signal);
  if (held === null) {
    if (await isFinished(bucket, request)) return 'finished';
    await request.onCheckpoint(null);
    return null;
  }
  const lengthOf = partLengths(request.sizeBytes, checkpoint.partSizeBytes);
  // A part counts only if both sides agree on it and it is of this file.
  const parts = checkpoint.parts.filter((part) => {
    const there = held.get(part.number);
    return there?.etag === part.etag && there.sizeBytes === lengthOf(part.number);
  });
  return { ...checkpoint, parts };
}

async function begin(bucket: S3Bucket, request: UploadRequest): Promise<UploadCheckpoint> {
  const { objectKey, signal } = request;
  const command = new CreateMultipartUploadCommand({
    Bucket: bucket.name,
    Key: objectKey,
    ContentType: request.contentType,
    Metadata: metadataFor(request.retainUntil),
  });
  const { UploadId } = await bucket.run('write objects', signal, () =>
    bucket.client.send(command, { abortSignal: signal }),
  );
  if (UploadId === undefined) throw new StudioError('HOST_FAILED', { reason: 'no upload id' });
  const upload: UploadCheckpoint = {
    objectKey,
    uploadId: UploadId,
    partSizeBytes: choosePartSize(request.sizeBytes),
    parts: [],
  };
  // Stored before the first part, so that another process can abort what this one began.
  await request.onCheckpoint(upload);
  return upload;
}

async function sendMissingParts(
  bucket: S3Bucket,
  request: UploadRequest,
  upload: UploadCheckpoint,
): Promise<readonly UploadedPart[]> {
  const { partSizeBytes } = upload;
  const lengthOf = partLengths(request.sizeBytes, partSizeBytes);
  const parts = new Map(upload.parts.map((part) => [part.number, part]));
  const inOrder = () => [...parts.values()].sort((a, b) => a.number - b.number);
  const missing: number[] = [];
  for (let number = 1; lengthOf(number) > 0; number += 1) if (!parts.has(number)) missing.push(number);

  const report = throttled(request.onProgress);
  const sentBytes = () => inOrder().reduce((sum, part) => sum + part.sizeBytes, 0);
  report(sentBytes());

  // One after the other, so that a newer checkpoint is never overwritten by an older one.
  let stored: Promise<void> = Promise.resolve();
  const store = () => {
    stored = stored.then(() => request.onCheckpoint({ ...upload, parts: inOrder() }));
    return stored;
  };

  // The first failure stops the other senders; whoever asked to cancel stops all of them.
  const stop = new AbortController();
  const onAbort = () => stop.abort();
  request.signal.addEventListener('abort', onAbort, { once: true });
  if (request.signal.aborted) stop.abort();

  const file = await open(request.file, 'r');
  const sendParts = async () => {
    for (let number = missing.shift(); number !== undefined; number = missing.shift()) {
      const sizeBytes = lengthOf(number);
      const etag = await sendWhenAllowed(request, stop.signal, async (signal) => {
        const body = await readPart(file, (number - 1) * partSizeBytes, sizeBytes);
        return sendPart(bucket, upload, number, body, signal);
      });
      parts.set(number, { number, etag, sizeBytes });
      await store();
      report(sentBytes());
    }
  };
  const failures: unknown[] = [];
  try {
    const senders = Array.from({ length: PARTS_AT_ONCE }, () =>
      sendParts().catch((error: unknown) => {
        failures.push(error);
        stop.abort();
      }),
    );
    await Promise.all(senders);
  } finally {
    request.signal.removeEventListener('abort', onAbort);
    await file.close();
  }
  if (failures.length > 0) throw failures[0];
  report(sentBytes(), 'last');
  return inOrder();
}

async function sendPart(
  bucket: S3Bucket,
  upload: UploadCheckpoint,
  number: number,
  body: Buffer,
  signal: AbortSignal,
): Promise<string> {
  const { ETag } = await bucket.run('write objects', signal, () =>
    bucket.client.send(
      new UploadPartCommand({
        Bucket: bucket.name,
        Key: upload.objectKey,
        UploadId: upload.uploadId,
        PartNumber: number,
        Body: body,
        ContentLength: body.length,
      }),
      { abortSignal: signal },
    ),
  );
  if (ETag === undefined) throw new StudioError('HOST_FAILED', { reason: 'no ETag' });
  return ETag;
}

async function finish(
  bucket: S3Bucket,
  request: UploadRequest,
  uploadId: string,
  parts: readonly UploadedPart[],
): Promise<void> {
  const command = new CompleteMultipartUploadCommand({
    Bucket: bucket.name,
    Key: request.objectKey,
    UploadId: uploadId,
    MultipartUpload: { Parts: parts.map(({ number, etag }) => ({ PartNumber: number, ETag: etag })) },
  });
  await bucket.run('write objects', request.signal, async () => {
    try {
      await bucket.client.send(command, { abortSignal: request.signal });
    } catch (error) {
      // An earlier try may have worked although its answer was lost.
      if (meansNoSuchUpload(error) && (await isFinished(bucket, request))) return;
      throw error;
    }
  });
}

async function isFinished(bucket: S3Bucket, request: UploadRequest): Promise<boolean> {
  return (await bucket.sizeOf(request.objectKey, request.signal)) === request.sizeBytes;
}

/** The parts the host holds, by number; null when it does not know the upload. */
async function listParts(bucket: S3Bucket, checkpoint: UploadCheckpoint, signal: AbortSignal) {
  const held = new Map<number, { etag: string; sizeBytes: number }>();
  let marker: string | null | undefined = null;
  while (marker !== undefined) {
    const command: ListPartsCommand = new ListPartsCommand({
      Bucket: bucket.name,
      Key: checkpoint.objectKey,
      UploadId: checkpoint.uploadId,
      ...(marker === null ? {} : { PartNumberMarker: marker }),
    });
    const page = await bucket.run('list the parts of an upload', signal, async () => {
      try {
        return await bucket.client.send(command, { abortSignal: signal });
      } catch (error) {
        if (meansNoSuchUpload(error)) return null;
        throw error;
      }
    });
    if (page === null) return null;
    for (const { PartNumber, ETag, Size } of page.Parts ?? []) {
      if (PartNumber === undefined || ETag === undefined) continue;
      held.set(PartNumber, { etag: ETag, sizeBytes: Size ?? 0 });
    }
    marker = page.IsTruncated === true ? page.NextPartNumberMarker : undefined;
  }
  return held;
}

/** Length of each part by its number; 0 past the end. */
function partLengths(sizeBytes: number, partSizeBytes: number): (number: number) => number {
  return (number) => Math.max(0, Math.min(partSizeBytes, sizeBytes - (number - 1) * partSizeBytes));
}

async function readPart(file: FileHandle, offset: number, length: number): Promise<Buffer> {
  const body = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(body, filled, length - filled, offset + filled);
    if (bytesRead === 0) throw new StudioError('FILE_TRUNCATED');
    filled += bytesRead;
  }
  return body;
}

const LONGEST_SILENCE_MS = 250;

/** Passes on a progress at most four times a second, and always the last. */
function throttled(onProgress: (bytes: number) => void): (bytes: number, which?: 'last') => void {
  let quietUntil = 0;
  return (bytes, which) => {
    const now = performance.now();
    if (which !== 'last' && now < quietUntil) return;
    quietUntil = now + LONGEST_SILENCE_MS;
    onProgress(bytes);
  };
}
