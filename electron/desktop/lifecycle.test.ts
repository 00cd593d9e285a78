import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { StudioError } from '../../shared/errors.ts';
import { catchUnexpected, closeBeforeQuit, showCannotStart } from './lifecycle.ts';

const electron = vi.hoisted(() => ({
  listeners: new Map<string, (event: { preventDefault(): void }) => void>(),
  app: { on: vi.fn(), quit: vi.fn(), exit: vi.fn() },
  dialog: { showErrorBox: vi.fn() },
}));
vi.mock('electron', () => electron);

const recorded: string[] = [];
const log = {
  path: '',
  record: (what: string) => {
    recorded.push(what);
    return 'ref12345';
  },
};

beforeEach(() => {
  vi.resetAllMocks();
  vi.useFakeTimers();
  recorded.length = 0;
  electron.app.on.mockImplementation((name, listener) => electron.listeners.set(name, listener));
  // Electron asks before it quits.
  electron.app.quit.mockImplementation(() =>
    electron.listeners.get('will-quit')?.({ preventDefault: () => {} }),
  );
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('ending', () => {
  test('waits until everything is closed, once', async () => {
    let closed = () => {};
    const closing = new Promise<void>((resolve) => {
      closed = resolve;
    });
    const close = vi.fn(() => closing);
    const end = closeBeforeQuit(close, log);
    end(0);
    end(0);
    await vi.advanceTimersByTimeAsync(1000);
    expect(electron.app.exit).not.toHaveBeenCalled();
    closed();
    await vi.advanceTimersByTimeAsync(0);
    expect(electron.app.exit.mock.calls).toEqual([[0]]);
    expect(close).toHaveBeenCalledOnce();
    expect(recorded).toEqual([]);
  });

  test('does not wait for ever', async () => {
    closeBeforeQuit(() => new Promise(() => {}), log)(0);
    await vi.advanceTimersByTimeAsync(8000);
    expect(electron.app.exit.mock.calls).toEqual([[0]]);
    expect(recorded).toEqual(['Closing took too long.']);
  });

  test('ends even if closing fails, and says that it failed', async () => {
    closeBeforeQuit(() => Promise.reject(new Error('disk gone')), log)(1);
    await vi.advanceTimersByTimeAsync(0);
    expect(electron.app.exit.mock.calls).toEqual([[1]]);
    expect(recorded).toEqual(['Closing failed.']);
  });

  test('follows from closing the last window', () => {
    closeBeforeQuit(async () => {}, log);
    electron.listeners.get('window-all-closed')?.({ preventDefault: () => {} });
    expect(electron.app.quit).toHaveBeenCalledOnce();
  });
});

describe('what nobody caught', () => {
  const listen = (development: boolean) => {
    const listeners = new Map<string | symbol, (error: unknown) => void>();
    vi.spyOn(process, 'on').mockImplementation((name, listener) => {
      listeners.set(name, listener);
      return process;
    });
    const heard = { tell: vi.fn(), end: vi.fn() };
    catchUnexpected({ log, development, ...heard });
    return { ...heard, happens: (name: string) => listeners.get(name)?.(new TypeError('secret detail')) };
  };

  test.each(['uncaughtException', 'unhandledRejection'])('%s ends a program under development', (name) => {
    const { end, tell, happens } = listen(true);
    happens(name);
    expect(end.mock.calls).toEqual([[1]]);
    expect(recorded).toHaveLength(1);
    expect(tell).not.toHaveBeenCalled();
    expect(electron.dialog.showErrorBox).not.toHaveBeenCalled();
  });

  test('an exception is said in plain words, and the program ends', () => {
    const { end, happens } = listen(false);
    happens('uncaughtException');
    expect(electron.dialog.showErrorBox.mock.calls).toEqual([
      ['Twin Studio', expect.stringContaining('ref12345')],
    ]);
    expect(JSON.stringify(electron.dialog.showErrorBox.mock.calls)).not.toMatch(/secret detail|TypeError/);
    expect(end.mock.calls).toEqual([[1]]);
  });

  test('a lost promise is told in the window, and a recording goes on', () => {
    const { end, tell, happens } = listen(false);
    happens('unhandledRejection');
    expect(tell.mock.calls).toEqual([[expect.stringContaining('ref12345'), 'ref12345']]);
    expect(end).not.toHaveBeenCalled();
  });
});

test('a program that cannot start says why', () => {
  showCannotStart(new StudioError('LIBRARY_UNREADABLE', { folder: '/films' }), false, log);
  showCannotStart(new TypeError('secret detail'), false, log);
  expect(electron.dialog.showErrorBox.mock.calls).toEqual([
    ['Twin Studio', expect.stringContaining('/films')],
    ['Twin Studio', expect.stringContaining('ref12345')],
  ]);
});
