/** Builds the page of the coach's tests and serves it the way the app does: same headers, same models. */
import { createReadStream } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { appFileHandler } from '../../electron/desktop/appFiles.ts';
import { faceModels } from '../../tools/bundles.mjs';
import { removeFolder } from '../removeFolder.ts';

export interface CoachSite {
  readonly url: string;
  /** Makes a file available to the page; its address. */
  give(file: string): string;
  close(): Promise<void>;
}

export async function startCoachSite(): Promise<CoachSite> {
  const pages = await mkdtemp(join(tmpdir(), 'twin-studio-coach-'));
  await build({
    root: fileURLToPath(new URL('.', import.meta.url)),
    configFile: false,
    logLevel: 'error',
    plugins: [faceModels()],
    // The oldest Chromium the window runs in.
    build: { outDir: pages, emptyOutDir: true, target: 'chrome114' },
  });
  const pageFile = appFileHandler(pages);
  const given: string[] = [];
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const picture = given[Number(/^\/picture\/(\d+)$/.exec(path)?.[1])];
    if (picture !== undefined) {
      response.writeHead(200, { 'Content-Type': 'application/octet-stream' });
      createReadStream(picture).pipe(response);
      return;
    }
    pageFile(new Request(`studio://app${path === '/' ? '/index.html' : path}`))
      .then(async (answer) => {
        const body = new Uint8Array(await answer.arrayBuffer());
        response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(body);
      })
      .catch(() => response.writeHead(500).end());
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    url,
    give: (file) => `${url}picture/${given.push(file) - 1}`,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      await removeFolder(pages);
    },
  };
}
