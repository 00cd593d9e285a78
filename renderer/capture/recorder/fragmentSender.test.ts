import { describe, expect, it, vi } from 'vitest';
import type { FromStore, RecordingCounts, StageSample, ToStore } from '../../../shared/recording/port.ts';
import { FragmentSender, type StorePort } from './fragmentSender.ts';

const NO_COUNTS: RecordingCounts = {
  seconds: 0,
  delivered: 0,
  written: 0,
  dropped: 0,
  repeated: 0,
  soundOffsetMs: null,
};

/** A disk that acknowledges when it is told to. */
function setUp() {
  const sent: ToStore[] = [];
  const heard: string[] = [];
  const port: StorePort = {
    postMessage: (message) => sent.push(message),
    onmessage: null,
    close: () => heard.push('closed'),
  };
  const sender = new FragmentSender(port, {
    stop: () => heard.push('stop'),
    failed: (code, message) => heard.push(`${code}: ${message}`),
  });
  const answer = (message: unknown) => port.onmessage?.(new MessageEvent('message', { data: message }));
  const stored = (sequence: number) =>
    answer({ kind: 'stored', sequence, bytesWritten: (sequence + 1) * 10, freeBytes: 5 } satisfies FromStore);
  const send = (seconds: number) => sender.send(new ArrayBuffer(10), { ...NO_COUNTS, seconds });
  const sequences = () => sent.flatMap((message) => (message.kind === 'fragment' ? [message.sequence] : []));
  return { sender, sent, heard, answer, stored, send, sequences };
}

const SAMPLE: StageSample = { kind: 'timing', atSeconds: 1, what: 'dropped', frames: 1 };

async function isResolved(promise: Promise<void>): Promise<boolean> {
  return Promise.race([promise.then(() => true), Promise.resolve().then(() => Promise.resolve(false))]);
}

describe('fragments on their way to the disk', () => {
  it('go in order, three at a time, and the next when one is stored', () => {
    const { send, sequences, stored } = setUp();
    for (let second = 0; second < 5; second++) send(second);
    expect(sequences()).toEqual([0, 1, 2]);
    stored(0);
    expect(sequences()).toEqual([0, 1, 2, 3]);
    stored(1);
    stored(2);
    expect(sequences()).toEqual([0, 1, 2, 3, 4]);
  });

  it('tell how much of the take is safe', () => {
    const { sender, send, stored } = setUp();
    send(0);
    send(1);
    send(2);
    expect(sender.savedSeconds).toBe(0);
    stored(0);
    stored(1);
    expect(sender).toMatchObject({ savedSeconds: 1, bytesWritten: 20, freeBytes: 5 });
  });

  it('are all stored before it is done', async () => {
    const { sender, send, stored } = setUp();
    expect(await isResolved(sender.drained())).toBe(true);
    for (let second = 0; second < 4; second++) send(second);
    const drained = sender.drained();
    for (const sequence of [0, 1, 2]) stored(sequence);
    expect(await isResolved(drained)).toBe(false);
    stored(3);
    await drained;
  });
});

describe('a disk in trouble', () => {
  it('that is nearly full ends the take', () => {
    const { answer, heard } = setUp();
    answer({ kind: 'stop', reason: 'disk-full' });
    expect(heard).toEqual(['stop']);
  });

  it('that failed is told of once, and nothing more is sent', async () => {
    const { sender, answer, heard, send, sent } = setUp();
    send(0);
    answer({ kind: 'failed', code: 'RECORDING_WRITE_FAILED', message: 'It broke.' });
    answer({ kind: 'failed', code: 'RECORDING_WRITE_FAILED', message: 'It broke.' });
    send(1);
    sender.sendSamples([SAMPLE]);
    expect(heard).toEqual(['RECORDING_WRITE_FAILED: It broke.']);
    expect(sent).toHaveLength(1);
    // What cannot be stored is not waited for.
    await sender.drained();
  });

  it('that says something that cannot be is not believed, and the take goes on', () => {
    const logged = vi.spyOn(console, 'error').mockReturnValue(undefined);
    const { sender, answer, heard, send, stored } = setUp();
    send(0);
    send(1);
    answer({ kind: 'stored', sequence: -1 });
    expect(heard).toEqual([]);
    expect(logged).toHaveBeenCalled();
    stored(0);
    stored(1);
    expect(sender.savedSeconds).toBe(1);
    logged.mockRestore();
  });

  it('owes an answer from the first fragment on that it was given', () => {
    vi.useFakeTimers();
    const { sender, send, stored } = setUp();
    vi.advanceTimersByTime(5000);
    expect(sender.silentSeconds).toBe(0);
    send(0);
    send(1);
    vi.advanceTimersByTime(3000);
    expect(sender.silentSeconds).toBe(3);
    stored(0);
    vi.advanceTimersByTime(1000);
    expect(sender.silentSeconds).toBe(1);
    stored(1);
    expect(sender.silentSeconds).toBe(0);
    vi.useRealTimers();
  });
});

describe('measurements', () => {
  it.each([Number.NaN, Number.POSITIVE_INFINITY])('that are %d are left out', (atSeconds) => {
    const { sender, sent } = setUp();
    sender.sendSamples([{ ...SAMPLE, atSeconds }, SAMPLE]);
    expect(sent).toEqual([{ kind: 'samples', samples: [SAMPLE] }]);
  });

  it('go at once, at most 2000 together', () => {
    const { sender, sent } = setUp();
    sender.sendSamples(Array.from({ length: 4500 }, () => SAMPLE));
    expect(sent.map((message) => message.kind === 'samples' && message.samples.length)).toEqual([
      2000, 2000, 500,
    ]);
  });
});
