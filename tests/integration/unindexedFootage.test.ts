/** An mp4 in fragments without an index: a player would read through all of it, so it gets a preview of its own streams. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { MediaTools } from '../../electron/media/locate.ts';
import { copiesPreview, makePreview, needsPreview } from '../../electron/media/preview.ts';
import { probe } from '../../electron/media/probe.ts';
import { flashAndBeep } from '../footage/measure.ts';
import { bundledTools, composeTake } from '../footage/tools.ts';

const run = promisify(execFile);
let folder = '';
let tools: MediaTools;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unindexed-'));
  tools = await bundledTools();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The same streams in fragments; `dash` writes an index before each. */
async function inFragments(source: string, name: string, flags = '') {
  const file = join(folder, name);
  const movflags = `+frag_keyframe+empty_moov+default_base_moof${flags}`;
  await run(tools.ffmpeg, ['-v', 'error', '-y', '-i', source, '-c', 'copy', '-movflags', movflags, file]);
  return { file, media: await probe(file, { tools }) };
}

/** A checksum of all packets of a stream, in order. */
async function packetsOf(file: string, stream: 'v' | 'a'): Promise<string> {
  const args = ['-v', 'error', '-i', file, '-map', `0:${stream}`, '-c', 'copy', '-f', 'data', '-'];
  const { stdout } = await run(tools.ffmpeg, args, { encoding: 'buffer', maxBuffer: 1e8 });
  return stdout.toString('base64');
}

it('is played from a copy of its streams, on its own clock', async () => {
  const take = { seconds: 3, width: 640, height: 360, flashAtSeconds: 1.2, audioLateSeconds: 0.3 } as const;
  const source = await composeTake(take, { ffmpeg: tools.ffmpeg });
  expect(needsPreview(await probe(source, { tools }))).toBe(false);

  const { file, media } = await inFragments(source, 'fragments.mp4');
  expect([media.unindexed, needsPreview(media), copiesPreview(media)]).toEqual([true, true, true]);
  const preview = join(folder, 'preview.mp4');
  await makePreview(file, media, preview, { tools });
  const made = await probe(preview, { tools });
  expect(needsPreview(made)).toBe(false);
  expect(made.faststart).toBe(true);
  for (const stream of ['v', 'a'] as const)
    expect(await packetsOf(preview, stream)).toBe(await packetsOf(file, stream));
  const [before, after] = [await flashAndBeep(tools, file), await flashAndBeep(tools, preview)];
  expect(Math.abs(after.flash - before.flash)).toBeLessThan(0.034);
  expect(Math.abs(after.beep - before.beep)).toBeLessThan(0.034);
});

it('is encoded where its streams cannot be played either', async () => {
  const source = await composeTake(
    { seconds: 2, width: 640, height: 360, codec: 'hevc' },
    { ffmpeg: tools.ffmpeg },
  );
  const { file, media } = await inFragments(source, 'hevc.mp4');
  expect([media.unindexed, copiesPreview(media)]).toEqual([true, false]);
  const preview = join(folder, 'encoded.mp4');
  await makePreview(file, media, preview, { tools });
  expect((await probe(preview, { tools })).video?.codec).toBe('h264');
});

it('one with an index is played as it is', async () => {
  const source = await composeTake({ seconds: 2, width: 640, height: 360 }, { ffmpeg: tools.ffmpeg });
  const { media } = await inFragments(source, 'indexed.mp4', '+dash');
  expect([media.unindexed, needsPreview(media)]).toEqual([undefined, false]);
});
