import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import ffmpegInstaller from '@ffmpeg-installer/ffmpeg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeObjectKey } from '../../electron/hosts/objectKey.ts';
import { PracticeHost } from '../../electron/hosts/practice.ts';
import { verifyPublicUrl } from '../../electron/hosts/verifyPublicUrl.ts';
import { Practice } from '../../electron/practice/practice.ts';
import { PracticeStore } from '../../electron/practice/store.ts';
import { PracticeTrainer } from '../../electron/trainers/practice.ts';
import type { TrainingRequest } from '../../electron/trainers/trainer.ts';
import { Cancelled } from '../../shared/errors.ts';

const run = promisify(execFile);
const ffmpeg = ffmpegInstaller.path;
const TRAINING_SECONDS = 60;
const RETAIN_UNTIL = '2031-05-06T00:00:00.000Z';
const never = new AbortController().signal;

let footage: string;
let master: string;
let voice: string;
let library: string;
let now: number;
const opened: Practice[] = [];

/** Seconds of a file as ffmpeg prints them, and whether it is an mp4. */
async function probeDuration(file: string) {
  const { stderr } = await run(ffmpeg, ['-hide_banner', '-i', file]).catch(
    (error: { stderr: string }) => error,
  );
  const found = /Duration: (\d+):(\d+):([\d.]+)/.exec(stderr);
  if (found === null) throw new Error('no media');
  return {
    durationSeconds: Number(found[1]) * 3600 + Number(found[2]) * 60 + Number(found[3]),
    isMp4: /Input #0, mov,mp4/.test(stderr),
  };
}

async function cutClip(file: string, startSeconds: number, seconds: number, outFile: string) {
  const cut = ['-ss', String(startSeconds), '-i', file, '-t', String(seconds), '-preset', 'ultrafast'];
  await run(ffmpeg, ['-hide_banner', '-y', ...cut, '-movflags', '+faststart', outFile]);
}

async function makeFootage(name: string, seconds: number): Promise<string> {
  const file = join(footage, name);
  const picture = ['-f', 'lavfi', '-i', `testsrc=size=64x36:rate=2:duration=${seconds}`];
  const sound = ['-f', 'lavfi', '-i', `sine=sample_rate=8000:duration=${seconds}`];
  await run(ffmpeg, [
    '-hide_banner',
    '-y',
    ...picture,
    ...sound,
    '-pix_fmt',
    'yuv420p',
    '-preset',
    'ultrafast',
    file,
  ]);
  return file;
}

async function openPractice(folder = library): Promise<Practice> {
  const practice = await Practice.open({
    libraryFolder: folder,
    trainingSeconds: TRAINING_SECONDS,
    now: () => now,
    cutClip,
    probeDuration,
  });
  opened.push(practice);
  return practice;
}

const hostOf = (practice: Practice) => new PracticeHost(practice.connect);
const trainerOf = ({ connect, fingerprint, hasTwin }: Practice) =>
  new PracticeTrainer({ connect, fingerprint, hasTwin });

async function upload(practice: Practice, file: string, type: 'video/mp4' | 'audio/wav' = 'video/mp4') {
  const objectKey = makeObjectKey({
    retainUntil: RETAIN_UNTIL,
    extension: type === 'video/mp4' ? 'mp4' : 'wav',
  });
  const { size } = await stat(file);
  const { url } = await hostOf(practice).upload({
    file,
    sizeBytes: size,
    contentType: type,
    objectKey,
    retainUntil: RETAIN_UNTIL,
    checkpoint: null,
    onCheckpoint: async () => undefined,
    mayGoOn: async () => undefined,
    onHold: () => () => undefined,
    onProgress: () => undefined,
    signal: never,
  });
  return { url, objectKey, size };
}

const training = (videoUrl: string, over: Partial<TrainingRequest> = {}): TrainingRequest => ({
  name: 'Ada',
  videoUrl,
  avatarGroupId: null,
  consentUrl: null,
  ...over,
});
const words = (avatarId: string, audioUrl: string) => ({
  avatarId,
  audioUrl,
  aspectRatio: '16:9' as const,
  saveTo: join(library, `${randomUUID()}.mp4`),
});

