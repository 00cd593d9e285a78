/** What a start tells while it waits for a download. */
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { progressTeller, tellDownload } from '../../tools/progress.mjs';

const MEGABYTE = 1_000_000;

function tellerOf(isTTY: boolean) {
  const lines: string[] = [];
  const written: string[] = [];
  const teller = progressTeller({
    bytes: 110_569_780,
    say: (line) => lines.push(line),
    terminal: { isTTY, write: (text) => written.push(text) },
  });
  return { teller, lines, written };
}

test('one line on a terminal, which is written over', () => {
  const { teller, lines, written } = tellerOf(true);
  for (const megabytes of [0.4, 3.2, 3.9, 64, 2, 111]) teller.tell(megabytes * MEGABYTE);
  teller.end();
  teller.tell(200 * MEGABYTE);
  expect(written).toEqual(['\r3 of 110 MB', '\r64 of 110 MB', '\r110 of 110 MB', '\n']);
  expect(lines).toEqual([]);
});

test('a line every ten megabytes where there is no terminal', () => {
  const { teller, lines, written } = tellerOf(false);
  for (let megabytes = 0; megabytes < 45; megabytes += 3) teller.tell(megabytes * MEGABYTE);
  teller.end();
  expect(lines).toEqual(['10 of 110 MB', '20 of 110 MB', '30 of 110 MB', '40 of 110 MB']);
  expect(written).toEqual([]);
});

test('what lay there before is no part of it, and a folder that is not there harms nothing', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'download-progress-'));
  const elsewhere = await mkdtemp(join(tmpdir(), 'download-elsewhere-'));
  try {
    // What grows before the eyes of whoever looks could be seen half grown.
    await writeFile(join(elsewhere, 'part'), Buffer.alloc(21 * MEGABYTE));
    await writeFile(join(folder, 'older'), Buffer.alloc(50 * MEGABYTE));
    const lines: string[] = [];
    let tell = () => {};
    const told = new Promise<void>((resolve) => {
      tell = resolve;
    });
    const download = async () => {
      await mkdir(join(folder, 'own'));
      await rename(join(elsewhere, 'part'), join(folder, 'own/part'));
      await told;
    };
    const say = (line: string) => {
      lines.push(line);
      tell();
    };
    await tellDownload(download, { folder, bytes: 100 * MEGABYTE, say });
    expect(lines).toEqual(['20 of 100 MB']);
    const nowhere = { folder: join(folder, 'missing'), bytes: MEGABYTE, say: () => undefined };
    expect(await tellDownload(async () => 'done', nowhere)).toBe('done');
  } finally {
    await rm(folder, { recursive: true, force: true });
    await rm(elsewhere, { recursive: true, force: true });
  }
});
