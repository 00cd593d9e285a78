/** Serves the library's media to the window: `studio-media://library/{take|order}/<id>/<what>`. */
import { type FileHandle, open } from 'node:fs/promises';
import parseRange from 'range-parser';
import { OrderIdSchema, TakeIdSchema } from '../../shared/domain/ids.ts';
import type { MediaFile, Studio } from '../studio/studio.ts';

export const MEDIA_SCHEME = 'studio-media';

const ADDRESS =
  /^\/(take|order)\/([0-9a-z_-]{1,60})\/([a-z][a-z-]{0,40}(?:\/[0-9]{1,9}(?:\/[a-z0-9][a-z0-9.,-]{0,80})?)?)$/;
const CONTENT_TYPE = /^(?:video|audio|image)\/[a-z0-9.+-]+$/;
const CHUNK_BYTES = 256 * 1024;

const HEADERS = {
  // Were a file ever taken for a document, it could do nothing.
  'Content-Security-Policy': "default-src 'none'; sandbox",
  'X-Content-Type-Options': 'nosniff',
  // A preview is made anew when its take is; the window must not show the old one.
  'Cache-Control': 'no-cache',
} as const;

type MediaOf = Studio['mediaOf'];

/**
 * Answers GET and HEAD, whole files and single ranges. The address names an id and one of the engine's own
 * words; the engine says which file that is, and no part of the address ever becomes part of a path.
 */
export function mediaHandler(mediaOf: MediaOf): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405, { Allow: 'GET, HEAD' });
    const media = await find(request.url, mediaOf);
    if (media === null || !CONTENT_TYPE.test(media.contentType)) return refuse(404);
    const version = await versionOf(media.file);
    if (version === null) return refuse(404);
    return answer(request, media, version);
  };
}

async function find(address: string, mediaOf: MediaOf): Promise<MediaFile | null> {
  const { host, pathname, search, username, password } = new URL(address);
  if (host !== 'library' || search !== '' || username !== '' || password !== '') return null;
  const [, of, id = '', what = ''] = ADDRESS.exec(pathname) ?? [];
  if (of === 'take' && TakeIdSchema.safeParse(id).success) return mediaOf('take', id, what);
  if (of === 'order' && OrderIdSchema.safeParse(id).success) return mediaOf('order', id, what);
  return null;
}

function answer(request: Request, media: MediaFile, version: Version): Response {
  const { size } = version;
  const headers = { ...HEADERS, 'Content-Type': media.contentType, 'Accept-Ranges': 'bytes' };
  const send = (status: 200 | 206, start: number, end: number, more: Record<string, string>): Response => {
    const length = end - start + 1;
    const body = request.method === 'HEAD' || length === 0 ? null : bytesOf(media.file, version, start, end);
    return new Response(body, { status, headers: { ...headers, ...more, 'Content-Length': String(length) } });
  };

  const wanted = request.headers.get('Range');
  const ranges = wanted === null ? undefined : parseRange(size, wanted);
  if (ranges === -1) return refuse(416, { 'Content-Range': `bytes */${size}`, 'Accept-Ranges': 'bytes' });
  // Malformed headers and several ranges at once are answered with the whole file, as RFC 9110 allows.
  if (ranges === undefined || ranges === -2 || ranges.type !== 'bytes' || ranges.length !== 1)
    return send(200, 0, size - 1, {});
  const [{ start, end } = { start: 0, end: size - 1 }] = ranges;
  return send(206, start, end, { 'Content-Range': `bytes ${start}-${end}/${size}` });
}

function refuse(status: 404 | 405 | 416, more: Record<string, string> = {}): Response {
  return new Response(null, { status, headers: { ...HEADERS, ...more } });
}

/** What tells one version of a file from another that has taken its name. */
interface Version {
  readonly size: number;
  readonly inode: number;
  readonly modifiedMs: number;
}

async function versionOf(file: string): Promise<Version | null> {
  try {
    return await withFile(file, readVersion);
  } catch (error) {
    // The take was moved to the bin, or a source on another disk is gone: there is nothing to show.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

async function readVersion(handle: FileHandle): Promise<Version> {
  const stats = await handle.stat();
  if (!stats.isFile()) throw new Error('Not a file.');
  return { size: stats.size, inode: stats.ino, modifiedMs: stats.mtimeMs };
}

/**
 * The bytes `start` to `end` (both included), read as they are asked for. A player that seeks abandons
 * most of its requests, and not every Electron tells when it does (electron/electron#43056), so no file
 * stays open between two chunks: a stream that nobody reads on holds nothing.
 */
function bytesOf(file: string, version: Version, start: number, end: number): ReadableStream<Uint8Array> {
  let position = start;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const chunk = await withFile(file, (handle) => readChunk(handle, version, position, end));
        position += chunk.byteLength;
        controller.enqueue(chunk);
        if (position > end) controller.close();
      },
    },
    { highWaterMark: 0 },
  );
}

async function readChunk(
  handle: FileHandle,
  expected: Version,
  position: number,
  end: number,
): Promise<Uint8Array> {
  const now = await readVersion(handle);
  if (now.inode !== expected.inode || now.size !== expected.size || now.modifiedMs !== expected.modifiedMs)
    throw new Error('The file was replaced while it was read.');
  const chunk = new Uint8Array(Math.min(CHUNK_BYTES, end - position + 1));
  const { bytesRead } = await handle.read(chunk, 0, chunk.byteLength, position);
  if (bytesRead === 0) throw new Error('The file ended early.');
  return chunk.subarray(0, bytesRead);
}

async function withFile<T>(file: string, use: (handle: FileHandle) => Promise<T>): Promise<T> {
  const handle = await open(file, 'r');
  try {
    return await use(handle);
  } finally {
    await handle.close();
  }
}
