import { beforeEach, describe, expect, test, vi } from 'vitest';
import { channelOf, DROP_CHANNEL, eventChannelOf } from '../../shared/callNames.ts';
import { Cancelled, StudioError } from '../../shared/errors.ts';
import type { Handlers } from './answer.ts';
import { bindCalls, type Ipc, type Sender, sendEvent } from './ipc.ts';

type Listener = Parameters<Ipc['handle']>[1];

const TAKE = 'tk_0123456789ab';
const listeners = new Map<string, Listener>();
const logged: unknown[][] = [];
const sent: unknown[][] = [];
const contents = { isDestroyed: () => false, send: (...message: unknown[]) => void sent.push(message) };
const log = {
  path: '',
  record: (...what: unknown[]) => {
    logged.push(what);
    return 'ref12345';
  },
};
const handlers = {
  getAppState: vi.fn(),
  renameTake: vi.fn(),
  checkTake: vi.fn(),
  makePreview: vi.fn(),
  saveSettings: vi.fn(),
};
const importFiles = vi.fn();

beforeEach(() => {
  vi.resetAllMocks();
  logged.length = 0;
  sent.length = 0;
  listeners.clear();
  bindCalls({
    ipc: { handle: (channel, listener) => void listeners.set(channel, listener) },
    handlers: handlers as unknown as Handlers,
    studio: { importFiles },
    log,
    contents: () => contents,
  });
});

const OURS: Sender = {
  sender: contents,
  senderFrame: { url: 'studio://app/index.html#/takes', parent: null },
};
const call = (channel: string, ...input: unknown[]): Promise<unknown> | undefined =>
  listeners.get(channel)?.(OURS, ...input);
const BAD_CALL = { kind: 'error', error: expect.objectContaining({ code: 'BAD_CALL', retry: 'never' }) };

describe('a call', () => {
  test('reaches its handler with parsed input', async () => {
    handlers.renameTake.mockResolvedValue({});
    expect(await call(channelOf('renameTake'), { takeId: TAKE, name: '  Ada ' })).toEqual({
      kind: 'ok',
      value: {},
    });
    expect(handlers.renameTake.mock.calls).toEqual([[{ takeId: TAKE, name: 'Ada' }]]);
  });

  test.each([
    ['nothing', []],
    ['null', [null]],
    ['two inputs', [{ takeId: TAKE, name: 'a' }, {}]],
    ['a path for an id', [{ takeId: '../../etc', name: 'a' }]],
    ['more than was asked for', [{ takeId: TAKE, name: 'a', file: '/etc/passwd' }]],
    ['the wrong type', [{ takeId: TAKE, name: { toString: 'a' } }]],
  ])('with %s is refused, and answered', async (_what, input) => {
    expect(await call(channelOf('renameTake'), ...input)).toEqual(BAD_CALL);
    expect(handlers.renameTake).not.toHaveBeenCalled();
  });

  test('answers with no more than the contract names', async () => {
    handlers.renameTake.mockResolvedValue({ key: 'sk-secret' });
    expect(await call(channelOf('renameTake'), { takeId: TAKE, name: 'a' })).toEqual({
      kind: 'ok',
      value: {},
    });
  });

  test('that answers something else is a bug, and told as one', async () => {
    handlers.getAppState.mockResolvedValue({ version: 1 });
    expect(await call(channelOf('getAppState'), {})).toMatchObject({ error: { code: 'UNEXPECTED' } });
    expect(logged).toHaveLength(1);
  });

  test('fails with the catalogue’s sentence', async () => {
    handlers.checkTake.mockRejectedValue(new StudioError('FILE_EMPTY', { file: 'a.mp4' }));
    expect(await call(channelOf('checkTake'), { takeId: TAKE })).toEqual({
      kind: 'error',
      error: { code: 'FILE_EMPTY', retry: 'never', message: expect.stringMatching(/^a\.mp4 is empty/) },
    });
    expect(logged).toEqual([]);
  });

  test('that was cancelled did not fail', async () => {
    handlers.checkTake.mockRejectedValue(new Cancelled());
    expect(await call(channelOf('checkTake'), { takeId: TAKE })).toEqual({ kind: 'cancelled' });
  });

  test('that meets a bug gives a reference and keeps the details to the log', async () => {
    handlers.checkTake.mockRejectedValue(new TypeError('x is not a function at /home/ada'));
    const answer = JSON.stringify(await call(channelOf('checkTake'), { takeId: TAKE }));
    expect(answer).toContain('UNEXPECTED');
    expect(answer).toContain('ref12345');
    expect(answer).not.toMatch(/not a function|home|TypeError/);
    expect(logged).toEqual([['The call checkTake failed.', expect.any(TypeError)]]);
  });

  test('a wrong address in the settings is the person’s to correct', async () => {
    expect(await call(channelOf('saveSettings'), { segmindBaseUrl: 'nope' })).toMatchObject({
      error: { code: 'SETTINGS_INVALID' },
    });
    for (const input of [{ admin: true }, { segmindBaseUrl: 'nope', admin: true }, 'text'])
      expect(await call(channelOf('saveSettings'), input)).toEqual(BAD_CALL);
    expect(handlers.saveSettings).not.toHaveBeenCalled();
  });
});

