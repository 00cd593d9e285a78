import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import {
  CreateMultipartUploadCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  type S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { UploadCheckpoint, UploadRequest } from '../../electron/hosts/host.ts';
import { makeObjectKey } from '../../electron/hosts/objectKey.ts';
import { S3Host } from '../../electron/hosts/s3.ts';
import type { S3Config } from '../../electron/hosts/s3Config.ts';
import { verifyPublicUrl } from '../../electron/hosts/verifyPublicUrl.ts';
import { Cancelled, StudioError } from '../../shared/errors.ts';
import { clientOf, makeBucket } from '../s3/bucket.ts';
import { type S3Server, s3Server } from '../s3/server.ts';

const MIB = 1024 * 1024;
const RETAIN_UNTIL = '2031-05-06T00:00:00.000Z';
const OPTIONS = { allowLoopback: true, retry: { times: 2, firstPauseMs: 5 } };

let server: S3Server;
let folder: string;
let publicBucket: S3Config;
let privateBucket: S3Config;
let behind: S3Client;

beforeAll(async () => {
  server = await s3Server();
  if (server.kind !== 'running') return;
  folder = await mkdtemp(join(tmpdir(), 'twin-studio-hosts-'));
  publicBucket = await makeBucket(server, 'public');
  privateBucket = await makeBucket(server, 'private');
  behind = clientOf(server);
}, 360_000);

afterAll(async () => {
  behind?.destroy();
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
});

beforeEach((context) => {
  if (server.kind === 'cannot') context.skip(server.reason);
});

/** A file that begins like an mp4 and is random from there on. */
async function makeFile(sizeBytes: number): Promise<string> {
  const bytes = randomBytes(sizeBytes);
  bytes.writeUInt32BE(24, 0);
  bytes.write('ftypisom', 4, 'latin1');
  const file = join(folder, `${randomUUID()}.mp4`);
  await writeFile(file, bytes);
  return file;
}

async function makeRequest(sizeBytes: number, over: Partial<UploadRequest> = {}) {
  const checkpoints: (UploadCheckpoint | null)[] = [];
  const progress: number[] = [];
  const request: UploadRequest = {
    file: await makeFile(sizeBytes),
    sizeBytes,
    contentType: 'video/mp4',
    objectKey: makeObjectKey({ retainUntil: RETAIN_UNTIL, extension: 'mp4' }),
    retainUntil: RETAIN_UNTIL,
    checkpoint: null,
    onCheckpoint: async (checkpoint) => void checkpoints.push(checkpoint),
    mayGoOn: async () => undefined,
    onHold: () => () => undefined,
    onProgress: (bytes) => void progress.push(bytes),
    signal: new AbortController().signal,
    ...over,
  };
  return { request, checkpoints, progress };
}

const verify = (url: string, sizeBytes: number) =>
  verifyPublicUrl({
    url,
    sizeBytes,
    contentType: 'video/mp4',
    allowLoopback: true,
    signal: new AbortController().signal,
  });

async function unfinishedUploads(bucket: S3Config, prefix: string): Promise<number> {
  const page = await behind.send(new ListMultipartUploadsCommand({ Bucket: bucket.bucket, Prefix: prefix }));
  return page.Uploads?.length ?? 0;
}

/** A proxy in front of the S3 server that counts, and can spoil, what passes. */
async function startProxy(
  spoil: (line: string, count: number) => 'pass' | 'fail' | 'drop-answer' = () => 'pass',
) {
  const lines: string[] = [];
  const target = new URL(publicBucket.endpoint);
  const proxy = http.createServer((request, response) => {
    const query = new URL(request.url ?? '/', target).searchParams;
    const part = query.get('partNumber');
    const line =
      `${request.method} ${part ? `part ${part}` : [...query.keys()].filter((key) => key !== 'x-id').join(' ')}`.trim();
    lines.push(line);
    const verdict = spoil(line, lines.filter((other) => other === line).length);
    if (verdict === 'fail') {
      request.resume();
      response.writeHead(503, { 'content-type': 'application/xml' });
      response.end('<Error><Code>SlowDown</Code><Message>later</Message></Error>');
      return;
    }
    const onward = http.request(
      {
        host: target.hostname,
        port: target.port,
        path: request.url,
        method: request.method,
        headers: request.headers,
      },
      (answer) => {
        if (verdict === 'drop-answer') {
          answer.resume();
          answer.once('end', () => response.socket?.destroy());
          return;
        }
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
      },
    );
    onward.on('error', () => response.destroy());
    request.on('error', () => onward.destroy());
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  return {
    config: { ...publicBucket, endpoint },
    lines,
    close: () => {
      proxy.closeAllConnections();
      proxy.close();
    },
  };
}

const sentParts = (lines: readonly string[]) => lines.filter((line) => line.startsWith('PUT part')).sort();

/** The StudioError of a promise that must fail, after making sure that it holds no key. */
async function failureOf(promise: Promise<unknown>, config: S3Config): Promise<StudioError> {
  const error: unknown = await promise.then(
    () => new Error('it worked'),
    (thrown: unknown) => thrown,
  );
  const everything = inspect(error, { depth: 12, showHidden: true, maxStringLength: null });
  expect(everything).not.toContain(config.secretAccessKey);
  expect(everything).not.toContain(config.accessKeyId);
  if (!(error instanceof StudioError)) throw error;
  return error;
}

describe('uploading to S3', () => {
  it('sends a small file in one request, typed and with its date', async () => {
    const proxy = await startProxy();
    const { request, progress, checkpoints } = await makeRequest(300_000);
    const { url } = await new S3Host(proxy.config, OPTIONS).upload(request);
    proxy.close();

    expect(proxy.lines).toEqual(['PUT']);
    expect(progress).toEqual([300_000]);
    expect(checkpoints).toEqual([]);
    expect(url).toBe(`${publicBucket.publicBaseUrl}/${request.objectKey}`);
    await verify(url, 300_000);
    const head = await behind.send(
      new HeadObjectCommand({ Bucket: publicBucket.bucket, Key: request.objectKey }),
    );
    expect(head.ContentType).toBe('video/mp4');
    expect(head.Metadata).toMatchObject({ 'retain-until': RETAIN_UNTIL });
  });

  it('sends a large file in parts, storing a checkpoint after each', async () => {
    const sizeBytes = 17 * MIB + 123;
    const { request, progress, checkpoints } = await makeRequest(sizeBytes);
    const { url } = await new S3Host(publicBucket, OPTIONS).upload(request);

    await verify(url, sizeBytes);
    expect(checkpoints.map((checkpoint) => checkpoint?.parts.length)).toEqual([0, 1, 2, 3, 4]);
    expect(checkpoints.at(-1)?.parts.map((part) => part.number)).toEqual([1, 2, 3, 4]);
    expect(progress.at(-1)).toBe(sizeBytes);
    expect([...progress].sort((a, b) => a - b)).toEqual(progress);
    expect(await unfinishedUploads(publicBucket, request.objectKey)).toBe(0);
    const stored = Buffer.from(await (await fetch(url)).arrayBuffer());
    expect(stored.equals(await readFile(request.file))).toBe(true);
  });

  it('is cancelled midway, and a fresh client sends only the missing parts', async () => {
    const sizeBytes = 31 * MIB;
    const stop = new AbortController();
    let checkpoint: UploadCheckpoint | null = null;
    const { request } = await makeRequest(sizeBytes, {
      signal: stop.signal,
      onCheckpoint: async (stored) => {
        checkpoint = stored;
        if ((stored?.parts.length ?? 0) >= 2) stop.abort();
      },
    });
    await expect(new S3Host(publicBucket, OPTIONS).upload(request)).rejects.toBeInstanceOf(Cancelled);
    const stored = checkpoint as UploadCheckpoint | null;
    if (stored === null) throw new Error('no checkpoint was kept');
    const kept = stored.parts.map((part) => part.number);
    expect(kept.length).toBeGreaterThanOrEqual(2);
    expect(kept.length).toBeLessThan(7);

    const proxy = await startProxy();
    const progress: number[] = [];
    const { url } = await new S3Host(proxy.config, OPTIONS).upload({
      ...request,
      checkpoint: stored,
      onCheckpoint: async () => undefined,
      mayGoOn: async () => undefined,
      onProgress: (bytes) => void progress.push(bytes),
      signal: new AbortController().signal,
    });
    proxy.close();
    const missing = [1, 2, 3, 4, 5, 6, 7].filter((number) => !kept.includes(number));
    expect(sentParts(proxy.lines)).toEqual(missing.map((number) => `PUT part ${number}`));
    expect(progress[0]).toBe(kept.length * 5 * MIB);
    await verify(url, sizeBytes);
  });

  it('sends a part again that the host does not confirm', async () => {
    const { request, checkpoints } = await makeRequest(17 * MIB);
    const stop = new AbortController();
    const host = new S3Host(publicBucket, OPTIONS);
    await host
      .upload({
        ...request,
        signal: stop.signal,
        onCheckpoint: async (checkpoint) => {
          checkpoints.push(checkpoint);
          if (checkpoint?.parts.length === 1) stop.abort();
        },
      })
      .catch(() => undefined);
    const stored = checkpoints.find((checkpoint) => checkpoint?.parts.length === 1);
    if (!stored) throw new Error('no checkpoint was kept');
    const part = stored.parts[0];
    if (!part) throw new Error('no part');

    const proxy = await startProxy();
    const spoilt = { ...stored, parts: [{ ...part, etag: '"0123456789abcdef0123456789abcdef"' }] };
    await new S3Host(proxy.config, OPTIONS).upload({ ...request, checkpoint: spoilt });
    proxy.close();
    expect(sentParts(proxy.lines)).toContain(`PUT part ${part.number}`);
    await verify(await host.addressOf(request.objectKey), 17 * MIB);
  });

  it('starts anew when the host no longer knows the upload', async () => {
    const { request, checkpoints } = await makeRequest(9 * MIB);
    const host = new S3Host(publicBucket, OPTIONS);
    const gone = { objectKey: request.objectKey, uploadId: '2~gone', partSizeBytes: 5 * MIB, parts: [] };
    const { url } = await host.upload({ ...request, checkpoint: gone });
    expect(checkpoints[0]).toBeNull();
    await verify(url, 9 * MIB);
  });

  it('sends nothing when the upload had ended before its checkpoint was dropped', async () => {
    const { request, checkpoints } = await makeRequest(9 * MIB);
    await new S3Host(publicBucket, OPTIONS).upload(request);
    const proxy = await startProxy();
    const again = await new S3Host(proxy.config, OPTIONS).upload({
      ...request,
      checkpoint: checkpoints.at(-1) ?? null,
    });
    proxy.close();
    expect(proxy.lines.filter((line) => /^(PUT|POST)/.test(line))).toEqual([]);
    await verify(again.url, 9 * MIB);
  });

  it('tries again what fails for a moment, and notices that a lost answer was a success', async () => {
    const proxy = await startProxy((line, count) => {
      if (line === 'PUT part 2' && count === 1) return 'fail';
      return line === 'POST uploadId' && count === 1 ? 'drop-answer' : 'pass';
    });
    const { request } = await makeRequest(9 * MIB);
    const { url } = await new S3Host(proxy.config, OPTIONS).upload(request);
    proxy.close();
    expect(sentParts(proxy.lines)).toEqual(['PUT part 1', 'PUT part 2', 'PUT part 2']);
    expect(proxy.lines.filter((line) => line === 'POST uploadId')).toHaveLength(2);
    await verify(url, 9 * MIB);
  });

  it('gives up on a host that goes on failing, and keeps what it has', async () => {
    const proxy = await startProxy((line) => (line === 'PUT part 2' ? 'fail' : 'pass'));
    const { request, checkpoints } = await makeRequest(9 * MIB);
    const error = await failureOf(new S3Host(proxy.config, OPTIONS).upload(request), proxy.config);
    proxy.close();
    expect(error).toMatchObject({ code: 'HOST_FAILED', details: { status: 503 } });
    expect(sentParts(proxy.lines).filter((line) => line === 'PUT part 2')).toHaveLength(3);
    expect(checkpoints.at(-1)).not.toBeNull();
    await new S3Host(publicBucket, OPTIONS).abort(checkpoints.at(-1) as UploadCheckpoint, request.signal);
  });
});

describe('unfinished uploads', () => {
  const begin = (objectKey: string) =>
    behind.send(new CreateMultipartUploadCommand({ Bucket: publicBucket.bucket, Key: objectKey }));

  it('aborts its own, and an unknown one without complaint', async () => {
    const objectKey = makeObjectKey({ retainUntil: RETAIN_UNTIL, extension: 'mp4' });
    const { UploadId } = await begin(objectKey);
    const checkpoint = { objectKey, uploadId: String(UploadId), partSizeBytes: 5 * MIB, parts: [] };
    const host = new S3Host(publicBucket, OPTIONS);
    await host.abort(checkpoint, new AbortController().signal);
    expect(await unfinishedUploads(publicBucket, objectKey)).toBe(0);
    await host.abort(checkpoint, new AbortController().signal);
  });

  it('removes what a run left that died before it stored its checkpoint', async () => {
    const { request } = await makeRequest(9 * MIB);
    await begin(request.objectKey);
    await new S3Host(publicBucket, OPTIONS).upload(request);
    expect(await unfinishedUploads(publicBucket, request.objectKey)).toBe(0);
  });

  it('aborts abandoned ones of ours, and nothing else', async () => {
    const ours = makeObjectKey({ retainUntil: RETAIN_UNTIL, extension: 'mp4' });
    await begin(ours);
    await begin('somebody/else.mp4');
    const host = new S3Host(publicBucket, OPTIONS);
    const { signal } = new AbortController();
    expect(await host.abortAbandonedUploads(signal)).toBe(0);
    const inEightDays = new Date(Date.now() + 8 * 24 * 3_600_000);
    expect(await host.abortAbandonedUploads(signal, inEightDays)).toBe(1);
    expect(await unfinishedUploads(publicBucket, ours)).toBe(0);
    expect(await unfinishedUploads(publicBucket, 'somebody/')).toBe(1);
  });
});

describe('what can be wrong with a bucket', () => {
  const test = (config: S3Config) =>
    failureOf(new S3Host(config, OPTIONS).test(new AbortController().signal), config);

  it('is nothing in the known-good case', async () => {
    const result = await new S3Host(publicBucket, OPTIONS).test(new AbortController().signal);
    expect(result.steps).toEqual(['write', 'public-read', 'delete']);
    expect((await fetch(result.url)).ok).toBe(false);
  });

  it('wrong keys', async () => {
    expect((await test({ ...publicBucket, secretAccessKey: 'wrong-secret-value' })).code).toBe(
      'HOST_KEYS_WRONG',
    );
    expect((await test({ ...publicBucket, accessKeyId: 'WRONGACCESSKEY' })).code).toBe('HOST_KEYS_WRONG');
  });

  it('no such bucket', async () => {
    expect(await test({ ...publicBucket, bucket: 'nobody-made-this' })).toMatchObject({
      code: 'HOST_BUCKET_MISSING',
      details: { bucket: 'nobody-made-this' },
    });
  });

  it('nothing public about it; the object written for the test is gone', async () => {
    expect((await test(privateBucket)).code).toBe('HOST_PRIVATE');
    const left = await behind.send(new ListObjectsV2Command({ Bucket: privateBucket.bucket }));
    expect(left.KeyCount).toBe(0);
  });

  it('nobody there', async () => {
    const { code, details } = await test({ ...publicBucket, endpoint: 'http://127.0.0.1:1' });
    expect({ code, details }).toMatchObject({ code: 'HOST_UNREACHABLE', details: { host: '127.0.0.1:1' } });
  });

  it('an address that only this machine reaches, for a trainer elsewhere', async () => {
    const host = new S3Host(publicBucket, { ...OPTIONS, allowLoopback: false });
    expect(host.reach).toBe('this-machine');
    const error = await failureOf(host.test(new AbortController().signal), publicBucket);
    expect(error.code).toBe('HOST_NOT_HTTPS');
  });

  it('fields that are missing', () => {
    expect(() => new S3Host({ ...publicBucket, bucket: '' })).toThrow(
      expect.objectContaining({ code: 'HOST_NOT_CONFIGURED', details: { field: 'bucket' } }),
    );
  });

  it('a file that is not what it was', async () => {
    const host = new S3Host(publicBucket, OPTIONS);
    const { request } = await makeRequest(1000);
    await expect(host.upload({ ...request, sizeBytes: 1001 })).rejects.toMatchObject({
      code: 'FILE_TRUNCATED',
    });
    await expect(host.upload({ ...request, file: join(folder, 'none.mp4') })).rejects.toMatchObject({
      code: 'FILE_MISSING',
    });
  });
});

describe('removing', () => {
  it('removes an object for good; one that is gone already is no error', async () => {
    const host = new S3Host(publicBucket, OPTIONS);
    const { request } = await makeRequest(5000);
    const { url } = await host.upload(request);
    await verify(url, 5000);
    await host.remove(request.objectKey, request.signal);
    // Without the right to list, a bucket does not say whether an object is missing or forbidden.
    await expect(verify(url, 5000)).rejects.toMatchObject({
      code: expect.stringMatching(/^HOST_(FILE_NOT_FOUND|PRIVATE)$/),
    });
    await host.remove(request.objectKey, request.signal);
  });
});
