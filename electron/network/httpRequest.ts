import http, { type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import { Cancelled } from '../../shared/errors.ts';

export interface HttpRequest {
  /** http or https. */
  readonly url: URL;
  readonly method: 'GET' | 'HEAD' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** From the start until the last byte of the answer, in milliseconds. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  /** Replaces the name look-up, e.g. to hold the connection to addresses that were checked before. */
  readonly lookup?: LookupFunction;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Must be read to its end or destroyed. Fails when the connection ends early. */
  readonly body: IncomingMessage;
}

/** No complete answer arrived. */
export class RequestFailure extends Error {
  override readonly name = 'RequestFailure';
  /**
   * False only when it is certain that no byte of the request left this machine, because the connection
   * (with https: the encrypted one) was never made.
   */
  readonly sent: boolean;
  /** The system's error code, or `TIMEOUT`. */
  readonly reason: string;

  constructor(sent: boolean, reason: string) {
    super(`${sent ? 'no answer' : 'not sent'}: ${reason}`);
    this.sent = sent;
    this.reason = reason;
  }
}

/**
 * Sends one request over a connection of its own and returns the answer's head.
 * Made on `node:http` rather than `fetch`, because a paid request needs to know whether it was sent;
 * it never follows a redirect, never repeats, and sends no cookies.
 * @throws RequestFailure, or `Cancelled` when the signal is aborted.
 */
export function sendRequest(request: HttpRequest): Promise<HttpAnswer> {
  const { url, signal } = request;
  const encrypted = url.protocol === 'https:';
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(new Cancelled());
      return;
    }
    let sent = false;
    let timedOut = false;
    const outgoing = (encrypted ? https : http).request(url, {
      method: request.method,
      agent: false,
      headers: {
        'accept-encoding': 'identity',
        ...(request.body === undefined ? {} : { 'content-length': String(Buffer.byteLength(request.body)) }),
        ...request.headers,
      },
      ...(request.lookup === undefined ? {} : { lookup: request.lookup }),
    });
    const timer = setTimeout(() => {
      timedOut = true;
      outgoing.destroy(new Error('timeout'));
    }, request.timeoutMs);
    const onAbort = () => outgoing.destroy(new Error('cancelled'));
    signal?.addEventListener('abort', onAbort, { once: true });

    outgoing.once('socket', (socket) => {
      socket.once(encrypted ? 'secureConnect' : 'connect', () => {
        sent = true;
      });
    });
    // Only the first failure counts; later ones find the promise settled.
    outgoing.on('error', (error) => {
      if (signal?.aborted === true) reject(new Cancelled());
      else reject(new RequestFailure(sent, timedOut ? 'TIMEOUT' : codeOf(error)));
    });
    outgoing.once('close', () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      reject(new RequestFailure(sent, 'CLOSED'));
    });
    outgoing.once('response', (body) => {
      resolve({ status: body.statusCode ?? 0, headers: body.headers, body });
    });
    outgoing.end(request.body);
  });
}

/**
 * Reads an answer's body as text.
 * @throws RequestFailure when the connection ended early or the body is over `maximumBytes`.
 */
export async function readText(answer: HttpAnswer, maximumBytes: number): Promise<string> {
  return (await readBytes(answer, maximumBytes)).toString('utf8');
}

/** As `readText`, in bytes. With `stopAt`, stops reading without complaint once that many bytes are there. */
export async function readBytes(answer: HttpAnswer, maximumBytes: number, stopAt = Number.POSITIVE_INFINITY) {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of answer.body) {
      chunks.push(chunk as Buffer);
      length += (chunk as Buffer).length;
      if (length > maximumBytes) throw new RequestFailure(true, 'TOO_LARGE');
      if (length >= stopAt) break;
    }
  } catch (error) {
    throw error instanceof RequestFailure ? error : new RequestFailure(true, codeOf(error));
  } finally {
    answer.body.destroy();
  }
  return Buffer.concat(chunks);
}

function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : 'FAILED';
}
