// @ts-check
/**
 * A stand-in for Segmind on loopback, for what would cost money: it counts and keeps every request, really
 * fetches what it is told to fetch, and can be told how to answer.
 *
 * In a test: `const segmind = await startSegmindDouble()`.
 * As a process of its own: `node tests/doubles/segmind.mjs [--not-ready 1] [--video file.mp4]` prints
 * `{"baseUrl":…}` on one line; then `GET /__counts`, `GET /__requests`, `POST /__answers`.
 */
import { readFileSync } from 'node:fs';
import http from 'node:http';
import { pathToFileURL } from 'node:url';

export const TRAINING_PATH = '/v1/heygen-avatar-v-create';
export const FIRST_WORDS_PATH = '/v1/heygen-avatar-v';
export const CREDITS_PATH = '/v1/get-user-credits';

/**
 * @typedef {{ status: number, headers?: Record<string, string>, body?: string }} PlainAnswer
 * @typedef {keyof typeof ANSWERS | 'close' | 'close-midway' | 'hang'} AnswerName
 * @typedef {AnswerName | PlainAnswer} Answer
 * @typedef {{ method: string, path: string, apiKey: string | null, body: any }} KeptRequest
 * @typedef {object} DoubleOptions
 * @property {string} [apiKey] the only key that is taken; any without it
 * @property {number} [notReadyTimes] first-words requests that find the look still in training, by look
 * @property {'mp4' | 'url'} [firstWordsAs] the video itself, or JSON with its address
 * @property {string} [video] file that first words are; a few bytes that begin like an mp4 without it
 */

const json = (
  /** @type {number} */ status,
  /** @type {unknown} */ value,
  /** @type {Record<string, string>} */ headers = {},
) => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(value),
});
const html = (/** @type {number} */ status) => ({
  status,
  headers: { 'content-type': 'text/html' },
  body: '<!doctype html><title>Sorry</title><h1>Sorry</h1>',
});

/** Answers by name, in the service's own shapes. */
export const ANSWERS = {
  'bad-request': json(400, { error: 'Malformed request' }),
  'key-wrong': json(401, { error: 'Invalid API key' }),
  forbidden: json(403, { error: 'Forbidden' }),
  'unknown-model': json(404, { error: 'Model not found' }),
  'wrong-method': html(405),
  'wrong-content-type': json(406, { error: 'Invalid content type' }),
  'no-credits': json(406, { error: 'Insufficient credits' }),
  'team-limit': json(406, { error: 'Team limit exceeded' }),
  'invalid-parameter': json(422, { error: 'Invalid parameter: name' }),
  busy: json(429, { error: 'Too many requests' }, { 'x-rate-limit-reset-at-utc': '2031-01-02T03:04:05Z' }),
  'server-error': json(500, { error: 'Internal server error' }),
  'server-page': html(500),
  'bad-gateway': html(502),
  'gateway-timeout': html(504),
  html: html(200),
  garbage: { status: 200, headers: { 'content-type': 'application/json' }, body: '{"avatar_id": "av' },
  empty: { status: 200, headers: {}, body: '' },
  'no-avatar': json(200, { status: 'ok' }),
  footage: json(400, { error: 'Footage is too short or too long' }),
  'cannot-fetch': json(400, { error: 'Could not download video_url' }),
};

