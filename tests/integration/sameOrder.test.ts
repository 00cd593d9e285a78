/** The same order from several processes at once: whoever comes first sends it, everybody gets its outcome. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStudio } from '../../electron/studio/createStudio.ts';
import type { Studio } from '../../electron/studio/studio.ts';
import { TakeIdSchema } from '../../shared/domain/ids.ts';
import { DEFAULT_SETTINGS } from '../../shared/settings.ts';
import {
  FIRST_WORDS_PATH,
  type SegmindDouble,
  startSegmindDouble,
  TRAINING_PATH,
} from '../doubles/segmind.ts';
import { makeBucket } from '../s3/bucket.ts';
import { type S3Server, s3Server } from '../s3/server.ts';
import { runCli } from './support/cli.ts';
import { realRun, realServices, SEGMIND_KEY } from './support/realServices.ts';
import { goodTake, makeFolders, type StudioFolders } from './support/studioFolders.ts';

const TIMES = 20;

let server: S3Server;
let folders: StudioFolders;
let segmind: SegmindDouble;
let environment: Record<string, string>;
let good: string;
let app: Studio;

beforeAll(async () => {
  server = await s3Server();
  if (server.kind !== 'running') return;
  good = await goodTake();
  folders = await makeFolders();
  segmind = await startSegmindDouble({ apiKey: SEGMIND_KEY, video: good });
  const bucket = await makeBucket(server, 'public');
  environment = { ...folders.environment, ...realServices(bucket, segmind.baseUrl) };
  const secrets: Record<string, string> = {
    s3AccessKeyId: bucket.accessKeyId,
    s3SecretAccessKey: bucket.secretAccessKey,
    segmindApiKey: SEGMIND_KEY,
  };
  // The engine exactly as the desktop app starts it, in this process.
  app = await createStudio({
    libraryDir: folders.library,
    settings: { get: () => DEFAULT_SETTINGS, save: () => undefined },
    secrets: {
      storage: 'session',
      get: (name) => secrets[name] ?? null,
      set: () => undefined,
      originOf: () => 'session',
    },
    environment,
    trialRuntime: false,
    version: '0',
  });
  await app.start();
}, 360_000);

afterAll(async () => {
  await app?.close();
  await segmind?.close();
  await folders?.remove();
});

describe('two commands and the app on one library', () => {
  it(`send one request for the same order, ${TIMES} times`, async (context) => {
    if (server.kind !== 'running') context.skip(server.reason);
    const before = await runCli(realRun(good, 'Warm-up'), environment);
    expect(before.result.status).toBe('ready');
    const takeId = TakeIdSchema.parse(before.result.takeId);
    const { price } = await app.calls.quote({
      takeId,
      host: 's3',
      trainer: 'segmind',
      twin: { kind: 'new', name: 'Warm-up' },
      lookName: 'Warm-up',
    });

    for (let round = 1; round <= TIMES; round += 1) {
      const name = `Look ${round}`;
      const [one, two, window] = await Promise.all([
        runCli(realRun(good, name), environment),
        runCli(realRun(good, name), environment),
        app.calls.publish({
          takeId,
          host: 's3',
          trainer: 'segmind',
          twin: { kind: 'new', name },
          lookName: name,
          consent: { by: name, wording: 'agreed', url: null },
          confirmedPrice: price,
        }),
      ]);
      expect(one.result, one.stderr).toMatchObject({ status: 'ready' });
      expect(two.result, two.stderr).toMatchObject({
        orderId: one.result.orderId,
        avatarId: one.result.avatarId,
      });
      expect(window.orderId).toBe(one.result.orderId);
      const orders = segmind.requests.filter(
        (request) => request.path === TRAINING_PATH && request.body.name === name,
      );
      expect(orders).toHaveLength(1);
      expect(segmind.counts()).toMatchObject({ [TRAINING_PATH]: round + 1, [FIRST_WORDS_PATH]: round + 1 });
    }
  }, 600_000);
});
