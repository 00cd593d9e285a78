/** Holds contract, main process and preload script together: what one has, the others have, and no more. */
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  CALL_NAMES,
  channelOf,
  DROP_CHANNEL,
  EVENT_NAMES,
  eventChannelOf,
  RECORDING_PORT_CHANNEL,
  RECORDING_PORT_MESSAGE,
} from '../../shared/callNames.ts';
import { CALLS, EVENTS } from '../../shared/contract.ts';
import type { Studio } from '../studio/studio.ts';
import type { Handlers } from './answer.ts';
import { bindCalls, forwardEvents } from './ipc.ts';

const electron = vi.hoisted(() => ({
  exposed: new Map<string, Record<string, (...sent: unknown[]) => unknown>>(),
  invoked: [] as unknown[][],
  heard: new Map<string, (event: object, payload: unknown) => void>(),
  listeners: new Map<string, (event: object) => void>(),
  posted: [] as unknown[][],
}));

vi.mock('electron', () => ({
  contextBridge: {
    exposeInMainWorld: (name: string, value: Record<string, (...sent: unknown[]) => unknown>) =>
      electron.exposed.set(name, value),
  },
  ipcRenderer: {
    invoke: async (...sent: unknown[]) => electron.invoked.push(sent),
    on: (channel: string, listener: (event: object, payload: unknown) => void) =>
      electron.heard.set(channel, listener),
    off: (channel: string) => electron.heard.delete(channel),
  },
  webUtils: {
    getPathForFile: (file: { name: string }) => (file.name === 'made up' ? '' : `/films/${file.name}`),
  },
}));

beforeAll(async () => {
  vi.stubGlobal('window', {
    location: { origin: 'studio://app' },
    postMessage: (...sent: unknown[]) => electron.posted.push(sent),
    addEventListener: (name: string, listener: (event: object) => void) =>
      electron.listeners.set(name, listener),
  });
  await import('../preload.ts');
});
beforeEach(() => {
  electron.invoked.length = 0;
});

const bridge = () => electron.exposed.get('studio') ?? {};

test('the contract names every call and every event once', () => {
  expect(Object.keys(CALLS).sort()).toEqual([...CALL_NAMES].sort());
  expect(Object.keys(EVENTS).sort()).toEqual([...EVENT_NAMES].sort());
  const channels = [...CALL_NAMES.map(channelOf), ...EVENT_NAMES.map(eventChannelOf), DROP_CHANNEL];
  expect(new Set(channels).size).toBe(channels.length);
});

test('the main process listens for every call and for dropped files, and for nothing else', () => {
  const bound: string[] = [];
  bindCalls({
    ipc: { handle: (channel) => void bound.push(channel) },
    handlers: {} as Handlers,
    studio: { importFiles: () => 0 },
    log: { path: '', record: () => '' },
    contents: () => null,
  });
  expect(bound.sort()).toEqual([...CALL_NAMES.map(channelOf), DROP_CHANNEL].sort());
});

test('the main process forwards every event, and stops when told', () => {
  const subscribed = new Set<string>();
  const on: Studio['on'] = (name) => {
    subscribed.add(name);
    return () => subscribed.delete(name);
  };
  const end = forwardEvents({ on }, () => null, { path: '', record: () => '' });
  expect([...subscribed].sort()).toEqual([...EVENT_NAMES].sort());
  end();
  expect(subscribed.size).toBe(0);
});

describe('the preload script', () => {
  test('offers one function a call, and a way to hear events', () => {
    expect([...electron.exposed.keys()]).toEqual(['studio']);
    expect(Object.keys(bridge()).sort()).toEqual([...CALL_NAMES, 'on'].sort());
    expect(Object.values(bridge()).every((member) => typeof member === 'function')).toBe(true);
  });

  test.each(CALL_NAMES)('%s calls its own channel with one input', async (name) => {
    await bridge()[name]?.({ some: 'input' }, 'and more');
    expect(electron.invoked).toEqual([[channelOf(name), { some: 'input' }]]);
  });

  test.each(EVENT_NAMES)('a listener of %s gets the payload and nothing of Electron', (name) => {
    const listener = vi.fn();
    const end = bridge().on?.(name, listener) as () => void;
    electron.heard.get(eventChannelOf(name))?.({ sender: 'the way back' }, { a: 1 });
    expect(listener.mock.calls).toEqual([[{ a: 1 }]]);
    end();
    expect([...electron.heard.keys()]).toEqual([RECORDING_PORT_CHANNEL]);
  });

  test('a recording’s port is handed to our own page, and to no other', () => {
    electron.heard.get(RECORDING_PORT_CHANNEL)?.(
      { sender: 'the way back', ports: ['port'] },
      'rc_0123456789',
    );
    const message = { type: RECORDING_PORT_MESSAGE, recordingId: 'rc_0123456789' };
    expect(electron.posted).toEqual([[message, 'studio://app', ['port']]]);
  });

  test('there are no other events', () => {
    expect(() => bridge().on?.('anything', () => {})).toThrow('no event');
  });

  const drop = (more: object) => {
    const preventDefault = vi.fn();
    electron.listeners.get('drop')?.({ isTrusted: true, preventDefault, ...more });
    return preventDefault;
  };

  test('sends the paths of dropped files, which the page never learns', () => {
    const preventDefault = drop({
      dataTransfer: { types: ['Files'], files: [{ name: 'a.mp4' }, { name: 'made up' }, { name: 'b.mov' }] },
    });
    expect(preventDefault).toHaveBeenCalled();
    expect(electron.invoked).toEqual([[DROP_CHANNEL, ['/films/a.mp4', '/films/b.mov']]]);
  });

  test('does not listen to a drop that a script made up, nor to dropped text', () => {
    const files = { types: ['Files'], files: [{ name: 'a.mp4' }] };
    expect(drop({ isTrusted: false, dataTransfer: files })).not.toHaveBeenCalled();
    expect(drop({ dataTransfer: { types: ['text/plain'], files: [] } })).not.toHaveBeenCalled();
    expect(electron.invoked).toEqual([]);
  });
});
