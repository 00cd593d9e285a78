/** Orders that would cost money: a real S3 server, and a double of the trainer that counts. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { S3Config } from '../../electron/hosts/s3Config.ts';
import { probe } from '../../electron/media/probe.ts';
import {
  type Answer,
  CREDITS_PATH,
  FIRST_WORDS_PATH,
  type SegmindDouble,
  startSegmindDouble,
  TRAINING_PATH,
} from '../doubles/segmind.ts';
import { bundledTools } from '../footage/tools.ts';
import { makeBucket } from '../s3/bucket.ts';
import { type S3Server, s3Server } from '../s3/server.ts';
import { runCli, startCli } from './support/cli.ts';
import { realRun, realServices, SEGMIND_KEY } from './support/realServices.ts';
import { checkedLibrary, goodTake, makeFolders, type StudioFolders } from './support/studioFolders.ts';

let server: S3Server;
let publicBucket: S3Config;
let privateBucket: S3Config;
let good: string;
let checked: Awaited<ReturnType<typeof checkedLibrary>>;
let folders: StudioFolders;
let segmind: SegmindDouble;
let environment: Record<string, string>;

beforeAll(async () => {
  server = await s3Server();
  if (server.kind !== 'running') return;
  publicBucket = await makeBucket(server, 'public');
  privateBucket = await makeBucket(server, 'private');
  good = await goodTake();
  checked = await checkedLibrary(good);
}, 360_000);
afterAll(() => checked?.remove());

beforeEach(async (context) => {
  if (server.kind !== 'running') context.skip(server.reason);
  folders = await makeFolders();
  await checked.copyTo(folders);
  segmind = await startSegmindDouble({ apiKey: SEGMIND_KEY, video: good });
  environment = { ...folders.environment, ...realServices(publicBucket, segmind.baseUrl) };
});
afterEach(async () => {
  await segmind?.close();
  await folders?.remove();
});

const count = (path: string) => segmind.counts()[path] ?? 0;

describe('a paid order', () => {
  it('sends one request, with an address that can be fetched and the right type, and says what it cost', async () => {
    const { result, code, stdout, stderr } = await runCli(realRun(good, 'Ana'), environment);
    expect(result).toMatchObject({ status: 'ready', avatarId: 'avatar-1', avatarGroupId: 'group-1' });
    expect(code).toBe(0);
    expect(count(TRAINING_PATH)).toBe(1);
    expect(count(FIRST_WORDS_PATH)).toBe(1);
    const served = await fetch(String(result.masterUrl));
    expect(served.headers.get('content-type')).toBe('video/mp4');
    expect(Number(result.costUsd)).toBeGreaterThanOrEqual(1.25);
    expect(
      (await probe(String(result.firstWordsFile), { tools: await bundledTools() })).durationSeconds,
    ).toBeGreaterThan(1);
    for (const secret of [SEGMIND_KEY, publicBucket.secretAccessKey]) {
      expect(stdout + stderr).not.toContain(secret);
      expect(await everything(folders.root)).not.toContain(secret);
    }
    const status = await runCli(['status'], environment);
    expect(status.result.costUsd).toBe(result.costUsd);
  });

  it('is never over the limit that was set', async () => {
    const { result, code } = await runCli(realRun(good, 'Ana', '--max-usd', '1.25'), environment);
    expect(result).toMatchObject({ error: { code: 'PRICE_OVER_MAXIMUM' }, costUsd: 0 });
    expect(code).toBe(3);
    expect(count(TRAINING_PATH)).toBe(0);
  });

  it('is looked at again until its look is usable', async () => {
    await segmind.close();
    segmind = await startSegmindDouble({ apiKey: SEGMIND_KEY, video: good, notReadyTimes: 2 });
    const { result } = await runCli(realRun(good, 'Ana'), {
      ...environment,
      SEGMIND_BASE_URL: segmind.baseUrl,
    });
    expect(result.status).toBe('ready');
    expect(count(FIRST_WORDS_PATH)).toBe(3);
    expect(count(TRAINING_PATH)).toBe(1);
  });
});

interface Refusal {
  readonly answer: Answer;
  readonly code: string;
  readonly exit: number;
  readonly status: 'failed' | 'unconfirmed';
}

const REFUSALS: Refusal[] = [
  { answer: 'key-wrong', code: 'TRAINER_KEY_WRONG', exit: 4, status: 'failed' },
  { answer: 'wrong-content-type', code: 'TRAINER_WRONG_CONTENT_TYPE', exit: 4, status: 'failed' },
  { answer: 'no-credits', code: 'TRAINER_NO_CREDITS', exit: 4, status: 'failed' },
  { answer: 'invalid-parameter', code: 'TRAINER_REFUSED_REQUEST', exit: 4, status: 'failed' },
  { answer: 'busy', code: 'TRAINER_BUSY', exit: 4, status: 'failed' },
  { answer: 'server-error', code: 'TRAINER_FAILED', exit: 4, status: 'failed' },
  { answer: 'footage', code: 'TRAINER_REFUSED_FOOTAGE', exit: 4, status: 'failed' },
  { answer: 'html', code: 'ORDER_UNCONFIRMED', exit: 3, status: 'unconfirmed' },
  { answer: 'garbage', code: 'ORDER_UNCONFIRMED', exit: 3, status: 'unconfirmed' },
  { answer: 'close', code: 'ORDER_UNCONFIRMED', exit: 3, status: 'unconfirmed' },
  { answer: 'close-midway', code: 'ORDER_UNCONFIRMED', exit: 3, status: 'unconfirmed' },
  { answer: 'gateway-timeout', code: 'ORDER_UNCONFIRMED', exit: 3, status: 'unconfirmed' },
];

describe('a trainer that does not take the order', () => {
  it.each(REFUSALS)('answers $answer: $code', async ({ answer, code, exit, status }) => {
    segmind.answerWith(TRAINING_PATH, answer);
    const first = await runCli(realRun(good, 'Ana'), environment);
    expect(first.result).toMatchObject({ status, costUsd: 0, avatarId: null, error: { code } });
    expect(first.code).toBe(exit);
    expect(count(TRAINING_PATH)).toBe(1);
    const takes = await readdir(join(folders.library, 'takes'));
    expect(takes).toContain(first.result.takeId);

    // The same command again: what was refused may be ordered again, what may have been paid never is.
    const again = await runCli(realRun(good, 'Ana'), environment);
    if (status === 'failed') {
      expect(again.result).toMatchObject({ status: 'ready', orderId: first.result.orderId });
      expect(count(TRAINING_PATH)).toBe(2);
    } else {
      expect(again.result).toMatchObject({ status: 'unconfirmed', error: { code } });
      expect(Number(again.result.possibleUsd)).toBe(1.25);
      expect(count(TRAINING_PATH)).toBe(1);
    }
  });

  it('asks for credits first, and orders nothing when they do not suffice', async () => {
    segmind.answerWith(CREDITS_PATH, {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: '{"credits":0.4}',
    });
    const { result, code } = await runCli(realRun(good, 'Ana'), environment);
    expect(result).toMatchObject({ error: { code: 'TRAINER_NO_CREDITS' }, costUsd: 0 });
    expect(code).toBe(4);
    expect(count(TRAINING_PATH)).toBe(0);
  });
});

describe('a process that dies while it orders', () => {
  it('leaves an unconfirmed order, which nobody sends again', async () => {
    segmind.answerWith(TRAINING_PATH, 'hang');
    const running = startCli(realRun(good, 'Ana'), environment);
    await segmind.untilRequested(TRAINING_PATH);
    running.child.kill('SIGKILL');
    await running.end;
    const again = await runCli(realRun(good, 'Ana'), environment);
    expect(again.result).toMatchObject({ status: 'unconfirmed', error: { code: 'ORDER_UNCONFIRMED' } });
    expect(again.code).toBe(3);
    expect(count(TRAINING_PATH)).toBe(1);
  });

  it('leaves first words unconfirmed when it died while asking for them', async () => {
    segmind.answerWith(FIRST_WORDS_PATH, 'hang');
    const running = startCli(realRun(good, 'Ana'), environment);
    await segmind.untilRequested(FIRST_WORDS_PATH);
    running.child.kill('SIGKILL');
    await running.end;
    const again = await runCli(realRun(good, 'Ana'), environment);
    expect(again.result).toMatchObject({ status: 'unconfirmed', error: { code: 'FIRST_WORDS_UNCONFIRMED' } });
    expect(again.code).toBe(3);
    expect(count(FIRST_WORDS_PATH)).toBe(1);
  });
});

describe('a host that does not serve the video', () => {
  const cases: [string, () => Partial<Record<string, string>>, string][] = [
    ['wrong keys', () => ({ TWIN_STUDIO_S3_SECRET_ACCESS_KEY: 'wrong' }), 'HOST_KEYS_WRONG'],
    ['no such bucket', () => ({ TWIN_STUDIO_S3_BUCKET: 'not-there' }), 'HOST_BUCKET_MISSING'],
    [
      'a private bucket',
      () => ({
        TWIN_STUDIO_S3_BUCKET: privateBucket.bucket,
        TWIN_STUDIO_S3_PUBLIC_BASE_URL: privateBucket.publicBaseUrl,
      }),
      'HOST_PRIVATE',
    ],
    [
      'a public address that leads elsewhere',
      () => ({ TWIN_STUDIO_S3_PUBLIC_BASE_URL: `${publicBucket.publicBaseUrl}/elsewhere` }),
      'HOST_PRIVATE',
    ],
    ['nobody there', () => ({ TWIN_STUDIO_S3_ENDPOINT: 'http://127.0.0.1:9' }), 'HOST_UNREACHABLE'],
  ];
  it.each(cases)('%s is said before anything is ordered', async (_name, change, code) => {
    const { result, code: exit } = await runCli(realRun(good, 'Ana'), {
      ...environment,
      ...change(),
    } as Record<string, string>);
    expect(result).toMatchObject({ status: 'failed', costUsd: 0, error: { code } });
    expect(exit).toBe(4);
    expect(count(TRAINING_PATH)).toBe(0);
    // A known-good control on the same library.
    const control = await runCli(realRun(good, 'Ana', '--no-wait'), environment);
    expect(control.result.status).toBe('training');
  });
});

/** The text of every file below a folder, but for the films themselves. */
async function everything(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !/\.(mp4|mp3|jpg|data)$/.test(entry.name));
  const texts = await Promise.all(files.map((entry) => readFile(join(entry.parentPath, entry.name), 'utf8')));
  return texts.join('\n');
}
