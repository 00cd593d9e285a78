import { timingSafeEqual } from 'node:crypto';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerError, answerJson, answerWrongMethod, PRACTICE_CREDITS } from './answer.ts';
import { handleHosting } from './hosting.ts';
import { handleFirstWords, handleTraining, type TrainingContext } from './training.ts';

export interface PracticeServerOptions extends Omit<TrainingContext, 'signal'> {
  readonly token: string;
  /** Told about what should not happen; the caller of the request gets a 500. */
  readonly onError: (error: unknown) => void;
}

export interface PracticeServer {
  /** e.g. `http://127.0.0.1:40213`. */
  readonly baseUrl: string;
  /** Ends every connection and waits until no request is being worked on. */
  close(): Promise<void>;
}

const HOSTED = '/hosted/';

/** Starts the practice server on a free port of 127.0.0.1. */
export async function startPracticeServer(options: PracticeServerOptions): Promise<PracticeServer> {
  const closing = new AbortController();
  const context: TrainingContext = { ...options, signal: closing.signal };
  const working = new Set<Promise<void>>();

  const server = http.createServer((request, response) => {
    const work = answer(context, options.token, request, response)
      .catch((error: unknown) => {
        if (!callerIsGone(error)) options.onError(error);
        if (response.headersSent) response.destroy();
        else answerError(response, 500, 'Internal server error');
      })
      .finally(() => working.delete(work));
    working.add(work);
  });
  // An upload pauses while something is recorded.
  server.requestTimeout = 0;

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;

  return {
    baseUrl: `http://127.0.0.1:${port}`,
    async close() {
      closing.abort();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
      await Promise.allSettled(working);
    },
  };
}

async function answer(
  context: TrainingContext,
  token: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // A page in a browser may reach this port under a name of its own; only ours are answered.
  if (!isOurName(request)) return answerError(response, 421, 'Misdirected request');
  const path = new URL(request.url ?? '/', 'http://127.0.0.1').pathname;

  if (path.startsWith(HOSTED)) {
    const objectKey = decodeOrNull(path.slice(HOSTED.length));
    if (objectKey === null) return answerError(response, 400, 'Invalid key');
    const mayWrite = isToken(request.headers['x-practice-token'], token);
    return handleHosting(context.store, objectKey, mayWrite, request, response);
  }

  const route = ROUTES[path];
  if (route === undefined) return answerError(response, 404, 'Model not found');
  if (request.method !== route.method) return answerWrongMethod(response);
  if (!isToken(request.headers['x-api-key'], token)) return answerError(response, 401, 'Invalid API key');
  return route.handle(context, request, response);
}

interface Route {
  readonly method: 'GET' | 'POST';
  readonly handle: (
    context: TrainingContext,
    request: IncomingMessage,
    response: ServerResponse,
  ) => Promise<void>;
}

/** Segmind's own paths, so that its client practises too. */
const ROUTES: Readonly<Record<string, Route>> = {
  '/v1/heygen-avatar-v-create': { method: 'POST', handle: handleTraining },
  '/v1/heygen-avatar-v': { method: 'POST', handle: handleFirstWords },
  '/v1/get-user-credits': {
    method: 'GET',
    handle: async (_context, _request, response) => answerJson(response, 200, { credits: PRACTICE_CREDITS }),
  },
};

const GONE: ReadonlySet<string | undefined> = new Set(['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE']);

/** Somebody hung up in the middle, which is theirs to do. */
function callerIsGone(error: unknown): boolean {
  return GONE.has((error as NodeJS.ErrnoException).code);
}

function isOurName(request: IncomingMessage): boolean {
  const port = request.socket.localPort;
  return request.headers.host === `127.0.0.1:${port}` || request.headers.host === `localhost:${port}`;
}

function isToken(given: string | string[] | undefined, token: string): boolean {
  if (typeof given !== 'string') return false;
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function decodeOrNull(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}
