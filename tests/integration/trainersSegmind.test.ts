import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SegmindTrainer, type TrainerLogLine } from '../../electron/trainers/segmind.ts';
import { SEGMIND_PRICE } from '../../electron/trainers/segmindFacts.ts';
import { POSSIBLY_CHARGED } from '../../electron/trainers/trainer.ts';
import { Cancelled, StudioError } from '../../shared/errors.ts';
import {
  type Answer,
  CREDITS_PATH,
  FIRST_WORDS_PATH,
  type SegmindDouble,
  startSegmindDouble,
  TRAINING_PATH,
} from '../doubles/segmind.ts';

const API_KEY = 'SG_0123456789abcdef';
const TIMEOUTS = { training: 30_000, 'first-words': 30_000, credits: 30_000 };

let folder: string;
let files: http.Server;
let videoUrl: string;
let audioUrl: string;
let segmind: SegmindDouble;
let log: TrainerLogLine[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'twin-studio-trainers-'));
  files = http.createServer((request, response) => {
    const type =
      request.url === '/v.mp4' ? 'video/mp4' : request.url === '/a.mp3' ? 'audio/mpeg' : 'text/plain';
    response.writeHead(request.url === '/gone' ? 404 : 200, { 'content-type': type }).end('bytes');
  });
  await new Promise<void>((resolve) => files.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(files.address() as AddressInfo).port}`;
  videoUrl = `${base}/v.mp4`;
  audioUrl = `${base}/a.mp3`;
});
afterAll(async () => {
  files.closeAllConnections();
  files.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  segmind = await startSegmindDouble();
  log = [];
});
afterEach(() => segmind.close());

const makeTrainer = (over: Partial<ConstructorParameters<typeof SegmindTrainer>[0]> = {}) =>
  new SegmindTrainer({
    apiKey: API_KEY,
    baseUrl: segmind.baseUrl,
    timeouts: TIMEOUTS,
    onLog: (line) => void log.push(line),
    ...over,
  });

const training = (over: Partial<Parameters<SegmindTrainer['train']>[0]> = {}) => ({
  name: 'Ada',
  videoUrl,
  avatarGroupId: null,
  consentUrl: null,
  ...over,
});
const firstWords = (avatarId: string) => ({
  avatarId,
  audioUrl,
  aspectRatio: '16:9' as const,
  saveTo: join(folder, `${randomUUID()}.mp4`),
});

/** Fails unless the promise fails with a StudioError that holds no key; says whether it may have been charged. */
async function outcomeOf(
  promise: Promise<unknown>,
): Promise<{ code: string; charged: boolean; details: object }> {
  const error: unknown = await promise.then(
    () => new Error('it worked'),
    (thrown: unknown) => thrown,
  );
  expect(inspect(error, { depth: 12, showHidden: true, maxStringLength: null })).not.toContain(API_KEY);
  expect(JSON.stringify(log)).not.toContain(API_KEY);
  if (!(error instanceof StudioError)) throw error;
  const possibly: readonly string[] = POSSIBLY_CHARGED;
  return { code: error.code, charged: possibly.includes(error.code), details: error.details };
}

describe('the known-good journey', () => {
  it('trains, asks while it goes on, and saves the first words', async () => {
    await segmind.close();
    segmind = await startSegmindDouble({ apiKey: API_KEY, notReadyTimes: 2 });
    const trainer = makeTrainer();
    expect(trainer.reach).toBe('this-machine');
    expect(await trainer.credits(new AbortController().signal)).toBe(42.75);

    const answer = await trainer.train(training());
    expect(answer).toMatchObject({
      look: { avatarId: 'avatar-1', avatarGroupId: 'group-1', consentStatus: 'skipped' },
      usd: 1.25,
      requestId: expect.stringMatching(/^request-/),
    });
    const request = firstWords('avatar-1');
    expect(await trainer.firstWords(request)).toEqual({ kind: 'not-ready' });
    expect(await trainer.firstWords(request)).toEqual({ kind: 'not-ready' });
    expect(await trainer.firstWords(request)).toMatchObject({ kind: 'ready', usd: 0.2 });
    expect((await readFile(request.saveTo)).toString('latin1', 4, 8)).toBe('ftyp');
    expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
    expect(segmind.counts()).toEqual({ [CREDITS_PATH]: 1, [TRAINING_PATH]: 1, [FIRST_WORDS_PATH]: 3 });
    expect(log.map((line) => [line.step, line.status])).toEqual([
      ['credits', 200],
      ['training', 200],
      ['first-words', 400],
      ['first-words', 400],
      ['first-words', 200],
    ]);
    expect(JSON.stringify(log)).not.toContain(API_KEY);
  });

  it('sends what the service documents, and only what was asked for', async () => {
    const trainer = makeTrainer();
    await trainer.train(training());
    await trainer.train(training({ avatarGroupId: 'group-1', consentUrl: 'https://example.com/agreed' }));
    await trainer.firstWords(firstWords('avatar-2'));
    expect(segmind.requests.map(({ body }) => body)).toEqual([
      { name: 'Ada', video_url: videoUrl },
      {
        name: 'Ada',
        video_url: videoUrl,
        avatar_group_id: 'group-1',
        consent_reroute_url: 'https://example.com/agreed',
      },
      { avatar_id: 'avatar-2', audio_url: audioUrl, resolution: '720p', aspect_ratio: '16:9' },
    ]);
    expect(segmind.requests.every(({ apiKey }) => apiKey === API_KEY)).toBe(true);
  });

  it('takes first words as an address too', async () => {
    await segmind.close();
    segmind = await startSegmindDouble({ firstWordsAs: 'url' });
    await makeTrainer().train(training());
    const request = firstWords('avatar-1');
    expect(await makeTrainer().firstWords(request)).toMatchObject({ kind: 'ready', usd: 0.2 });
    expect((await readFile(request.saveTo)).toString('latin1', 4, 8)).toBe('ftyp');
  });

  it('believes a sane cost only, and else the list price', async () => {
    for (const [cost, usd] of [
      ['1.5', 1.5],
      ['12500', 1.25],
      ['0', 1.25],
      ['x', 1.25],
    ] as const) {
      segmind.setSuccessHeaders({ 'x-cost': cost });
      expect((await makeTrainer().train(training())).usd).toBe(usd);
    }
    expect(SEGMIND_PRICE).toEqual({ trainingUsd: 1.25, firstWordsUsd: 0.4 });
  });
});

const TRAINING_TABLE: readonly [answer: Answer, code: string, charged: boolean][] = [
  ['bad-request', 'TRAINER_REFUSED_REQUEST', false],
  ['key-wrong', 'TRAINER_KEY_WRONG', false],
  ['forbidden', 'TRAINER_FORBIDDEN', false],
  ['unknown-model', 'TRAINER_UNKNOWN_MODEL', false],
  ['wrong-method', 'TRAINER_UNKNOWN_MODEL', false],
  ['wrong-content-type', 'TRAINER_WRONG_CONTENT_TYPE', false],
  ['no-credits', 'TRAINER_NO_CREDITS', false],
  ['team-limit', 'TRAINER_TEAM_LIMIT', false],
  ['invalid-parameter', 'TRAINER_REFUSED_REQUEST', false],
  ['busy', 'TRAINER_BUSY', false],
  ['server-error', 'TRAINER_FAILED', false],
  ['footage', 'TRAINER_REFUSED_FOOTAGE', false],
  [{ status: 200, body: '{"error":"Footage is too short or too long"}' }, 'TRAINER_REFUSED_FOOTAGE', false],
  ['cannot-fetch', 'TRAINER_CANNOT_FETCH', false],
  [{ status: 307, headers: { location: '/elsewhere' } }, 'TRAINER_UNKNOWN_MODEL', false],
  ['server-page', 'TRAINER_ANSWER_UNREADABLE', true],
  ['html', 'TRAINER_ANSWER_UNREADABLE', true],
  ['garbage', 'TRAINER_ANSWER_UNREADABLE', true],
  ['empty', 'TRAINER_ANSWER_UNREADABLE', true],
  ['no-avatar', 'TRAINER_ANSWER_UNREADABLE', true],
  ['bad-gateway', 'TRAINER_ANSWER_LOST', true],
  ['gateway-timeout', 'TRAINER_ANSWER_LOST', true],
  ['close', 'TRAINER_ANSWER_LOST', true],
  ['close-midway', 'TRAINER_ANSWER_LOST', true],
];

describe('what a training request can meet', () => {
  it.each(TRAINING_TABLE)('%j: %s, possibly charged: %s', async (answer, code, charged) => {
    segmind.answerWith(TRAINING_PATH, answer);
    expect(await outcomeOf(makeTrainer().train(training()))).toMatchObject({ code, charged });
    expect(segmind.counts()[TRAINING_PATH]).toBe(1);
    // The control: the same request, told nothing, works.
    expect((await makeTrainer().train(training())).look.avatarId).toBe('avatar-1');
  });

  it('no answer at all', async () => {
    segmind.answerWith(TRAINING_PATH, 'hang');
    const trainer = makeTrainer({ timeouts: { training: 1500 } });
    expect(await outcomeOf(trainer.train(training()))).toMatchObject({
      code: 'TRAINER_ANSWER_LOST',
      charged: true,
      details: { reason: 'TIMEOUT' },
    });
    expect(segmind.counts()[TRAINING_PATH]).toBe(1);
  });

  it('a trainer that is told when to come back', async () => {
    segmind.answerWith(TRAINING_PATH, 'busy');
    expect((await outcomeOf(makeTrainer().train(training()))).details).toMatchObject({
      resetAt: '2031-01-02T03:04:05.000Z',
    });
  });

  it('the key repeated in the error', async () => {
    segmind.answerWith(TRAINING_PATH, {
      status: 500,
      headers: { 'x-request-id': API_KEY },
      body: JSON.stringify({ error: `bad key ${API_KEY} for ${videoUrl}` }),
    });
    expect(await outcomeOf(makeTrainer().train(training()))).toMatchObject({ code: 'TRAINER_FAILED' });
  });

  it('footage that the trainer fetches and refuses', async () => {
    const base = videoUrl.replace('/v.mp4', '');
    const refused = (path: string) => outcomeOf(makeTrainer().train(training({ videoUrl: base + path })));
    expect((await refused('/text')).code).toBe('TRAINER_WRONG_CONTENT_TYPE');
    expect((await refused('/gone')).code).toBe('TRAINER_CANNOT_FETCH');
  });

  it('nobody listening: certainly not charged', async () => {
    const trainer = makeTrainer({ baseUrl: 'http://127.0.0.1:1' });
    expect(await outcomeOf(trainer.train(training()))).toMatchObject({
      code: 'TRAINER_UNREACHABLE',
      charged: false,
      details: { reason: 'ECONNREFUSED' },
    });
  });

  it('a line that cannot be encrypted: certainly not charged', async () => {
    const received: string[] = [];
    const plain = net.createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', (data) => {
        received.push(data.toString('latin1'));
        socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
      });
    });
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
    const trainer = makeTrainer({ baseUrl: `https://127.0.0.1:${(plain.address() as AddressInfo).port}` });
    expect(await outcomeOf(trainer.train(training()))).toMatchObject({
      code: 'TRAINER_UNREACHABLE',
      charged: false,
    });
    expect(received.join('')).not.toContain(API_KEY);
    plain.close();
  });
});