beforeAll(async () => {
  footage = await mkdtemp(join(tmpdir(), 'twin-studio-footage-'));
  master = await makeFootage('master.mp4', 16);
  voice = join(footage, 'voice.wav');
  await run(ffmpeg, ['-hide_banner', '-y', '-i', master, '-vn', '-t', '3', voice]);
});
afterAll(() => rm(footage, { recursive: true, force: true }));
beforeEach(async () => {
  library = await mkdtemp(join(tmpdir(), 'twin-studio-practice-'));
  now = Date.parse('2031-01-01T00:00:00Z');
});
afterEach(async () => {
  for (const practice of opened.splice(0)) await practice.close();
  await rm(library, { recursive: true, force: true });
});

describe('the practice journey', () => {
  it('goes from the upload to the first words, across a restart on another port', async () => {
    const before = await openPractice();
    const host = hostOf(before);
    expect((await host.test(never)).steps).toEqual(['write', 'public-read', 'delete']);
    const { url, objectKey, size } = await upload(before, master);
    await verifyPublicUrl({
      url,
      sizeBytes: size,
      contentType: 'video/mp4',
      allowLoopback: true,
      signal: never,
    });

    const trainer = trainerOf(before);
    expect(await trainer.credits(never)).toBe(100);
    const { look, usd } = await trainer.train(training(url));
    expect(usd).toBe(0);
    expect(look.consentStatus).toBe('skipped');
    const speech = await upload(before, voice, 'audio/wav');
    expect(await trainer.firstWords(words(look.avatarId, speech.url))).toEqual({ kind: 'not-ready' });
    await before.close();
    await expect(fetch(url)).rejects.toThrow();

    const after = await openPractice();
    expect(after.fingerprint).toBe(before.fingerprint);
    const newUrl = await hostOf(after).addressOf(objectKey);
    await verifyPublicUrl({
      url: newUrl,
      sizeBytes: size,
      contentType: 'video/mp4',
      allowLoopback: true,
      signal: never,
    });
    const newSpeech = await hostOf(after).addressOf(speech.objectKey);
    now += TRAINING_SECONDS * 1000 - 1;
    expect(await trainerOf(after).firstWords(words(look.avatarId, newSpeech))).toEqual({ kind: 'not-ready' });
    now += 1;
    const request = words(look.avatarId, newSpeech);
    expect(await trainerOf(after).firstWords(request)).toMatchObject({ kind: 'ready', usd: 0 });
    const clip = await probeDuration(request.saveTo);
    expect(clip.isMp4).toBe(true);
    expect(clip.durationSeconds).toBeGreaterThan(2.5);
    expect(clip.durationSeconds).toBeLessThan(3.5);
    expect(await readdir(join(library, 'practice', 'tmp'))).toEqual([]);
  });

  it('works in two processes at once: what one keeps, the other knows', async () => {
    const [app, command] = await Promise.all([openPractice(), openPractice()]);
    const [a, b] = await Promise.all([app.connect(), command.connect()]);
    expect(a.token).toBe(b.token);
    expect(a.baseUrl).not.toBe(b.baseUrl);
    const { objectKey, size } = await upload(app, master);
    const url = await hostOf(command).addressOf(objectKey);
    await verifyPublicUrl({
      url,
      sizeBytes: size,
      contentType: 'video/mp4',
      allowLoopback: true,
      signal: never,
    });
    const { look } = await trainerOf(command).train(training(url));
    const again = await trainerOf(app).train(training(url, { avatarGroupId: look.avatarGroupId }));
    expect(again.look.avatarGroupId).toBe(look.avatarGroupId);
    expect(again.look.avatarId).not.toBe(look.avatarId);
  });

  it('starts a server only when it is needed, and one only', async () => {
    const practice = await openPractice();
    const [a, b] = await Promise.all([practice.connect(), practice.connect()]);
    expect(a.baseUrl).toBe(b.baseUrl);
    expect(await readFile(join(library, 'practice', 'token'), 'utf8')).toBe(a.token);
    expect((await stat(join(library, 'practice', 'token'))).mode & 0o077).toBe(0);
  });

  it('asks for consent where a page is given', async () => {
    const practice = await openPractice();
    const { url } = await upload(practice, master);
    const { look } = await trainerOf(practice).train(
      training(url, { consentUrl: 'https://example.com/agreed' }),
    );
    expect(look.consentStatus).toBe('pending');
  });
});

