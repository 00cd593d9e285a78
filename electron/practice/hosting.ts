import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import parseRange from 'range-parser';
import { answerError, answerWrongMethod } from './answer.ts';
import type { PracticeStore } from './store.ts';

const CONTENT_TYPES: ReadonlySet<string> = new Set(['video/mp4', 'audio/mpeg', 'audio/wav']);
/** Ten minutes of 4K at a rate no master comes near. */
const MOST_BYTES = 16 * 1024 ** 3;

/**
 * Serves and stores files below `/hosted/`. Reading needs no token, as with a public bucket: the key
 * cannot be guessed. Writing and deleting do.
 */
export async function handleHosting(
  store: PracticeStore,
  objectKey: string,
  mayWrite: boolean,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!store.isObjectKey(objectKey)) return answerError(response, 400, 'Invalid key');
  switch (request.method) {
    case 'GET':
    case 'HEAD':
      return read(store, objectKey, request, response);
    case 'PUT':
      if (!mayWrite) return answerError(response, 403, 'Forbidden');
      return write(store, objectKey, request, response);
    case 'DELETE':
      if (!mayWrite) return answerError(response, 403, 'Forbidden');
      await store.removeObject(objectKey);
      response.writeHead(204).end();
      return;
    default:
      return answerWrongMethod(response);
  }
}

async function write(
  store: PracticeStore,
  objectKey: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const contentType = request.headers['content-type'] ?? '';
  const sizeBytes = Number(request.headers['content-length'] ?? Number.NaN);
  const retainUntil = request.headers['x-retain-until'];
  if (!CONTENT_TYPES.has(contentType)) return answerError(response, 415, 'Unsupported content type');
  if (!Number.isSafeInteger(sizeBytes)) return answerError(response, 411, 'Length required');
  if (sizeBytes > MOST_BYTES) return answerError(response, 413, 'Too large');
  await store.writeObject(
    { objectKey, contentType, sizeBytes, retainUntil: typeof retainUntil === 'string' ? retainUntil : null },
    request,
  );
  response.writeHead(201).end();
}

async function read(
  store: PracticeStore,
  objectKey: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const found = await store.readObject(objectKey);
  const there = found === null ? null : await stat(found.file).catch(() => null);
  if (found === null || there === null) return answerError(response, 404, 'Not found');
  const { contentType, sizeBytes } = found.object;
  const headers = { 'content-type': contentType, 'accept-ranges': 'bytes', 'cache-control': 'no-store' };

  const asked = request.headers.range;
  const ranges = asked === undefined ? -2 : parseRange(sizeBytes, asked);
  if (ranges === -1) {
    response.writeHead(416, { 'content-range': `bytes */${sizeBytes}` }).end();
    return;
  }
  // Several ranges at once may be answered with the whole file (RFC 9110, 14.2).
  const range = ranges !== -2 && ranges.type === 'bytes' && ranges.length === 1 ? ranges[0] : undefined;
  const start = range?.start ?? 0;
  const end = range?.end ?? sizeBytes - 1;
  response.writeHead(range === undefined ? 200 : 206, {
    ...headers,
    'content-length': end - start + 1,
    ...(range === undefined ? {} : { 'content-range': `bytes ${start}-${end}/${sizeBytes}` }),
  });
  if (request.method === 'HEAD' || sizeBytes === 0) {
    response.end();
    return;
  }
  await pipeline(createReadStream(found.file, { start, end }), response);
}
