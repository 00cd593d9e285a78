import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FromStore, ToStore } from '../../../shared/recording/port.ts';
import { LONGEST_SECONDS } from '../../../shared/recording/recording.ts';
import { recorderWords } from '../../../shared/words/recorder.ts';
import { FakeEncoder, FakeFrame, fakeWebCodecs } from '../../../tests/doubles/webCodecs.ts';
import { pictureLadder } from './codecs.ts';
import { openPictureEncoder } from './encoders.ts';
import type { StorePort } from './fragmentSender.ts';
import type { BrokenOff, TakeProgress } from './messages.ts';
import { Take, type TakeInputs } from './take.ts';

const SIZE = { width: 1920, height: 1080 };
const [CODEC] = pictureLadder(SIZE);
const now = () => performance.now() / 1000;

beforeEach(() => {
  vi.useFakeTimers();
  fakeWebCodecs();
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** A take of thirty frames a second, without sound, on a disk that answers as long as it is told to. */
async function setUp(meanwhile = () => {}) {
  if (CODEC === undefined) throw new Error('There is no ladder.');
  const disk = { answers: true, bytes: 0, fragments: 0, seconds: 0 };
  const answer = (message: FromStore) => port.onmessage?.(new MessageEvent('message', { data: message }));
  const port: StorePort = {
    postMessage(sent: ToStore) {
      if (sent.kind !== 'fragment' || !disk.answers) return;
      disk.bytes += sent.bytes.byteLength;
      disk.fragments += 1;
      disk.seconds = sent.counts.seconds;
      const { sequence } = sent;
      queueMicrotask(() => answer({ kind: 'stored', sequence, bytesWritten: disk.bytes, freeBytes: 1e12 }));
    },
    onmessage: null,
    close: () => {},
  };
  let lastPicture = now();
  const inputs: TakeInputs = {
    align: () => {},
    recentTimes: () => [now()],
    timeOf: () => now(),
    blockOf: () => ({ at: 0, sampleRate: 48_000, planes: [] }),
    followClocks: () => {},
    get lastPicture() {
      return lastPicture;
    },
  };
  const broke: BrokenOff[] = [];
  const progress: TakeProgress[] = [];
  const encoder = openPictureEncoder(CODEC);
  meanwhile();
  const take = await Take.begin(
    { inputs, picture: CODEC, encoder, sound: null, size: SIZE, port },
    { progress: (each) => progress.push(each), brokeOff: (why) => broke.push(why) },
  );
  const film = async (seconds: number) => {
    for (let frame = 0; frame < seconds * 30; frame++) {
      await vi.advanceTimersByTimeAsync(1000 / 30);
      lastPicture = now();
      await take.picture(new FakeFrame(null) as unknown as VideoFrame);
    }
  };
  return { take, disk, answer, broke, progress, film };
}

describe('a take', () => {
  it('whose encoder failed before it began is told so once, and ends', async () => {
    const { take, broke } = await setUp(() => FakeEncoder.latest?.fail(new Error('Taken away.')));
    await vi.advanceTimersByTimeAsync(1000);
    expect(broke).toEqual([
      { end: 'recorder-failed', code: 'UNEXPECTED', message: recorderWords.encoderBroke },
    ]);
    await take.stop();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is on the disk but for its last third of a second, and all of it when it is stopped', async () => {
    const { take, disk, broke, progress, film } = await setUp();
    await film(4);
    expect(disk.seconds).toBeGreaterThan(3.6);
    expect(Math.max(...progress.map(({ secondsUnsaved }) => secondsUnsaved))).toBeLessThan(0.45);
    await take.stop();
    expect(disk.seconds).toBeCloseTo(4, 1);
    expect(broke).toEqual([]);
  });

  it('ends by itself at the longest', async () => {
    const { broke, disk, take, film } = await setUp();
    await film(LONGEST_SECONDS + 1);
    expect(broke).toEqual([{ end: 'longest' }]);
    await take.stop();
    expect(disk.seconds).toBeCloseTo(LONGEST_SECONDS, 1);
  });

  it('ends with a camera that gives nothing', async () => {
    const { broke, film } = await setUp();
    await film(1);
    await vi.advanceTimersByTimeAsync(6000);
    expect(broke).toEqual([{ end: 'camera-lost' }]);
  });
});

it('a computer that slept ends the take where it was, and fills nothing', async () => {
  const { broke, disk, take, film } = await setUp();
  await film(3);
  // Nothing runs meanwhile, and the clock goes on all the same.
  vi.setSystemTime(Date.now() + 300_000);
  vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 300_000);
  await take.picture(new FakeFrame(null) as unknown as VideoFrame);
  vi.mocked(performance.now).mockRestore();
  expect(broke).toEqual([{ end: 'camera-lost' }]);
  await take.stop();
  expect(disk.seconds).toBeCloseTo(3, 1);
});

it('an encoder that gives nothing any more, and says nothing, ends the take', async () => {
  const { broke, film } = await setUp();
  await film(3);
  if (FakeEncoder.latest) FakeEncoder.latest.atOnce = false;
  await film(9);
  expect(broke).toEqual([]);
  await film(3);
  expect(broke).toEqual([
    { end: 'recorder-failed', code: 'UNEXPECTED', message: recorderWords.encoderBroke },
  ]);
});

describe('a disk', () => {
  it('that stops answering ends the take after half a minute, and nobody waits for it', async () => {
    const { take, disk, broke, film } = await setUp();
    await film(2);
    disk.answers = false;
    await film(29);
    expect(broke).toEqual([]);
    await film(3);
    expect(broke).toEqual([
      { end: 'recorder-failed', code: 'RECORDING_WRITE_FAILED', message: recorderWords.diskSilent },
    ]);
    const stopped = vi.fn();
    void take.stop().then(stopped);
    await vi.advanceTimersByTimeAsync(2000);
    expect(stopped).toHaveBeenCalled();
  });

  it('that does not answer when the take is stopped is waited for ten seconds', async () => {
    const { take, disk, film } = await setUp();
    await film(2);
    disk.answers = false;
    await film(1);
    const stopped = vi.fn();
    void take.stop().then(stopped);
    await vi.advanceTimersByTimeAsync(7000);
    expect(stopped).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(5000);
    expect(stopped).toHaveBeenCalled();
  });

  it.each([
    ['RECORDING_DISK_FULL', { end: 'disk-full' }],
    ['RECORDING_WRITE_FAILED', { end: 'recorder-failed', code: 'RECORDING_WRITE_FAILED', message: 'Gone.' }],
  ])('that says %s ends it with %o', async (code, why) => {
    const { answer, broke, film } = await setUp();
    await film(1);
    answer({ kind: 'failed', code, message: 'Gone.' });
    expect(broke).toEqual([why]);
  });
});