describe('what the practice trainer refuses', () => {
  async function refusal(videoUrl: string, practice: Practice) {
    return trainerOf(practice)
      .train(training(videoUrl))
      .then(
        () => 'accepted',
        (error: { code: string }) => error.code,
      );
  }

  it('footage that is too short, too long, or no mp4 at all', async () => {
    const practice = await openPractice();
    const short = await upload(practice, await makeFootage('short.mp4', 14));
    const long = await upload(practice, await makeFootage('long.mp4', 601));
    const text = join(footage, 'text.mp4');
    await writeFile(text, 'not a video'.repeat(100));
    const none = await upload(practice, text);
    for (const { url } of [short, long, none])
      expect(await refusal(url, practice)).toBe('TRAINER_REFUSED_FOOTAGE');
    expect(await refusal((await upload(practice, master)).url, practice)).toBe('accepted');
    expect(await readdir(join(library, 'practice', 'tmp'))).toEqual([]);
    expect(await readdir(join(library, 'practice', 'groups'))).toHaveLength(1);
  });

  it('another type, a missing file, nobody there', async () => {
    const practice = await openPractice();
    const sound = await upload(practice, voice, 'audio/wav');
    expect(await refusal(sound.url, practice)).toBe('TRAINER_WRONG_CONTENT_TYPE');
    expect(await refusal(await hostOf(practice).addressOf('twin-studio/none.mp4'), practice)).toBe(
      'TRAINER_CANNOT_FETCH',
    );
    expect(await refusal('http://127.0.0.1:1/v.mp4', practice)).toBe('TRAINER_CANNOT_FETCH');
  });

  it('a look too many, also for two who take the last place at once', async () => {
    const practice = await openPractice();
    const { url } = await upload(practice, master);
    const trainer = trainerOf(practice);
    const { look } = await trainer.train(training(url));
    const group = join(library, 'practice', 'groups', look.avatarGroupId);
    for (let number = 2; number <= 99; number += 1) {
      await writeFile(join(group, `look-${String(number).padStart(3, '0')}`), 'x');
    }
    const other = trainerOf(await openPractice());
    const one = { avatarGroupId: look.avatarGroupId };
    const both = await Promise.allSettled([
      trainer.train(training(url, one)),
      other.train(training(url, one)),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const refused = both.find((result) => result.status === 'rejected');
    expect(refused?.status === 'rejected' && refused.reason).toMatchObject({
      code: 'TRAINER_REFUSED_REQUEST',
      details: { reason: 'Avatar group already holds 100 looks' },
    });
    expect(await readdir(group)).toHaveLength(100);
  });

  it.each([
    ['no key', { headers: { 'x-api-key': '' } }, 401, /"error":/],
    ['another key', { headers: { 'x-api-key': 'wrong' } }, 401, /"error":/],
    ['no name', { body: '{"video_url":"http://127.0.0.1:1/v.mp4"}' }, 422, /name/],
    ['no address', { body: '{"name":"Ada"}' }, 422, /video_url/],
    ['no JSON', { body: '{' }, 400, /"error":/],
    [
      'a twin it does not know',
      { body: '{"name":"A","video_url":"http://127.0.0.1:1/","avatar_group_id":"../.."}' },
      422,
      /avatar_group_id/,
    ],
    ['a body without end', { body: `{"name":"${'x'.repeat(70_000)}"}` }, 413, /"error":/],
    ['another method', { method: 'GET' }, 405, /^<!doctype html>/],
    ['another model', { path: '/v1/something-else', body: '{}' }, 404, /"error":/],
    [
      'first words of nobody',
      { path: '/v1/heygen-avatar-v', body: '{"avatar_id":"../token","audio_url":"http://127.0.0.1:1/"}' },
      404,
      /"error":/,
    ],
    [
      'first words without speech',
      { path: '/v1/heygen-avatar-v', body: '{"avatar_id":"a"}' },
      422,
      /audio_url/,
    ],
  ])(
    '%s',
    async (_what, over: {
      method?: string;
      path?: string;
      body?: string;
      headers?: Record<string, string>;
    }, status, words) => {
      const { baseUrl, token } = await (await openPractice()).connect();
      const answer = await fetch(baseUrl + (over.path ?? '/v1/heygen-avatar-v-create'), {
        method: over.method ?? 'POST',
        headers: { 'x-api-key': token, ...over.headers },
        ...(over.method === 'GET' ? {} : { body: over.body ?? '{}' }),
      });
      expect(answer.status).toBe(status);
      expect(await answer.text()).toMatch(words);
    },
  );
});

describe('two processes at the same moment', () => {
  const stores = () => Promise.all(Array.from({ length: 8 }, () => PracticeStore.open(library)));

  it('agree on the token', async () => {
    // Each begins a few turns of the event loop after the one before, so that their steps interleave.
    const tokens = await Promise.all(
      (await stores()).map(async (store, number) => {
        for (let turn = 0; turn < number * 3; turn += 1) await setImmediate();
        return store.token();
      }),
    );
    expect(new Set(tokens).size).toBe(1);
    expect(tokens[0]).toMatch(/^[0-9a-f]{64}$/);
  });

  it('never take the same place of a twin', async () => {
    const all = await stores();
    const group = (await all[0]?.addGroup()) ?? '';
    for (let number = 1; number <= 99; number += 1) {
      await writeFile(
        join(library, 'practice', 'groups', group, `look-${String(number).padStart(3, '0')}`),
        'x',
      );
    }
    const places = await Promise.all(all.map((store, number) => store.takePlace(group, `avatar-${number}`)));
    expect(places.filter((place) => place !== null)).toHaveLength(1);
  });
});

describe('the practice host', () => {
  it('lets nobody write without the token, and keeps keys inside its folder', async () => {
    const { baseUrl, token } = await (await openPractice()).connect();
    const put = (path: string, headers: Record<string, string>, body = 'x') =>
      ask(
        baseUrl,
        {
          method: 'PUT',
          path,
          headers: { 'content-type': 'video/mp4', 'content-length': String(body.length), ...headers },
        },
        body,
      );
    const mine = { 'x-practice-token': token };
    expect(await put('/hosted/a.mp4', {})).toBe(403);
    expect(await put('/hosted/a.mp4', { 'x-practice-token': `${token}0` })).toBe(403);
    expect(await ask(baseUrl, { method: 'DELETE', path: '/hosted/a.mp4' })).toBe(403);
    expect(await put('/hosted/a.mp4', { ...mine, 'content-type': 'text/html' })).toBe(415);
    expect(await put('/hosted/a.mp4', { ...mine, 'content-length': String(20 * 1024 ** 3) })).toBe(413);
    expect(await put('/hosted/%2e%2e%2f%2e%2e%2fescaped.mp4', mine)).toBe(400);
    expect(await put('/hosted/%00.mp4', mine)).toBe(400);
    expect(await put('/hosted/a%2f..%2f..%2fb.mp4', mine)).toBe(201);
    expect(await put('/hosted/a.mp4', mine)).toBe(201);
    expect((await readdir(library)).map((name) => basename(name))).toEqual(['practice']);
    expect(await ask(baseUrl, { method: 'GET', path: '/hosted/a.mp4' })).toBe(200);
    expect(await ask(baseUrl, { method: 'GET', path: '/hosted/a.mp4', headers: { range: 'bytes=9-' } })).toBe(
      416,
    );
    expect(
      await ask(baseUrl, { method: 'GET', path: '/hosted/a.mp4', headers: { host: 'evil.example' } }),
    ).toBe(421);
  });

  it('answers ranges exactly, and the head alone', async () => {
    const practice = await openPractice();
    const { url, size } = await upload(practice, master);
    const bytes = await readFile(master);
    const part = await fetch(url, { headers: { range: 'bytes=10-19' } });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 10-19/${size}`]);
    expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(10, 20))).toBe(true);
    const end = await fetch(url, { headers: { range: 'bytes=-5' } });
    expect(Buffer.from(await end.arrayBuffer()).equals(bytes.subarray(-5))).toBe(true);
    const head = await fetch(url, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), head.headers.get('content-type')]).toEqual([
      200,
      String(size),
      'video/mp4',
    ]);
  });

  it('keeps nothing of an upload that was cancelled or broke off, and replaces whole files only', async () => {
    const practice = await openPractice();
    const file = join(library, 'large.bin');
    await writeFile(file, Buffer.alloc(24 * 1024 * 1024));
    const stop = new AbortController();
    const progress: number[] = [];
    const objectKey = makeObjectKey({ retainUntil: RETAIN_UNTIL, extension: 'mp4' });
    const request = {
      file,
      sizeBytes: 24 * 1024 * 1024,
      contentType: 'video/mp4' as const,
      objectKey,
      retainUntil: RETAIN_UNTIL,
      checkpoint: null,
      onCheckpoint: async () => undefined,
      mayGoOn: async () => undefined,
      onHold: () => () => undefined,
      onProgress: (bytes: number) => {
        progress.push(bytes);
        stop.abort();
      },
      signal: stop.signal,
    };
    await expect(hostOf(practice).upload(request)).rejects.toBeInstanceOf(Cancelled);
    expect(progress[0]).toBeGreaterThan(0);
    expect((await fetch(await hostOf(practice).addressOf(objectKey))).status).toBe(404);

    await hostOf(practice).upload({ ...request, signal: never });
    await hostOf(practice).upload({ ...request, signal: never });
    expect(progress.at(-1)).toBe(request.sizeBytes);
    await practice.close();
    expect(await readdir(join(library, 'practice', 'tmp'))).toEqual([]);
    expect(
      (await readdir(join(library, 'practice', 'hosted'))).filter((name) => name.endsWith('.data')),
    ).toHaveLength(1);

    await hostOf(practice).remove(objectKey, never);
    await hostOf(practice).remove(objectKey, never);
    expect(await readdir(join(library, 'practice', 'hosted'))).toEqual([]);
  });

  it('ends every connection when it closes', async () => {
    const practice = await openPractice();
    const { baseUrl } = await practice.connect();
    const waiting = fetch(`${baseUrl}/v1/heygen-avatar-v-create`, {
      method: 'POST',
      headers: { 'x-api-key': (await practice.connect()).token },
      body: JSON.stringify({ name: 'Ada', video_url: await neverAnswering() }),
    });
    const failed = expect(waiting).rejects.toThrow();
    await asked;
    await practice.close();
    await failed;
    silent?.closeAllConnections();
    silent?.close();
  });
});

let silent: http.Server | undefined;
let asked: Promise<void>;

/** The address of a server that takes a request and says nothing; `asked` resolves once it has one. */
async function neverAnswering(): Promise<string> {
  let tell = () => {};
  asked = new Promise((resolve) => {
    tell = resolve;
  });
  silent = http.createServer(() => tell());
  await new Promise<void>((resolve) => silent?.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(silent.address() as AddressInfo).port}/v.mp4`;
}

/** The status of a request that fetch would not send as it is. */
function ask(
  baseUrl: string,
  options: { method: string; path: string; headers?: Record<string, string> },
  body = '',
): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = http.request(baseUrl, { ...options, agent: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
      request.destroy();
    });
    request.on('error', reject);
    request.end(body);
  });
}