describe('what a request for first words can meet', () => {
  const ask = async (answer: Answer, over = {}) => {
    await makeTrainer().train(training());
    segmind.answerWith(FIRST_WORDS_PATH, answer);
    return makeTrainer(over).firstWords(firstWords('avatar-1'));
  };

  it.each<[Answer, string, boolean]>([
    ['key-wrong', 'TRAINER_KEY_WRONG', false],
    ['no-credits', 'TRAINER_NO_CREDITS', false],
    ['team-limit', 'TRAINER_TEAM_LIMIT', false],
    ['busy', 'TRAINER_BUSY', false],
    ['unknown-model', 'TRAINER_UNKNOWN_MODEL', false],
    ['footage', 'TRAINER_REFUSED_FOOTAGE', false],
    ['bad-gateway', 'TRAINER_ANSWER_LOST', true],
    ['close', 'TRAINER_ANSWER_LOST', true],
    ['close-midway', 'TRAINER_ANSWER_LOST', true],
    ['html', 'TRAINER_ANSWER_UNREADABLE', true],
    ['garbage', 'TRAINER_ANSWER_UNREADABLE', true],
    ['empty', 'TRAINER_ANSWER_UNREADABLE', true],
    ['no-avatar', 'TRAINER_ANSWER_UNREADABLE', true],
    [{ status: 200, body: '{"url":"http://127.0.0.1:1/v.mp4"}' }, 'TRAINER_ANSWER_LOST', true],
  ])('%j: %s, possibly charged: %s', async (answer, code, charged) => {
    expect(await outcomeOf(ask(answer))).toMatchObject({ code, charged });
    expect(segmind.counts()[FIRST_WORDS_PATH]).toBe(1);
    expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it.each<[Answer]>([
    ['server-error'],
    [{ status: 404, body: '{"error":"Avatar not found"}' }],
    [{ status: 422, body: '{"detail":[{"loc":["body","avatar_id"],"msg":"avatar is not ready"}]}' }],
  ])('%j means that training goes on', async (answer) => {
    expect(await ask(answer)).toEqual({ kind: 'not-ready' });
  });

  it('no answer at all', async () => {
    expect(await outcomeOf(ask('hang', { timeouts: { 'first-words': 1500 } }))).toMatchObject({
      code: 'TRAINER_ANSWER_LOST',
      charged: true,
    });
  });

  it('an address whose content is not a video', async () => {
    const answer = { status: 200, body: JSON.stringify({ url: audioUrl }) };
    expect(await outcomeOf(ask(answer))).toMatchObject({ code: 'TRAINER_ANSWER_UNREADABLE', charged: true });
  });

  it('a folder that cannot be written: nothing is sent', async () => {
    const file = join(folder, 'a-file');
    await writeFile(file, '');
    const request = { ...firstWords('avatar-1'), saveTo: join(file, 'words.mp4') };
    expect(await outcomeOf(makeTrainer().firstWords(request))).toMatchObject({ code: 'FOLDER_UNREADABLE' });
    expect(segmind.counts()).toEqual({});
  });
});

describe('credits', () => {
  const credits = () => makeTrainer().credits(new AbortController().signal);

  it('are unknown where the answer does not say', async () => {
    segmind.answerWith(CREDITS_PATH, { status: 200, body: '{}' });
    expect(await credits()).toBeNull();
  });

  it.each<[Answer, string]>([
    ['key-wrong', 'TRAINER_KEY_WRONG'],
    ['html', 'TRAINER_FAILED'],
    ['bad-gateway', 'TRAINER_FAILED'],
    ['close', 'TRAINER_UNREACHABLE'],
    ['close-midway', 'TRAINER_UNREACHABLE'],
  ])('%j: %s, and never possibly charged', async (answer, code) => {
    segmind.answerWith(CREDITS_PATH, answer);
    expect(await outcomeOf(credits())).toMatchObject({ code, charged: false });
  });

  it('can be cancelled', async () => {
    segmind.answerWith(CREDITS_PATH, 'hang');
    const stop = new AbortController();
    const asked = makeTrainer().credits(stop.signal);
    stop.abort();
    await expect(asked).rejects.toBeInstanceOf(Cancelled);
  });
});

describe('a trainer on the internet', () => {
  const resolve = async (name: string) => [
    { address: name.startsWith('inside') ? '10.0.0.1' : '203.0.114.1', family: 4 },
  ];
  const trainer = () => makeTrainer({ baseUrl: 'https://api.segmind.example', resolve });

  it('is never sent an address that only this machine or network can reach', async () => {
    expect(trainer().reach).toBe('public');
    for (const [address, code] of [
      [videoUrl, 'HOST_NOT_HTTPS'],
      ['https://127.0.0.1/v.mp4', 'HOST_NOT_PUBLIC_ADDRESS'],
      ['https://localhost/v.mp4', 'HOST_NOT_PUBLIC_ADDRESS'],
      ['https://inside.example/v.mp4', 'HOST_NOT_PUBLIC_ADDRESS'],
    ] as const) {
      const local = async () => [{ address: '127.0.0.1', family: 4 }];
      const over = address.includes('localhost') ? { resolve: local } : { resolve };
      const strict = makeTrainer({ baseUrl: 'https://api.segmind.example', ...over });
      expect(await outcomeOf(strict.train(training({ videoUrl: address })))).toMatchObject({ code });
      expect(await outcomeOf(strict.firstWords({ ...firstWords('a'), audioUrl: address }))).toMatchObject({
        code,
      });
    }
    expect(log).toEqual([]);
  });

  it('is never sent the key in clear text', () => {
    expect(() => makeTrainer({ baseUrl: 'http://api.segmind.example' })).toThrow(
      expect.objectContaining({ code: 'SETTINGS_INVALID' }),
    );
    expect(() => makeTrainer({ apiKey: ' ' })).toThrow(
      expect.objectContaining({ code: 'TRAINER_NOT_CONFIGURED' }),
    );
  });

  it('has a fingerprint that stays, differs by account, and tells nothing', () => {
    const fingerprint = trainer().accountFingerprint();
    expect(fingerprint).toMatch(/^[0-9a-f]{16}$/);
    expect(trainer().accountFingerprint()).toBe(fingerprint);
    expect(makeTrainer().accountFingerprint()).not.toBe(fingerprint);
    expect(
      makeTrainer({ baseUrl: 'https://api.segmind.example', apiKey: 'other' }).accountFingerprint(),
    ).not.toBe(fingerprint);
  });
});
