import { writeFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../tests/doubles/temporaryFolder.ts';
import { S3Bucket } from './s3Bucket.ts';
import { choosePartSize, uploadInParts } from './s3Multipart.ts';

const MIB = 1024 ** 2;

describe('choosePartSize', () => {
  it.each([1, 8 * MIB + 1, 600 * MIB, 49 * 1024 * MIB, 200 * 1024 * MIB, 5 * 1024 ** 4])(
    'keeps %d bytes within the limits of S3',
    (sizeBytes) => {
      const part = choosePartSize(sizeBytes);
      expect(part).toBeGreaterThanOrEqual(5 * MIB);
      expect(part).toBeLessThanOrEqual(5 * 1024 * MIB);
      expect(Math.ceil(sizeBytes / part)).toBeLessThanOrEqual(10_000);
    },
  );

  it('stays small for what a master weighs', () => {
    expect(choosePartSize(2 * 1024 * MIB)).toBe(5 * MIB);
  });
});

const folder = temporaryFolder();

/** A bucket that takes parts in, and answers none until it is let. */
async function startBucket() {
  const begun: string[] = [];
  const broken: string[] = [];
  const waiting = new Set<ServerResponse>();
  let answers = false;
  const confirm = (response: ServerResponse) => response.setHeader('ETag', '"etag"').end();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://localhost');
    const part = url.searchParams.get('partNumber');
    request.resume();
    if (part === null) {
      const name = url.searchParams.has('uploads') ? 'InitiateMultipartUpload' : 'CompleteMultipartUpload';
      response.end(`<${name}Result><UploadId>one</UploadId></${name}Result>`);
      return;
    }
    begun.push(part);
    response.once('close', () => {
      waiting.delete(response);
      if (!response.writableEnded) broken.push(part);
    });
    if (answers) confirm(response);
    else waiting.add(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    begun,
    broken,
    config: {
      endpoint,
      region: 'auto',
      bucket: 'films',
      accessKeyId: 'key',
      secretAccessKey: 'secret',
      publicBaseUrl: endpoint,
    },
    answer() {
      answers = true;
      for (const response of waiting) confirm(response);
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

it('gives up the parts on their way when everything has to stand still, and sends them again', async () => {
  const bucket = await startBucket();
  try {
    const file = join(folder(), 'master.mp4');
    const sizeBytes = 11 * MIB;
    await writeFile(file, Buffer.alloc(sizeBytes));
    let goOn: () => void = () => undefined;
    let mayGoOn = Promise.resolve();
    const listeners = new Set<() => void>();
    const uploaded = uploadInParts(new S3Bucket(bucket.config), {
      file,
      sizeBytes,
      contentType: 'video/mp4',
      objectKey: 'twin-studio/one.mp4',
      retainUntil: new Date(0).toISOString(),
      checkpoint: null,
      onCheckpoint: async () => undefined,
      mayGoOn: () => mayGoOn,
      onHold(giveUp) {
        listeners.add(giveUp);
        return () => listeners.delete(giveUp);
      },
      onProgress: () => undefined,
      signal: new AbortController().signal,
    });
    await expect.poll(() => bucket.begun.length).toBe(3);
    mayGoOn = new Promise((resolve) => {
      goOn = resolve;
    });
    for (const giveUp of [...listeners]) giveUp();
    await expect.poll(() => bucket.broken.length).toBe(3);
    bucket.answer();
    expect(bucket.begun).toHaveLength(3);
    goOn();
    await uploaded;
    expect([...bucket.begun].sort()).toEqual(['1', '1', '2', '2', '3', '3']);
    expect(listeners.size).toBe(0);
  } finally {
    bucket.close();
  }
});
