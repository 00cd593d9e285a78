import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type PublicUrlCheck, verifyPublicUrl } from '../../electron/hosts/verifyPublicUrl.ts';
import { Cancelled } from '../../shared/errors.ts';

const SIZE = 5000;
const VIDEO = Buffer.alloc(SIZE, 7);
VIDEO.writeUInt32BE(24, 0);
VIDEO.write('ftypisom', 4, 'latin1');

type Behave = (request: IncomingMessage, response: ServerResponse) => void;

const open: http.Server[] = [];
afterEach(() => {
  for (const server of open.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(behave: Behave): Promise<string> {
  const server = http.createServer(behave);
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/face.mp4`;
}

/** A host without fault, except for what `over` changes. */
function host(
  over: { type?: string; body?: Buffer; length?: number; ranges?: boolean; total?: number } = {},
): Behave {
  const body = over.body ?? VIDEO;
  const type = over.type ?? 'video/mp4';
  return (request, response) => {
    const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '');
    if (range === null || over.ranges === false) {
      response.writeHead(200, { 'content-type': type, 'content-length': over.length ?? body.length });
      response.end(body);
      return;
    }
    const part = body.subarray(Number(range[1]), Number(range[2]) + 1);
    response.writeHead(206, {
      'content-type': type,
      'content-length': part.length,
      'content-range': `bytes ${range[1]}-${range[2]}/${over.total ?? body.length}`,
    });
    response.end(part);
  };
}

const status = (code: number, headers: Record<string, string> = {}): Behave => {
  return (_request, response) => response.writeHead(code, headers).end();
};

const verify = (url: string, over: Partial<PublicUrlCheck> = {}) =>
  verifyPublicUrl({
    url,
    sizeBytes: SIZE,
    contentType: 'video/mp4',
    allowLoopback: true,
    signal: new AbortController().signal,
    timeoutMs: 20_000,
    ...over,
  });

describe('verifying what a host serves', () => {
  it('passes a host without fault, and sends no credentials', async () => {
    const seen: IncomingMessage[] = [];
    const url = await serve((request, response) => {
      seen.push(request);
      host()(request, response);
    });
    await verify(url);
    expect(seen.map((request) => request.headers.range)).toEqual([undefined, 'bytes=0-1023']);
    for (const { headers } of seen) {
      expect(headers.authorization).toBeUndefined();
      expect(headers.cookie).toBeUndefined();
    }
  });

  it('passes a host that does not state the length of the whole file but that of the part', async () => {
    const url = await serve((request, response) => {
      if (request.headers.range !== undefined) return host()(request, response);
      response.writeHead(200, { 'content-type': 'video/mp4' });
      response.write(VIDEO);
      response.end();
    });
    await verify(url);
  });

  it('passes sound that is sound', async () => {
    const url = await serve(host({ type: 'audio/mpeg', body: Buffer.alloc(SIZE, 1) }));
    await verify(url, { contentType: 'audio/mpeg' });
  });

  it('passes a file shorter than the part it asks for', async () => {
    const body = VIDEO.subarray(0, 40);
    await verify(await serve(host({ body })), { sizeBytes: 40 });
  });

  it.each<[string, string, Behave]>([
    ['a redirect', 'HOST_REDIRECTS', status(302, { location: 'https://elsewhere.example/' })],
    ['a permanent redirect', 'HOST_REDIRECTS', status(308, { location: '/elsewhere' })],
    ['401', 'HOST_PRIVATE', status(401)],
    ['403', 'HOST_PRIVATE', status(403)],
    ['400 for want of a signature', 'HOST_PRIVATE', status(400)],
    ['404', 'HOST_FILE_NOT_FOUND', status(404)],
    ['500', 'HOST_FAILED', status(500)],
    ['429', 'HOST_FAILED', status(429)],
    ['another type', 'HOST_WRONG_TYPE', host({ type: 'application/octet-stream' })],
    ['a type with a parameter', 'HOST_WRONG_TYPE', host({ type: 'video/mp4; charset=utf-8' })],
    ['no type', 'HOST_WRONG_TYPE', (_request, response) => void response.end(VIDEO)],
    ['another length', 'HOST_WRONG_LENGTH', host({ body: VIDEO.subarray(0, 4000) })],
    ['another length in the range', 'HOST_WRONG_LENGTH', host({ total: 4999 })],
    ['no ranges', 'HOST_NO_RANGES', host({ ranges: false })],
    ['something else than an mp4', 'HOST_NOT_MP4', host({ body: Buffer.alloc(SIZE, 60) })],
    ['a broken connection', 'HOST_UNREACHABLE', (_request, response) => void response.socket?.destroy()],
  ])('finds %s: %s', async (_what, code, behave) => {
    await expect(verify(await serve(behave))).rejects.toMatchObject({ code });
  });

  it('finds another length of the whole file, though that of the part is right', async () => {
    const url = await serve((request, response) => {
      if (request.headers.range !== undefined) return host()(request, response);
      response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': 4999 });
      response.end(VIDEO.subarray(1));
    });
    await expect(verify(url)).rejects.toMatchObject({ code: 'HOST_WRONG_LENGTH' });
  });

  it.each([
    ['a part that begins elsewhere', 206, `bytes 5-1023/${SIZE}`],
    ['a part that ends elsewhere', 206, `bytes 0-1022/${SIZE}`],
    ['a whole that calls itself a part', 200, `bytes 0-1023/${SIZE}`],
    ['a part that does not say which', 206, undefined],
  ])('finds %s', async (_what, code, range) => {
    const url = await serve((request, response) => {
      if (request.headers.range === undefined) return host()(request, response);
      response.writeHead(code, { 'content-type': 'video/mp4', ...(range && { 'content-range': range }) });
      response.end(VIDEO.subarray(0, 1024));
    });
    await expect(verify(url)).rejects.toMatchObject({ code: 'HOST_NO_RANGES' });
  });

  it('finds a range that is answered with another one', async () => {
    const url = await serve((request, response) => {
      if (request.headers.range !== undefined) request.headers.range = 'bytes=10-1033';
      host()(request, response);
    });
    await expect(verify(url)).rejects.toMatchObject({ code: 'HOST_NO_RANGES' });
  });

  it('gives up on a host that never answers, and on one that stops in the middle', async () => {
    const silent = await serve(() => undefined);
    await expect(verify(silent, { timeoutMs: 200 })).rejects.toMatchObject({
      code: 'HOST_UNREACHABLE',
      details: { reason: 'TIMEOUT' },
    });
    const stuck = await serve((request, response) => {
      if (request.headers.range === undefined) return host()(request, response);
      response.writeHead(206, { 'content-type': 'video/mp4', 'content-range': `bytes 0-1023/${SIZE}` });
      response.write(VIDEO.subarray(0, 10));
    });
    await expect(verify(stuck, { timeoutMs: 200 })).rejects.toMatchObject({ code: 'HOST_UNREACHABLE' });
  });

  it('finds nobody there, and stops when asked to', async () => {
    await expect(verify('http://127.0.0.1:1/face.mp4')).rejects.toMatchObject({ code: 'HOST_UNREACHABLE' });
    const stop = new AbortController();
    const url = await serve(() => stop.abort());
    await expect(verify(url, { signal: stop.signal })).rejects.toBeInstanceOf(Cancelled);
  });
});

describe('verifying for a trainer on the internet', () => {
  const verifyPublic = (url: string, ...addresses: string[]) =>
    verify(url, {
      allowLoopback: false,
      resolve: async () => addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    });

  it.each([
    ['http://files.example.com/a.mp4', 'HOST_NOT_HTTPS'],
    ['not an address', 'HOST_NOT_HTTPS'],
    ['ftp://files.example.com/a.mp4', 'HOST_NOT_HTTPS'],
    ['https://127.0.0.1/a.mp4', 'HOST_NOT_PUBLIC_ADDRESS'],
    ['https://[::1]/a.mp4', 'HOST_NOT_PUBLIC_ADDRESS'],
    ['https://192.168.1.10/a.mp4', 'HOST_NOT_PUBLIC_ADDRESS'],
  ])('refuses %s: %s', async (url, code) => {
    await expect(verifyPublic(url, '8.8.8.8')).rejects.toMatchObject({ code });
  });

  it.each([
    '127.0.0.1',
    '10.0.0.5',
    '169.254.169.254',
    '100.64.0.1',
    '::1',
    'fe80::1',
    'fd00::1',
    '::ffff:10.0.0.1',
  ])('refuses a name that also leads to %s', async (address) => {
    await expect(verifyPublic('https://files.example.com/a.mp4', '8.8.8.8', address)).rejects.toMatchObject({
      code: 'HOST_NOT_PUBLIC_ADDRESS',
      details: { host: 'files.example.com' },
    });
  });

  it('tells a name that nobody knows', async () => {
    await expect(verifyPublic('https://files.example.com/a.mp4')).rejects.toMatchObject({
      code: 'HOST_UNREACHABLE',
    });
  });
});
