/** Builds the page of the recorder's tests, serves it the way the app does, and keeps what it records. */
import { appendFile, mkdtemp } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { appFileHandler } from '../../electron/desktop/appFiles.ts';
import { removeFolder } from '../removeFolder.ts';

export interface RecorderSite {
  readonly url: string;
  /** What the page stored under this name. */
  fileOf(name: string): string;
  close(): Promise<void>;
}

const script = (text: string): Response =>
  new Response(text, { headers: { 'content-type': 'text/javascript' } });

/** Makes a browser, or a worker of it, one that has no encoder of the codecs whose names begin so. */
function lacksCodecs(codecs: readonly string[]): string {
  return `const ask = VideoEncoder.isConfigSupported.bind(VideoEncoder);
VideoEncoder.isConfigSupported = async (config) =>
  ${JSON.stringify(codecs)}.some((codec) => config.codec.startsWith(codec)) ? { supported: false, config } : ask(config);`;
}

export async function startRecorderSite(): Promise<RecorderSite> {
  const folder = await mkdtemp(join(tmpdir(), 'twin-studio-recorder-'));
  const pages = join(folder, 'pages');
  await build({
    root: fileURLToPath(new URL('.', import.meta.url)),
    configFile: false,
    logLevel: 'error',
    // The oldest Chromium the window runs in.
    build: { outDir: pages, emptyOutDir: true, target: 'chrome114' },
  });
  const pageFile = appFileHandler(pages);
  const fileOf = (name: string): string => join(folder, name);
  const answer = async (request: IncomingMessage): Promise<Response> => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const [, milliseconds] = /^\/wait\/(\d+)$/.exec(path) ?? [];
    if (milliseconds !== undefined) {
      await pause(Number(milliseconds));
      return new Response(null, { status: 200 });
    }
    const [, without = '', worker] = /^\/without\/([a-z0-9,]+)(\/.+)$/.exec(path) ?? [];
    if (worker !== undefined) return script(`import '/lacks/${without}';\nimport '${worker}';`);
    const [, lacks] = /^\/lacks\/([a-z0-9,]+)$/.exec(path) ?? [];
    if (lacks !== undefined) return script(lacksCodecs(lacks.split(',')));
    const [, name] = /^\/store\/([a-z0-9.-]+)$/.exec(path) ?? [];
    if (name === undefined)
      return pageFile(new Request(`studio://app${path === '/' ? '/index.html' : path}`));
    await appendFile(fileOf(name), await buffer(request));
    return new Response(null, { status: 200 });
  };
  const server = createServer((request, response) => {
    answer(request)
      .then(async (given) => {
        const body = new Uint8Array(await given.arrayBuffer());
        response.writeHead(given.status, Object.fromEntries(given.headers)).end(body);
      })
      .catch(() => response.writeHead(500).end());
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    fileOf,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      await removeFolder(folder);
    },
  };
}
