import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserWindow } from 'electron';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { TakeIdSchema } from '../../shared/domain/ids.ts';
import { Cancelled } from '../../shared/errors.ts';
import type { Studio } from '../studio/studio.ts';
import { type Desktop, desktopCalls } from './desktopCalls.ts';

const electron = vi.hoisted(() => ({
  clipboard: { writeText: vi.fn() },
  dialog: { showOpenDialog: vi.fn(), showMessageBox: vi.fn() },
  shell: { trashItem: vi.fn(), showItemInFolder: vi.fn(), openExternal: vi.fn() },
}));
vi.mock('electron', () => electron);

const takeId = TakeIdSchema.parse('tk_0123456789ab');
const remembered = new Map<string, unknown>();
const studio = {
  importFiles: vi.fn(),
  deleteTake: vi.fn(),
  folderOfTake: vi.fn(),
  unfinishedRecordings: vi.fn(),
};
const settings = { get: vi.fn(), save: vi.fn() };
const reopen = vi.fn();
let dir: string;

beforeEach(() => {
  vi.resetAllMocks();
  remembered.clear();
  studio.unfinishedRecordings.mockResolvedValue(0);
  dir = mkdtempSync(join(tmpdir(), 'desktop-'));
});
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

const calls = (more: Partial<Desktop> = {}) =>
  desktopCalls({
    studio: studio as unknown as Studio,
    settings,
    file: { get: (key) => remembered.get(key), set: (key, value) => void remembered.set(key, value) },
    libraryDir: '/films/library',
    window: () => ({}) as BrowserWindow,
    reopen,
    ...more,
  });
const choose = (...filePaths: string[]) =>
  electron.dialog.showOpenDialog.mockResolvedValue({ canceled: filePaths.length === 0, filePaths });

describe('importFromDialog', () => {
  test('imports what was chosen and begins there the next time', async () => {
    choose('/films/a.mp4', '/films/b.mov');
    studio.importFiles.mockReturnValue(2);
    expect(await calls().importFromDialog({})).toEqual({ started: 2 });
    expect(studio.importFiles.mock.calls).toEqual([[['/films/a.mp4', '/films/b.mov']]]);
    await calls().importFromDialog({});
    expect(electron.dialog.showOpenDialog.mock.lastCall?.[1]).toMatchObject({ defaultPath: '/films' });
  });

  test('closing the dialog is a cancellation', async () => {
    choose();
    await expect(calls().importFromDialog({})).rejects.toBeInstanceOf(Cancelled);
    await expect(calls({ window: () => null }).importFromDialog({})).rejects.toBeInstanceOf(Cancelled);
  });
});

describe('deleteTake', () => {
  beforeEach(() => {
    studio.deleteTake.mockImplementation((_id: string, moveToBin: (folder: string) => Promise<void>) =>
      moveToBin('/films/library/takes/one'),
    );
  });

  test('moves the folder to the bin', async () => {
    expect(await calls().deleteTake({ takeId })).toEqual({});
    expect(electron.shell.trashItem.mock.calls).toEqual([['/films/library/takes/one']]);
  });

  test('says so when the system’s bin refuses', async () => {
    electron.shell.trashItem.mockRejectedValue(new Error('no bin on this disk'));
    await expect(calls().deleteTake({ takeId })).rejects.toMatchObject({ code: 'BIN_FAILED' });
  });
});

test('shows a take’s folder, copies text, and opens one address only', async () => {
  studio.folderOfTake.mockResolvedValue('/films/library/takes/one');
  await calls().showTakeInFolder({ takeId });
  expect(electron.shell.showItemInFolder).toHaveBeenCalledWith('/films/library/takes/one');
  await calls().copyText({ text: 'avatar-1' });
  expect(electron.clipboard.writeText).toHaveBeenCalledWith('avatar-1');
  await calls().openDashboard({});
  expect(electron.shell.openExternal.mock.calls).toEqual([['https://app.heygen.com/avatars']]);
});

describe('chooseLibrary', () => {
  test('remembers the folder and reopens, after it has answered', async () => {
    choose(dir);
    expect(await calls().chooseLibrary({})).toEqual({ chosen: true });
    expect(settings.save.mock.calls).toEqual([[{ libraryDir: dir }]]);
    expect(reopen).not.toHaveBeenCalled();
    await new Promise((resolve) => setImmediate(resolve));
    expect(reopen).toHaveBeenCalledOnce();
  });

  test('with a recording that is not a take yet, the person is asked first', async () => {
    studio.unfinishedRecordings.mockResolvedValue(1);
    choose(dir);
    electron.dialog.showMessageBox.mockResolvedValueOnce({ response: 0 });
    await expect(calls().chooseLibrary({})).rejects.toBeInstanceOf(Cancelled);
    expect(settings.save).not.toHaveBeenCalled();
    electron.dialog.showMessageBox.mockResolvedValueOnce({ response: 1 });
    expect(await calls().chooseLibrary({})).toEqual({ chosen: true });
    await new Promise((resolve) => setImmediate(resolve));
    expect(reopen).toHaveBeenCalledOnce();
  });

  test('the same folder changes nothing', async () => {
    choose('/films/library');
    expect(await calls().chooseLibrary({})).toEqual({ chosen: false });
    expect(settings.save).not.toHaveBeenCalled();
  });

  test('a folder that cannot be used is refused before anything closes', async () => {
    choose(join(dir, 'unplugged'));
    await expect(calls().chooseLibrary({})).rejects.toMatchObject({ code: 'FOLDER_UNREADABLE' });
    expect(settings.save).not.toHaveBeenCalled();
    expect(reopen).not.toHaveBeenCalled();
  });
});
