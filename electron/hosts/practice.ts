import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import http, { type IncomingMessage } from 'node:http';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Cancelled, StudioError, throwIfCancelled } from '../../shared/errors.ts';
import type { Host, HostTest, UploadRequest } from './host.ts';
import { joinPublicUrl, makeObjectKey } from './objectKey.ts';
import { makeTestVideo } from './testVideo.ts';
import { verifyPublicUrl } from './verifyPublicUrl.ts';

/** Where the practice server listens now, and the token it wants for anything but reading a hosted file. */
export interface PracticeConnection {
  /** e.g. `http://127.0.0.1:40213`, no slash at the end. */
  readonly baseUrl: string;
  readonly token: string;
}

const HOUR_MS = 3_600_000;
const PROGRESS_EVERY_MS = 250;

/** Hosts files on this machine, over real HTTP, for practising. An upload cannot be resumed: it takes moments. */
export class PracticeHost implements Host {
  readonly kind = 'practice';
  readonly reach = 'this-machine';
  readonly #connect: () => Promise<PracticeConnection>;

  /** `connect` starts the practice server if it is not running yet. */
  constructor(connect: () => Promise<PracticeConnection>) {
    this.#connect = connect;
  }

  async upload(request: UploadRequest): Promise<{ url: string }> {
    let sizeBytes: number;
    try {
      sizeBytes = (await stat(request.file)).size;
    } catch (error) {
      throw new StudioError('FILE_MISSING', { file: basename(request.file) }, { cause: error });
    }
    if (sizeBytes !== request.sizeBytes) {
      throw new StudioError('FILE_TRUNCATED', { file: basename(request.file) });
    }
    let sentBytes = 0;
    let quietUntil = 0;
    const body = async function* () {
      for await (const chunk of createReadStream(request.file)) {
        await request.mayGoOn();
        yield chunk as Buffer;
        sentBytes += (chunk as Buffer).length;
        // The end is reported once the server has confirmed it.
        if (sentBytes < sizeBytes && performance.now() >= quietUntil) {
          quietUntil = performance.now() + PROGRESS_EVERY_MS;
          request.onProgress(sentBytes);
        }
      }
    };
    await this.#put(request, sizeBytes, body());
    request.onProgress(sizeBytes);
    return { url: await this.addressOf(request.objectKey) };
  }

  async addressOf(objectKey: string): Promise<string> {
    return joinPublicUrl(`${(await this.#connect()).baseUrl}/hosted`, objectKey);
  }

  async sizeOf(objectKey: string, signal: AbortSignal): Promise<number | null> {
    const answer = await fetch(await this.addressOf(objectKey), { method: 'HEAD', signal }).catch(() => null);
    throwIfCancelled(signal);
    return answer?.ok ? Number(answer.headers.get('content-length')) : null;
  }

  async remove(objectKey: string, signal: AbortSignal): Promise<void> {
    await this.#send('DELETE', objectKey, {}, null, signal);
  }

  /** Nothing to abort: a broken upload leaves nothing behind. */
  async abort(): Promise<void> {}

  async test(signal: AbortSignal): Promise<HostTest> {
    const video = makeTestVideo();
    const retainUntil = new Date(Date.now() + HOUR_MS).toISOString();
    const objectKey = makeObjectKey({ retainUntil, extension: 'mp4' });
    await this.#put({ objectKey, retainUntil, contentType: 'video/mp4', signal }, video.length, [video]);
    const url = await this.addressOf(objectKey);
    try {
      await verifyPublicUrl({
        url,
        sizeBytes: video.length,
        contentType: 'video/mp4',
        allowLoopback: true,
        signal,
      });
    } finally {
      await this.remove(objectKey, new AbortController().signal);
    }
    return { url, steps: ['write', 'public-read', 'delete'] };
  }

  async #put(
    object: Pick<UploadRequest, 'objectKey' | 'retainUntil' | 'contentType' | 'signal'>,
    sizeBytes: number,
    body: AsyncIterable<Buffer> | Iterable<Buffer>,
  ): Promise<void> {
    const headers = {
      'content-type': object.contentType,
      'content-length': String(sizeBytes),
      'x-retain-until': object.retainUntil,
    };
    await this.#send('PUT', object.objectKey, headers, body, object.signal);
  }

  async #send(
    method: 'PUT' | 'DELETE',
    objectKey: string,
    headers: Readonly<Record<string, string>>,
    body: AsyncIterable<Buffer> | Iterable<Buffer> | null,
    signal: AbortSignal,
  ): Promise<void> {
    throwIfCancelled(signal);
    const { baseUrl, token } = await this.#connect();
    const url = new URL(joinPublicUrl(`${baseUrl}/hosted`, objectKey));
    const request = http.request(url, {
      method,
      agent: false,
      headers: { 'x-practice-token': token, ...headers },
      signal,
    });
    try {
      const answered = new Promise<IncomingMessage>((resolve, reject) => {
        request.once('response', resolve);
        request.once('error', reject);
      });
      // The server may refuse before the whole body is sent; its answer then says more than the broken pipe.
      const [answer] = await Promise.all([
        answered,
        pipeline(body ?? [], request).catch((error: unknown) => answered.catch(() => Promise.reject(error))),
      ]);
      answer.resume();
      const status = answer.statusCode ?? 0;
      if (status >= 300) throw new StudioError('HOST_FAILED', { host: url.host, status });
    } catch (error) {
      request.destroy();
      if (signal.aborted) throw new Cancelled();
      if (error instanceof StudioError) throw error;
      throw new StudioError('HOST_UNREACHABLE', { host: url.host }, { cause: error });
    }
  }
}
