import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { StudioError } from '../../shared/errors.ts';
import { catchUnexpected, closeBeforeQuit, showCannotStart } from './lifecycle.ts';

const electron = vi.hoisted(() => ({
  listeners: new Map<string, (event: { preventDefault(): void }) => void>(),
  app: { on: vi.fn(), quit: vi.fn(), exit: vi.fn() },
  BrowserWindow: { getAllWindows: vi.fn((): { destroy(): void }[] => []) },
  dialog: { showErrorBox: vi.fn(), showMessageBox: vi.fn() },
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
  electron.BrowserWindow.getAllWindows.mockReturnValue([]);
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
  /** What `close` does, and whether an answer is out that is paid for. */
  const quitting = (close: () => Promise<void>, paying = { now: false }) =>
    closeBeforeQuit({ close, isPaying: () => paying.now, log });
  const held = () => {
    let finish = () => {};
    const closing = new Promise<void>((resolve) => {
      finish = resolve;
    });
    return { close: vi.fn(() => closing), finish: () => finish() };
  };

  test('waits until everything is closed, once', async () => {
    const { close, finish } = held();
    const { end } = quitting(close);
    end(0);
    end(0);
    await vi.advanceTimersByTimeAsync(1000);
    expect(electron.app.exit).not.toHaveBeenCalled();
    finish();
    await vi.advanceTimersByTimeAsync(0);
    expect(electron.app.exit.mock.calls).toEqual([[0]]);
    expect(close).toHaveBeenCalledOnce();
    expect(recorded).toEqual([]);
    expect(electron.dialog.showMessageBox).not.toHaveBeenCalled();
  });

  test('does not wait for ever', async () => {
    quitting(() => new Promise(() => {})).end(0);
    await vi.advanceTimersByTimeAsync(8000);
    expect(electron.app.exit.mock.calls).toEqual([[0]]);
    expect(recorded).toEqual(['Closing took too long.']);
  });

  test('ends even if closing fails, and says that it failed', async () => {
    quitting(() => Promise.reject(new Error('disk gone'))).end(1);
    await vi.advanceTimersByTimeAsync(0);
    expect(electron.app.exit.mock.calls).toEqual([[1]]);
    expect(recorded).toEqual(['Closing failed.']);
  });

  test('asks no window where nothing can be relied on any more', () => {
    const window = { destroy: vi.fn() };
    electron.BrowserWindow.getAllWindows.mockReturnValue([window]);
    const { end } = quitting(async () => {});
    end(0);
    expect(window.destroy).not.toHaveBeenCalled();
    end(1);
    expect(window.destroy).toHaveBeenCalledOnce();
  });

  test('follows from closing the last window', () => {
    quitting(async () => {});
    electron.listeners.get('window-all-closed')?.({ preventDefault: () => {} });
    expect(electron.app.quit).toHaveBeenCalledOnce();
  });

  describe('while an answer is out that is paid for', () => {
    test('waits for it, and gives what follows the time it has otherwise', async () => {
      const paying = { now: true };
      const { close, finish } = held();
      quitting(close, paying).end(0);
      await vi.advanceTimersByTimeAsync(600_000);
      paying.now = false;
      await vi.advanceTimersByTimeAsync(6_000);
      expect(electron.app.exit).not.toHaveBeenCalled();
      finish();
      await vi.advanceTimersByTimeAsync(0);
      expect(electron.app.exit.mock.calls).toEqual([[0]]);
      expect(recorded).toEqual([]);
    });

    test('other work that does not end is cut off once it has come', async () => {
      const paying = { now: true };
      quitting(() => new Promise(() => {}), paying).end(0);
      await vi.advanceTimersByTimeAsync(60_000);
      paying.now = false;
      await vi.advanceTimersByTimeAsync(8_000);
      expect(electron.app.exit.mock.calls).toEqual([[0]]);
    });

    test('waits no longer than the trainer is waited for', async () => {
      quitting(() => new Promise(() => {}), { now: true }).end(0);
      await vi.advanceTimersByTimeAsync(619_000);
      expect(electron.app.exit).not.toHaveBeenCalled();
      await vi.advanceTimersByTimeAsync(1_000);
      expect(electron.app.exit.mock.calls).toEqual([[0]]);
      expect(recorded).toEqual(['Closing took too long.']);
    });

    test.each([
      ['waits on', 0, []],
      ['ends anyway', 1, [[0]]],
    ])('somebody who quits again is asked once, and it %s', async (_what, response, exits) => {
      let answer: (value: { response: number }) => void = () => {};
      electron.dialog.showMessageBox.mockReturnValue(
        new Promise((resolve) => {
          answer = resolve;
        }),
      );
      const { end, askAgain } = quitting(() => new Promise(() => {}), { now: true });
      end(0);
      end(0);
      expect(askAgain()).toBe(true);
      expect(electron.dialog.showMessageBox).toHaveBeenCalledOnce();
      answer({ response });
      await vi.advanceTimersByTimeAsync(2_000);
      expect(electron.app.exit.mock.calls).toEqual(exits);
      end(0);
      expect(electron.dialog.showMessageBox).toHaveBeenCalledTimes(2);
    });

    test('nobody is asked before the program ends', () => {
      expect(quitting(() => new Promise(() => {}), { now: true }).askAgain()).toBe(false);
      expect(electron.dialog.showMessageBox).not.toHaveBeenCalled();
    });
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
