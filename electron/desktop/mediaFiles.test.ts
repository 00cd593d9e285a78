import { mkdtempSync, readdirSync, readlinkSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { mediaUrl } from '../../shared/contract.ts';
import { NOTHING_MENDED } from '../../shared/domain/edit.ts';
import type { MediaFile } from '../studio/studio.ts';
import { mediaHandler } from './mediaFiles.ts';

const TAKE = 'tk_0123456789ab';
const ORDER = `or_${'a'.repeat(24)}`;
const BYTES = Buffer.from(
  Array.from({ length: 1_000_000 }, (_, index) => (index * 31 + (index >> 8)) & 0xff),
);

let dir: string;
let asked: string[];
let media: MediaFile | null;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'media-'));
  asked = [];
  media = { file: join(dir, 'preview.mp4'), contentType: 'video/mp4' };
  writeFileSync(media.file, BYTES);
});
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

const handle = (address: string, init?: RequestInit): Promise<Response> =>
  mediaHandler(async (of, id, what) => {
    asked.push([of, id, what].join(' '));
    return media;
  })(new Request(address, init));
const ranged = (range: string): Promise<Response> =>
  handle(mediaUrl.player(TAKE), { headers: { Range: range } });
const bytesOf = async (response: Response): Promise<Buffer> => Buffer.from(await response.arrayBuffer());

test('the addresses of the contract reach the engine', async () => {
  const addresses = [
    mediaUrl.player(TAKE),
    mediaUrl.poster(TAKE),
    mediaUrl.moment(TAKE, 12_345),
    mediaUrl.moment(TAKE, 12_345, {
      ...NOTHING_MENDED,
      turn: 90,
      crop: { x: 0, y: 0.1, width: 1, height: 0.8 },
      liftExponent: 0.8,
    }),
    mediaUrl.firstWords(ORDER),
  ];
  for (const address of addresses) expect((await handle(address)).status).toBe(200);
  expect(asked).toEqual([
    `take ${TAKE} player`,
    `take ${TAKE} poster`,
    `take ${TAKE} moment/12345`,
    `take ${TAKE} moment/12345/t90.c0,0.1,1,0.8.l0.8`,
    `order ${ORDER} first-words`,
  ]);
});

test('a whole file', async () => {
  const response = await handle(mediaUrl.player(TAKE));
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'video/mp4',
    'content-length': '1000000',
    'accept-ranges': 'bytes',
    'x-content-type-options': 'nosniff',
  });
  expect((await bytesOf(response)).equals(BYTES)).toBe(true);
});

describe('ranges', () => {
  test.each([
    ['bytes=0-0', 0, 0],
    ['bytes=262143-262144', 262_143, 262_144],
    ['bytes=100-700000', 100, 700_000],
    ['bytes=999990-', 999_990, 999_999],
    ['bytes=-5', 999_995, 999_999],
    ['bytes=999999-2000000', 999_999, 999_999],
  ])('%s', async (range, start, end) => {
    const response = await ranged(range);
    expect(response.status).toBe(206);
    expect(response.headers.get('Content-Range')).toBe(`bytes ${start}-${end}/1000000`);
    expect(response.headers.get('Content-Length')).toBe(String(end - start + 1));
    expect((await bytesOf(response)).equals(BYTES.subarray(start, end + 1))).toBe(true);
  });

  test('one that begins behind the end is refused', async () => {
    const response = await ranged('bytes=1000000-');
    expect(response.status).toBe(416);
    expect(response.headers.get('Content-Range')).toBe('bytes */1000000');
  });

  test.each(['bytes=0-1,5-9', 'nonsense', 'rows=1-2', 'bytes=5'])('%s gets the whole file', async (range) => {
    const response = await ranged(range);
    expect([response.status, response.headers.get('Content-Length')]).toEqual([200, '1000000']);
    await response.body?.cancel();
  });
});

test('HEAD has the headers and no body', async () => {
  const response = await handle(mediaUrl.player(TAKE), { method: 'HEAD', headers: { Range: 'bytes=0-9' } });
  expect([response.status, response.headers.get('Content-Length'), await response.text()]).toEqual([
    206,
    '10',
    '',
  ]);
});

test('an empty file', async () => {
  writeFileSync(join(dir, 'preview.mp4'), '');
  const response = await handle(mediaUrl.player(TAKE));
  expect([response.status, response.headers.get('Content-Length')]).toEqual([200, '0']);
});

test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('%s is refused', async (method) => {
  expect((await handle(mediaUrl.player(TAKE), { method })).status).toBe(405);
  expect(asked).toEqual([]);
});

test.each([
  'studio-media://library/take/../../etc/passwd',
  `studio-media://library/take/${TAKE}/..%2f..%2fsecret`,
  `studio-media://library/take/${TAKE}/%2e%2e`,
  `studio-media://library/take/${TAKE}/a/b`,
  `studio-media://library/take/${TAKE}/player?x=1`,
  `studio-media://library/take/${TAKE}/`,
  `studio-media://library/twin/${TAKE}/player`,
  'studio-media://library/take/nobody/player',
  `studio-media://library/order/${TAKE}/player`,
  `studio-media://elsewhere/take/${TAKE}/player`,
])('%s never reaches the engine', async (address) => {
  expect((await handle(address)).status).toBe(404);
  expect(asked).toEqual([]);
});

test('what the engine does not have, and what is gone, is not found', async () => {
  media = { file: join(dir, 'gone.mp4'), contentType: 'video/mp4' };
  expect((await handle(mediaUrl.player(TAKE))).status).toBe(404);
  media = null;
  expect((await handle(mediaUrl.player(TAKE))).status).toBe(404);
});

test('only pictures, sound and video are served', async () => {
  media = { file: join(dir, 'preview.mp4'), contentType: 'text/html' };
  expect((await handle(mediaUrl.player(TAKE))).status).toBe(404);
});

test('a file that was replaced meanwhile is not mixed with its successor', async () => {
  const reader = (await handle(mediaUrl.player(TAKE))).body?.getReader();
  await reader?.read();
  writeFileSync(join(dir, 'new.mp4'), Buffer.alloc(BYTES.byteLength));
  renameSync(join(dir, 'new.mp4'), join(dir, 'preview.mp4'));
  await expect(reader?.read()).rejects.toThrow('replaced');
});

test.runIf(process.platform === 'linux')('an abandoned request holds no file', async () => {
  const reader = (await handle(mediaUrl.player(TAKE))).body?.getReader();
  await reader?.read();
  const held = readdirSync('/proc/self/fd').filter((descriptor) => linkOf(descriptor).startsWith(dir));
  expect(held).toEqual([]);
  await reader?.cancel();
});

function linkOf(descriptor: string): string {
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`);
  } catch {
    // The descriptor by which the folder was listed is closed again.
    return '';
  }
}
