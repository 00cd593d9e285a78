import type { WebContents } from 'electron';
import { beforeEach, expect, test, vi } from 'vitest';
import { RECORDING_PORT_CHANNEL } from '../../shared/callNames.ts';
import { Cancelled } from '../../shared/errors.ts';
import { RecordingIdSchema } from '../../shared/recording/recording.ts';
import type { RecordingPort } from '../studio/recordingPort.ts';
import type { Recordings } from '../studio/recordings.ts';
import { recordingCalls } from './recordingCalls.ts';
import { stayAwakeWhileRecording } from './stayAwake.ts';

const electron = vi.hoisted(() => {
  class Port {
    readonly listeners = new Map<string, (event: object) => void>();
    readonly on = vi.fn((name: string, listener: (event: object) => void) =>
      this.listeners.set(name, listener),
    );
    readonly start = vi.fn();
    readonly postMessage = vi.fn();
  }
  const made: { port1: Port; port2: Port }[] = [];
  return {
    made,
    MessageChannelMain: class {
      readonly port1 = new Port();
      readonly port2 = new Port();
      constructor() {
        made.push(this);
      }
    },
    powerSaveBlocker: { start: vi.fn(() => 7), stop: vi.fn() },
  };
});
vi.mock('electron', () => electron);

const id = RecordingIdSchema.parse('rc_0123456789abcdef');
const connected: RecordingPort[] = [];
const interrupt = vi.fn(async () => undefined);
let follower: (isRunning: boolean) => void = () => undefined;
const recordings: Pick<Recordings, 'begin' | 'interrupt' | 'follow'> = {
  begin: async () => ({ id, connect: (port) => void connected.push(port) }),
  interrupt,
  follow(listener) {
    follower = listener;
    return () => undefined;
  },
};
const page = { isDestroyed: () => false, postMessage: vi.fn() };
const contents = () => page as unknown as WebContents;
const wish = {} as Parameters<ReturnType<typeof recordingCalls>['startRecording']>[0];

beforeEach(() => {
  vi.clearAllMocks();
  connected.length = 0;
  electron.made.length = 0;
});

test('the window gets one end of a line of its own, named by the recording', async () => {
  expect(await recordingCalls({ recordings }, contents).startRecording(wish)).toEqual({ recordingId: id });
  const [channel] = electron.made;
  expect(page.postMessage.mock.calls).toEqual([[RECORDING_PORT_CHANNEL, id, [channel?.port2]]]);
  const heard: unknown[] = [];
  let closed = 0;
  connected[0]?.onMessage((sent) => heard.push(sent));
  connected[0]?.onClose(() => {
    closed += 1;
  });
  channel?.port1.listeners.get('message')?.({ data: { kind: 'samples' } });
  channel?.port1.listeners.get('close')?.({});
  expect(heard).toEqual([{ kind: 'samples' }]);
  expect(closed).toBe(1);
  expect(channel?.port1.start).toHaveBeenCalled();
  connected[0]?.post({ kind: 'stop', reason: 'disk-full' });
  expect(channel?.port1.postMessage.mock.calls).toEqual([[{ kind: 'stop', reason: 'disk-full' }]]);
});

test('a window that has gone meanwhile leaves no recording behind', async () => {
  await expect(recordingCalls({ recordings }, () => null).startRecording(wish)).rejects.toBeInstanceOf(
    Cancelled,
  );
  expect(interrupt).toHaveBeenCalled();
});

test('the computer stays awake while a take is recorded, and only then', () => {
  stayAwakeWhileRecording({ recordings });
  follower(true);
  follower(true);
  expect(electron.powerSaveBlocker.start.mock.calls).toEqual([['prevent-display-sleep']]);
  follower(false);
  expect(electron.powerSaveBlocker.stop.mock.calls).toEqual([[7]]);
});
