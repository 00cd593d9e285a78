import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { BrowserWindow } from 'electron';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { TakeIdSchema } from '../../shared/domain/ids.ts';
import { Cancelled, StudioError } from '../../shared/errors.ts';
import { saveReportCall } from './saveReport.ts';

const electron = vi.hoisted(() => ({
  app: { getPath: vi.fn() },
  dialog: { showSaveDialog: vi.fn() },
}));
vi.mock('electron', () => electron);

const takeId = TakeIdSchema.parse('tk_0123456789ab');
const remembered = new Map<string, unknown>();
const openReport = vi.fn();
const page = vi.fn();
let dir: string;

beforeEach(() => {
  vi.resetAllMocks();
  electron.app.getPath.mockImplementation((name: string) => `/home/ana/${name}`);
  remembered.clear();
  dir = mkdtempSync(join(tmpdir(), 'report-'));
  page.mockResolvedValue('<!doctype html>');
  openReport.mockResolvedValue({ takeName: 'Ana: “Hi”/2', page });
});
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

const save = (window: BrowserWindow | null = {} as BrowserWindow) =>
  saveReportCall({
    studio: { openReport },
    file: { get: (key) => remembered.get(key), set: (key, value) => void remembered.set(key, value) },
    window: () => window,
  }).saveReport({ takeId });
const choose = (filePath: string) =>
  electron.dialog.showSaveDialog.mockResolvedValue({ canceled: filePath === '', filePath });
const asked = () => electron.dialog.showSaveDialog.mock.lastCall?.[1];

test('writes the page where it was wanted, and begins there the next time', async () => {
  choose(join(dir, 'ana.html'));
  expect(await save()).toEqual({ saved: { file: 'ana.html', folder: basename(dir) } });
  expect(readFileSync(join(dir, 'ana.html'), 'utf8')).toBe('<!doctype html>');
  expect(readdirSync(dir)).toEqual(['ana.html']);
  expect(asked()).toMatchObject({ defaultPath: join('/home/ana/documents', 'Ana “Hi” 2 - check.html') });
  expect(asked().properties).toContain('showOverwriteConfirmation');
  await save();
  expect(asked()).toMatchObject({ defaultPath: join(dir, 'Ana “Hi” 2 - check.html') });
});

test('where the system knows no folder for documents, the dialog begins where it likes', async () => {
  electron.app.getPath.mockImplementation(() => {
    throw new Error('Failed to get the path');
  });
  choose(join(dir, 'ana.html'));
  await save();
  expect(asked()).toMatchObject({ defaultPath: 'Ana “Hi” 2 - check.html' });
});

test('closing the dialog saves nothing and makes nothing', async () => {
  choose('');
  expect(await save()).toEqual({ saved: null });
  expect(page).not.toHaveBeenCalled();
  await expect(save(null)).rejects.toBeInstanceOf(Cancelled);
});

test('a take without a report is told of before a place is asked for', async () => {
  openReport.mockRejectedValue(new StudioError('REPORT_MISSING'));
  await expect(save()).rejects.toMatchObject({ code: 'REPORT_MISSING' });
  expect(electron.dialog.showSaveDialog).not.toHaveBeenCalled();
});

describe('what is there already', () => {
  beforeEach(() => {
    writeFileSync(join(dir, 'ana.html'), 'older');
  });

  test('is replaced when the dialog has asked', async () => {
    choose(join(dir, 'ana.html'));
    await save();
    expect(readFileSync(join(dir, 'ana.html'), 'utf8')).toBe('<!doctype html>');
  });

  test('is kept where the dialog was told another name than is written', async () => {
    choose(join(dir, 'ana'));
    await expect(save()).rejects.toMatchObject({ code: 'FILE_EXISTS', details: { file: 'ana.html' } });
    expect(readFileSync(join(dir, 'ana.html'), 'utf8')).toBe('older');
    choose(join(dir, 'ana.2'));
    expect(await save()).toMatchObject({ saved: { file: 'ana.2.html' } });
    expect(readdirSync(dir).sort()).toEqual(['ana.2.html', 'ana.html']);
  });

  test('stays when making the page fails', async () => {
    choose(join(dir, 'ana.html'));
    page.mockRejectedValue(new Cancelled());
    await expect(save()).rejects.toBeInstanceOf(Cancelled);
    expect(readFileSync(join(dir, 'ana.html'), 'utf8')).toBe('older');
  });
});

test('a place that cannot be written to is named', async () => {
  choose(join(dir, 'gone', 'ana.html'));
  await expect(save()).rejects.toMatchObject({
    code: 'FOLDER_UNREADABLE',
    details: { folder: join(dir, 'gone') },
  });
  expect(remembered.size).toBe(0);
});
