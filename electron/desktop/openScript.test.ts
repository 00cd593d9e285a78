import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserWindow } from 'electron';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Cancelled } from '../../shared/errors.ts';
import { openScriptCall } from './openScript.ts';

const electron = vi.hoisted(() => ({ dialog: { showOpenDialog: vi.fn() } }));
vi.mock('electron', () => electron);

let dir: string;
beforeEach(() => {
  vi.resetAllMocks();
  dir = mkdtempSync(join(tmpdir(), 'script-'));
});
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

const calls = openScriptCall(() => ({}) as BrowserWindow);
function choose(name: string, content: string | Buffer): void {
  writeFileSync(join(dir, name), content);
  electron.dialog.showOpenDialog.mockResolvedValue({ canceled: false, filePaths: [join(dir, name)] });
}

test('the page gets the text and a name, and no path', async () => {
  choose('My speech.txt', '\uFEFFHello.\r\nÜber uns.\r\n');
  expect(await calls.openScript({})).toEqual({ name: 'My speech', text: 'Hello.\nÜber uns.\n' });
});

test.each([
  ['bytes that are no letters', Buffer.from([0xff, 0xfe, 0xc3, 0x28])],
  ['a film that was renamed', Buffer.from('\0\0\0 ftypisom', 'latin1')],
])('%s are no text', async (_what, content) => {
  choose('speech.txt', content);
  await expect(calls.openScript({})).rejects.toMatchObject({
    code: 'SCRIPT_UNREADABLE',
    details: { file: 'speech.txt' },
  });
});

test.each([
  ['as many letters', 'a'.repeat(200_001)],
  ['as many bytes', 'ü'.repeat(400_001)],
])('%s as nobody reads out are refused', async (_what, content) => {
  choose('novel.txt', content);
  await expect(calls.openScript({})).rejects.toMatchObject({ code: 'SCRIPT_TOO_LONG' });
});

test('a file that has gone meanwhile is said to be unreadable', async () => {
  electron.dialog.showOpenDialog.mockResolvedValue({ canceled: false, filePaths: [join(dir, 'gone.txt')] });
  await expect(calls.openScript({})).rejects.toMatchObject({ code: 'SCRIPT_UNREADABLE' });
});

test.skipIf(process.platform === 'win32')('what is no file is not waited for', async () => {
  const pipe = join(dir, 'speech.txt');
  execFileSync('mkfifo', [pipe]);
  electron.dialog.showOpenDialog.mockResolvedValue({ canceled: false, filePaths: [pipe] });
  await expect(calls.openScript({})).rejects.toMatchObject({ code: 'SCRIPT_UNREADABLE' });
});

test('closing the dialog is a cancellation', async () => {
  electron.dialog.showOpenDialog.mockResolvedValue({ canceled: true, filePaths: [] });
  await expect(calls.openScript({})).rejects.toBeInstanceOf(Cancelled);
});