/** @param {DoubleOptions} [options] */
export async function startSegmindDouble(options = {}) {
  /** @type {KeptRequest[]} */
  const requests = [];
  /** @type {Map<string, { answer: Answer, times: number }[]>} */
  const told = new Map();
  /** @type {Map<string, number>} */
  const asked = new Map();
  /** @type {Record<string, string | number>} */
  let successHeaders = { 'x-remaining-credits': '41.5' };
  let made = 0;
  /** @type {(() => void)[]} */
  const waiting = [];
  const video = options.video === undefined ? smallMp4() : readFileSync(options.video);

  const counts = () => {
    /** @type {Record<string, number>} */
    const byPath = {};
    for (const { path } of requests) byPath[path] = (byPath[path] ?? 0) + 1;
    return byPath;
  };
  const answerWith = (/** @type {string} */ path, /** @type {Answer} */ answer, times = 1) => {
    told.set(path, [...(told.get(path) ?? []), { answer, times }]);
  };
  const nextTold = (/** @type {string} */ path) => {
    const queue = told.get(path) ?? [];
    const first = queue[0];
    if (first === undefined) return null;
    first.times -= 1;
    if (first.times <= 0) queue.shift();
    return first.answer;
  };

  const server = http.createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const text = await readAll(request).catch(() => '');
    if (path.startsWith('/__')) return control(path, text, response);
    if (path === '/made.mp4') return send(response, 200, { 'content-type': 'video/mp4' }, video);

    const apiKey = request.headers['x-api-key'];
    requests.push({
      method: request.method ?? '',
      path,
      apiKey: typeof apiKey === 'string' ? apiKey : null,
      body: parse(text),
    });
    for (const waiter of waiting.splice(0)) waiter();
    const answer = nextTold(path);
    if (answer === 'hang') return;
    if (answer === 'close') return void response.socket?.destroy();
    if (answer === 'close-midway') {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1000 });
      response.write('{"avatar_id":', () => response.socket?.destroy());
      return;
    }
    if (answer !== null) return plain(response, typeof answer === 'string' ? ANSWERS[answer] : answer);

    if (typeof apiKey !== 'string' || (options.apiKey !== undefined && apiKey !== options.apiKey)) {
      return plain(response, ANSWERS['key-wrong']);
    }
    const body = /** @type {any} */ (parse(text));
    if (path === TRAINING_PATH) return train(body, response);
    if (path === FIRST_WORDS_PATH) return firstWords(body, response);
    if (path === CREDITS_PATH) return succeed(response, { credits: 42.75 });
    return plain(response, ANSWERS['unknown-model']);
  });

  /** @param {any} body @param {http.ServerResponse} response */
  async function train(body, response) {
    if (typeof body?.name !== 'string' || typeof body?.video_url !== 'string') {
      return plain(response, ANSWERS['invalid-parameter']);
    }
    const fetched = await fetch(body.video_url, { redirect: 'manual' }).catch(() => null);
    const bytes = fetched === null ? null : await fetched.arrayBuffer().catch(() => null);
    if (fetched === null || fetched.status !== 200 || bytes === null)
      return plain(response, ANSWERS['cannot-fetch']);
    if (fetched.headers.get('content-type') !== 'video/mp4')
      return plain(response, ANSWERS['wrong-content-type']);
    made += 1;
    asked.set(`avatar-${made}`, 0);
    succeed(
      response,
      {
        avatar_id: `avatar-${made}`,
        avatar_group_id: body.avatar_group_id ?? `group-${made}`,
        consent_status: body.consent_reroute_url === undefined ? 'skipped' : 'pending',
      },
      { 'x-cost': '1.25' },
    );
  }

  /** @param {any} body @param {http.ServerResponse} response */
  async function firstWords(body, response) {
    const times = asked.get(body?.avatar_id);
    if (times === undefined) return plain(response, json(404, { error: 'Avatar not found' }));
    if (times < (options.notReadyTimes ?? 0)) {
      asked.set(body.avatar_id, times + 1);
      return plain(response, json(400, { error: 'Avatar is still processing' }));
    }
    const speech = await fetch(body.audio_url, { redirect: 'manual' }).catch(() => null);
    await speech?.arrayBuffer().catch(() => null);
    if (speech === null || speech.status !== 200) {
      return plain(response, json(400, { error: 'Could not download audio_url' }));
    }
    if (options.firstWordsAs === 'url') {
      return succeed(response, { video_url: `${baseUrl}/made.mp4` }, { 'x-cost': '0.2' });
    }
    send(
      response,
      200,
      { ...successHeaders, 'content-type': 'video/mp4', 'x-cost': '0.2', 'x-request-id': requestId() },
      video,
    );
  }

  /** @param {http.ServerResponse} response @param {unknown} value @param {Record<string, string>} [headers] */
  function succeed(response, value, headers = {}) {
    const answer = json(200, value, { 'x-request-id': requestId(), ...headers });
    plain(response, { ...answer, headers: { ...answer.headers, ...successHeaders } });
  }
  const requestId = () => `request-${requests.length}`;

  /** @param {string} path @param {string} text @param {http.ServerResponse} response */
  function control(path, text, response) {
    if (path === '/__counts') return plain(response, json(200, { counts: counts(), total: requests.length }));
    if (path === '/__requests') return plain(response, json(200, requests));
    if (path === '/__answers') {
      const wish = /** @type {any} */ (parse(text));
      answerWith(wish.path, wish.answer, wish.times ?? 1);
      return plain(response, json(200, {}));
    }
    return plain(response, json(404, {}));
  }

  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  const baseUrl = `http://127.0.0.1:${address.port}`;

  return {
    baseUrl,
    /** Everything that was asked, in order. */
    requests,
    /** Number of requests by path. */
    counts,
    /** Resolves once a path has been asked for. @param {string} path */
    async untilRequested(path) {
      while ((counts()[path] ?? 0) === 0)
        await new Promise((resolve) => waiting.push(() => resolve(undefined)));
    },
    /** How the next requests of a path are answered; wishes queue up. */
    answerWith,
    /** Headers of every success from now on, over the usual ones. */
    setSuccessHeaders(/** @type {Record<string, string>} */ headers) {
      successHeaders = headers;
    },
    async close() {
      const closed = new Promise((resolve) => server.close(() => resolve(undefined)));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** @typedef {Awaited<ReturnType<typeof startSegmindDouble>>} SegmindDouble */

/** @param {http.ServerResponse} response @param {PlainAnswer} answer */
function plain(response, { status, headers = {}, body = '' }) {
  send(response, status, headers, Buffer.from(body));
}

/** @param {http.ServerResponse} response @param {number} status @param {Record<string, string | number>} headers @param {Buffer} body */
function send(response, status, headers, body) {
  response.writeHead(status, { ...headers, 'content-length': body.length });
  response.end(body);
}

/** @param {http.IncomingMessage} request */
async function readAll(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** @param {string} text */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A file type box and free space: begins like an mp4, plays nothing. */
function smallMp4() {
  const bytes = Buffer.alloc(64);
  bytes.writeUInt32BE(16, 0);
  bytes.write('ftypisom', 4, 'latin1');
  bytes.writeUInt32BE(48, 16);
  bytes.write('free', 20, 'latin1');
  return bytes;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const flag = (/** @type {string} */ name) => {
    const at = process.argv.indexOf(name);
    return at < 0 ? undefined : process.argv[at + 1];
  };
  const file = flag('--video');
  const double = await startSegmindDouble({
    notReadyTimes: Number(flag('--not-ready') ?? 0),
    ...(file === undefined ? {} : { video: file }),
  });
  console.log(JSON.stringify({ baseUrl: double.baseUrl }));
  process.once('SIGTERM', () => void double.close());
}
