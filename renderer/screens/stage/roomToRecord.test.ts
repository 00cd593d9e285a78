import { describe, expect, it } from 'vitest';
import { STOP_ROOM_BYTES } from '../../../shared/recording/recording.ts';
import type { RecorderState } from '../../capture/session.ts';
import { secondsLeft } from './roomToRecord.ts';

/** A megabyte a second is planned: three times what five minutes need is 900 MB. */
const ROOM = { neededBytes: 900e6, secondsOfRoom: 1000 };
const recording = (change: Partial<Extract<RecorderState, { kind: 'recording' }>>): RecorderState => ({
  kind: 'recording',
  seconds: 10,
  dropped: 0,
  repeated: 0,
  bytesWritten: 5e6,
  freeBytes: STOP_ROOM_BYTES + 995e6,
  secondsUnsaved: 0,
  ...change,
});
const left = (recorder: RecorderState, room: Partial<typeof ROOM> | null = ROOM) =>
  secondsLeft({
    recorder,
    neededBytes: room?.neededBytes ?? null,
    secondsOfRoom: room?.secondsOfRoom ?? null,
  });

describe('how long a recording can go on', () => {
  it('is what was told before it began, until something is written', () => {
    expect(left({ kind: 'idle' })).toBe(1000);
    expect(left(recording({ bytesWritten: 0 }))).toBe(1000);
    expect(left({ kind: 'idle' }, null)).toBeNull();
  });

  it('counts with the planned rate where less is written, so that it goes on from there', () => {
    expect(left(recording({}))).toBeCloseTo(995);
  });

  it('counts with what is written where that is more', () => {
    expect(left(recording({ bytesWritten: 20e6 }))).toBeCloseTo(995 / 2);
    expect(left(recording({ bytesWritten: 20e6, seconds: 12, secondsUnsaved: 2 }))).toBeCloseTo(995 / 2);
    expect(left(recording({}), null)).toBeCloseTo(995 / 0.5);
  });

  it('is nothing where the take is about to be ended', () => {
    expect(left(recording({ freeBytes: STOP_ROOM_BYTES - 1 }))).toBe(0);
  });
});
