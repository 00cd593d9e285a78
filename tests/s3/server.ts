import { execFile } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import type { TestProject } from 'vitest/node';

/** A real S3 server for tests, or why there is none. */
export type S3Server =
  | {
      readonly kind: 'running';
      readonly endpoint: string;
      readonly accessKeyId: string;
      readonly secretAccessKey: string;
    }
  | { readonly kind: 'cannot'; readonly reason: string };

declare module 'vitest' {
  interface ProvidedContext {
    /** Where `s3Server` asks for the server; it is started at the first question. */
    s3Control: string;
  }
}

const HERE = import.meta.dirname;
/** What `start` ends with when the machine lacks something. */
const CANNOT = 69;
/** It takes ten seconds; a machine may be at something else. Twice this is what `fetch` waits for an answer. */
const START_TIMEOUT_MS = 145_000;

/**
 * Vitest's globalSetup: offers one S3 server to all test files. It takes seconds to start, so it is
 * started only when the first test asks for it.
 */
export default async function offerS3Server(project: TestProject): Promise<() => Promise<void>> {
  let starting: Promise<{ server: S3Server; stop: () => Promise<void> }> | null = null;
  const control = http.createServer((_request, response) => {
    starting ??= start();
    starting.then(
      ({ server }) => response.end(JSON.stringify(server)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => control.listen(0, '127.0.0.1', resolve));
  project.provide('s3Control', `http://127.0.0.1:${(control.address() as AddressInfo).port}`);

  return async () => {
    control.close();
    control.closeAllConnections();
    await (await starting?.catch(() => null))?.stop();
  };
}

/** The server that all tests share. @throws when it should have started and did not. */
export async function s3Server(): Promise<S3Server> {
  const answer = await fetch(inject('s3Control'));
  if (!answer.ok) throw new Error(await answer.text());
  return (await answer.json()) as S3Server;
}

async function start(): Promise<{ server: S3Server; stop: () => Promise<void> }> {
  const nothing = async () => undefined;
  if (process.platform !== 'linux') {
    return { server: { kind: 'cannot', reason: 'the S3 server of the tests runs on Linux' }, stop: nothing };
  }
  const attempt = async () => {
    const folder = await mkdtemp(join(tmpdir(), 'twin-studio-s3.'));
    return { folder, ...(await run(join(HERE, 'start'), [folder], START_TIMEOUT_MS)) };
  };
  let started = await attempt();
  let failed = '';
  // A port that was free when it was asked for may be somebody's when it is used.
  if (started.code === 1) {
    failed = `${started.stderr}\nand once more: `;
    started = await attempt();
  }
  if (started.code === CANNOT)
    return { server: { kind: 'cannot', reason: started.stderr.trim() }, stop: nothing };
  if (started.code !== 0) throw new Error(`tests/s3/start: ${failed}${started.stderr}`);
  const { endpoint, accessKeyId, secretAccessKey } = JSON.parse(started.stdout) as Record<string, string>;
  if (!endpoint || !accessKeyId || !secretAccessKey) throw new Error(`tests/s3/start: ${started.stdout}`);
  return {
    server: { kind: 'running', endpoint, accessKeyId, secretAccessKey },
    stop: async () => void (await run(join(HERE, 'stop'), [started.folder], 60_000)),
  };
}

function run(file: string, args: string[], timeout: number) {
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    execFile(file, args, { timeout }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
      resolve({ code, stdout, stderr: stderr || (error?.message ?? '') });
    });
  });
}
