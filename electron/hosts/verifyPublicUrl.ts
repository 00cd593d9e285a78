import type { LookupFunction } from 'node:net';
import { Cancelled, StudioError } from '../../shared/errors.ts';
import {
  type HttpAnswer,
  type HttpRequest,
  RequestFailure,
  readBytes,
  sendRequest,
} from '../network/httpRequest.ts';
import { findPublicHost, type Resolve, resolveBySystem } from '../network/publicAddress.ts';
import type { UploadRequest } from './host.ts';

export interface PublicUrlCheck {
  readonly url: string;
  /** Exact length that was uploaded. */
  readonly sizeBytes: number;
  /** Exact `Content-Type` that must be served. */
  readonly contentType: UploadRequest['contentType'];
  /**
   * True only for a trainer that reaches this machine (`trainer.reach === 'this-machine'`): then http and
   * addresses of this machine or network will do. For every other trainer the address must be https and
   * lead to the public internet only.
   */
  readonly allowLoopback: boolean;
  readonly signal: AbortSignal;
  /** Bound on each of the two requests, in milliseconds. */
  readonly timeoutMs?: number;
  readonly resolve?: Resolve;
}

const TIMEOUT_MS = 20_000;
/** Enough for the `ftyp` box, little enough that no host can be slow about it. */
const RANGE_BYTES = 1024;

/**
 * Reads an uploaded file as the trainer will: through its public address, without credentials and
 * without following a redirect. Finds before any money is spent what the trainer would refuse.
 * The connection is held to the addresses that were judged, so that a name cannot change its mind between.
 * @throws StudioError `HOST_NOT_HTTPS`, `HOST_NOT_PUBLIC_ADDRESS`, `HOST_UNREACHABLE`, `HOST_REDIRECTS`,
 *   `HOST_PRIVATE`, `HOST_FILE_NOT_FOUND`, `HOST_FAILED`, `HOST_WRONG_TYPE`, `HOST_WRONG_LENGTH`,
 *   `HOST_NO_RANGES` or `HOST_NOT_MP4`; `Cancelled`.
 */
export async function verifyPublicUrl(check: PublicUrlCheck): Promise<void> {
  const url = parseAddress(check.url);
  const lookup = check.allowLoopback ? undefined : await requirePublic(url, check.resolve ?? resolveBySystem);
  const request = {
    url,
    method: 'GET',
    timeoutMs: check.timeoutMs ?? TIMEOUT_MS,
    signal: check.signal,
    ...(lookup === undefined ? {} : { lookup }),
  } as const satisfies HttpRequest;

  const statedBytes = await checkWhole(request, check);
  await checkRange(request, check, statedBytes);
}

function parseAddress(address: string): URL {
  let url: URL | null = null;
  try {
    url = new URL(address);
  } catch {
    // Judged with the other addresses that are none.
  }
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new StudioError('HOST_NOT_HTTPS', { reason: 'not a web address' });
  }
  return url;
}

async function requirePublic(url: URL, resolve: Resolve): Promise<LookupFunction> {
  if (url.protocol !== 'https:') throw new StudioError('HOST_NOT_HTTPS', { host: url.host });
  const found = await findPublicHost(url, resolve);
  switch (found.kind) {
    case 'public':
      return found.lookup;
    case 'not-public':
      throw new StudioError('HOST_NOT_PUBLIC_ADDRESS', { host: url.host });
    case 'unknown-name':
      throw new StudioError('HOST_UNREACHABLE', { host: url.host, reason: 'unknown name' });
  }
}

/** The whole file, of which only the head is awaited. Returns the length it states, if it does. */
async function checkWhole(request: HttpRequest, check: PublicUrlCheck): Promise<number | null> {
  const answer = await send(request);
  try {
    checkStatus(answer.status, request.url);
    const type = answer.headers['content-type'] ?? '';
    if (type !== check.contentType) throw new StudioError('HOST_WRONG_TYPE', { type: type || 'nothing' });
    const stated = answer.headers['content-length'];
    if (stated === undefined) return null;
    if (Number(stated) !== check.sizeBytes) {
      throw new StudioError('HOST_WRONG_LENGTH', { expectedBytes: check.sizeBytes, servedBytes: stated });
    }
    return check.sizeBytes;
  } finally {
    answer.body.destroy();
  }
}

async function checkRange(request: HttpRequest, check: PublicUrlCheck, statedBytes: number | null) {
  const last = Math.min(RANGE_BYTES, check.sizeBytes) - 1;
  const answer = await send({ ...request, headers: { range: `bytes=0-${last}` } });
  try {
    checkStatus(answer.status, request.url);
    const range = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(answer.headers['content-range'] ?? '');
    const fits = answer.status === 206 && Number(range?.[1]) === 0 && Number(range?.[2]) === last;
    if (!fits) throw new StudioError('HOST_NO_RANGES', { status: answer.status });
    const total = range?.[3] === '*' ? statedBytes : Number(range?.[3]);
    if (total !== check.sizeBytes) {
      throw new StudioError('HOST_WRONG_LENGTH', {
        expectedBytes: check.sizeBytes,
        servedBytes: total ?? '?',
      });
    }
    const start = await readBytes(answer, check.sizeBytes, last + 1);
    if (start.length !== last + 1) throw new StudioError('HOST_NO_RANGES', { servedBytes: start.length });
    if (check.contentType === 'video/mp4' && !beginsLikeMp4(start)) throw new StudioError('HOST_NOT_MP4');
  } catch (error) {
    throw asHostError(error, request.url);
  } finally {
    answer.body.destroy();
  }
}

function checkStatus(status: number, url: URL): void {
  if (status === 200 || status === 206) return;
  const details = { host: url.host, status };
  if (status >= 300 && status < 400) throw new StudioError('HOST_REDIRECTS', details);
  // R2 answers 400 on its S3 address when a request carries no signature.
  if (status === 400 || status === 401 || status === 403) throw new StudioError('HOST_PRIVATE', details);
  if (status === 404 || status === 410) throw new StudioError('HOST_FILE_NOT_FOUND', details);
  throw new StudioError('HOST_FAILED', details);
}

/** ISO 14496-12: the first box of an mp4 is `ftyp`; its name follows four bytes of size. */
function beginsLikeMp4(start: Buffer): boolean {
  return start.length >= 8 && start.toString('latin1', 4, 8) === 'ftyp';
}

async function send(request: HttpRequest): Promise<HttpAnswer> {
  try {
    return await sendRequest(request);
  } catch (error) {
    throw asHostError(error, request.url);
  }
}

function asHostError(error: unknown, url: URL): unknown {
  if (error instanceof Cancelled || error instanceof StudioError) return error;
  const reason = error instanceof RequestFailure ? error.reason : 'FAILED';
  return new StudioError('HOST_UNREACHABLE', { host: url.host, reason }, { cause: error });
}