describe.each([
  ['another window', { sender: {}, senderFrame: OURS.senderFrame }],
  ['a frame in the page', { sender: contents, senderFrame: { url: 'studio://app/index.html', parent: {} } }],
  ['a frame that is gone', { sender: contents, senderFrame: null }],
  ['another page', { sender: contents, senderFrame: { url: 'https://example.com/', parent: null } }],
  [
    'another host',
    { sender: contents, senderFrame: { url: 'studio://application/index.html', parent: null } },
  ],
  ['a blank page', { sender: contents, senderFrame: { url: 'about:blank', parent: null } }],
  ['no page', { sender: contents, senderFrame: { url: '', parent: null } }],
] satisfies [string, Sender][])('from %s', (_who, event) => {
  test.each([...['getAppState', 'setSecret'].map((name) => `studio:${name}`), DROP_CHANNEL])(
    '%s is refused and written down',
    async (channel) => {
      expect(await listeners.get(channel)?.(event, {})).toEqual(BAD_CALL);
      expect(logged).toHaveLength(1);
      expect(handlers.getAppState).not.toHaveBeenCalled();
    },
  );
});

describe('dropped files', () => {
  test('are imported, each once', async () => {
    expect(await call(DROP_CHANNEL, ['/films/a.mp4', '/films/b.mov', '/films/a.mp4'])).toEqual({
      kind: 'ok',
      value: {},
    });
    expect(importFiles.mock.calls).toEqual([[['/films/a.mp4', '/films/b.mov']]]);
  });

  test.each([[['a.mp4']], [['../a.mp4']], [['/films/a\0.mp4']], [[7]], ['/films/a.mp4'], [[]], [undefined]])(
    '%o is refused',
    async (paths) => {
      expect(await call(DROP_CHANNEL, paths)).toEqual(BAD_CALL);
      expect(importFiles).not.toHaveBeenCalled();
    },
  );

  test('that are too many are refused, and the person is told', async () => {
    const paths = Array.from({ length: 501 }, (_, index) => `/films/${index}.mp4`);
    await call(DROP_CHANNEL, paths);
    expect(importFiles).not.toHaveBeenCalled();
    expect(sent).toEqual([
      [
        eventChannelOf('notice'),
        expect.objectContaining({ tone: 'fail', message: expect.stringContaining('500') }),
      ],
    ]);
  });
});

describe('an event', () => {
  test('is sent with no more than the contract names', () => {
    const payload = { activities: [], key: 'sk-secret' };
    sendEvent(contents, 'activities', payload, log);
    expect(sent).toEqual([[eventChannelOf('activities'), { activities: [] }]]);
  });

  test('is not sent to a window that is gone', () => {
    sendEvent({ ...contents, isDestroyed: () => true }, 'libraryChanged', {}, log);
    sendEvent(null, 'libraryChanged', {}, log);
    expect(sent).toEqual([]);
  });
});
